import type { ResourceForm, Slot, Template, TextForm, UseCase } from '@postern/core';

/** What a resource must be named for a template to make it: the options and their values. */
export interface ResourceMatch {
  readonly values: Readonly<Record<string, string>>;
  /** How much of the resource the template itself says. */
  readonly fixed: number;
}

/** Logs hide account ids and names; what is hidden may be anything. */
const masked = /\*|<[^>]*>|\[[A-Z_]+\]|X{3,}/;

/**
 * Whether a template of an entry makes a resource, and with which options: the way back from an ARN.
 * @param resource an ARN, or `repository/NAME` where the account is not known
 */
export function matchResource(
  useCase: UseCase,
  template: Template | Slot | string,
  resource: string,
): ResourceMatch | undefined {
  if (resource === '*') return { values: {}, fixed: 0 };
  const hidden = masked.test(resource);
  const slots: { readonly option: string; readonly form: TextForm }[] = [];
  const pattern = partsOf(template)
    .map((part) => patternOf(useCase, part, slots, hidden))
    .join('');
  const wanted = resource.startsWith('arn:') ? pattern : pattern.replace(/^arn:.*?:(?=[a-z-]+\\?\/)/, '');
  const match = new RegExp(`^${wanted}$`).exec(resource);
  if (match === null) return undefined;
  const values: Record<string, string> = {};
  for (const [index, { option, form }] of slots.entries()) {
    const value = match.groups?.[`s${index}`];
    if (value === undefined) continue;
    if ((form.refuse ?? []).some(({ pattern: refused }) => new RegExp(refused).test(value))) return undefined;
    values[option] ??= value;
  }
  const named = Object.values(values).reduce((sum, value) => sum + value.length, 0);
  return { values, fixed: resource.length - named };
}

const partsOf = (template: Template | Slot | string): Template =>
  typeof template === 'string' || 'slot' in template ? [template] : template;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A star of a template stands for what a request names: `task-definition/web:*` is also revision 7. */
const withStars = (text: string) => text.split('*').map(escaped).join('.*');

function patternOf(
  useCase: UseCase,
  part: string | Slot,
  slots: { option: string; form: TextForm }[],
  hidden: boolean,
): string {
  if (typeof part === 'string') return withStars(part);
  switch (part.slot) {
    case 'partition':
      return '[^:]+';
    case 'region':
    case 'account':
      return '[^:]*';
    case 'dnsSuffix':
      return '[a-z.]+';
    case 'itself':
      return '';
    case 'text':
    case 'arn': {
      const option = useCase.options[part.option];
      if (option === undefined || !('form' in option)) return '[^:/]+';
      const name = () => {
        // A default is what most have: else any three parts of a key would be taken for a prefix, a workspace and a key.
        if (option.kind === 'single' && option.default !== undefined && !hidden) return escaped(option.default);
        slots.push({ option: part.option, form: option.form });
        const own = hidden ? '.+' : option.form.pattern.replace(/^\^|\$$/g, '');
        return `(?<s${slots.length - 1}>${own})`;
      };
      if (part.slot === 'text' || !('arn' in option.form)) return name();
      const { service, resource } = (option.form as ResourceForm).arn;
      return (
        `arn:[^:]+:${service}:[^:]*:[^:]*:` +
        resource
          .map((inner) =>
            typeof inner === 'object' && inner.slot === 'itself' ? name() : patternOf(useCase, inner, slots, hidden),
          )
          .join('')
      );
    }
  }
}
