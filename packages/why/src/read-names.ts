import { hasForm, kindOf, matchTemplate, type Setting, type Slot, type Template, type UseCase } from '@postern/core';

/** What a resource must be named for a template to make it: the options and their values. */
export interface NamesRead {
  readonly values: Readonly<Record<string, string>>;
  /** How much of the resource the template itself says. */
  readonly fixed: number;
}

/** Logs hide account ids and names; what is hidden may be anything. */
const masked = /\*|<[^>]*>|\[[A-Z_]+\]|X{3,}/;

/**
 * The options that name a resource in a refusal, by a template of an entry; undefined where the template makes no such
 * resource.
 * @param resource an ARN, or `repository/NAME` where the account is not known
 */
export function readNames(
  useCase: UseCase,
  template: Template | Slot | string,
  resource: string,
): NamesRead | undefined {
  if (resource === '*') return { values: {}, fixed: 0 };
  const hidden = masked.test(resource);
  const [best] = matchTemplate(useCase.options, template, resource, { hidden })
    .filter(({ values }) => hidden || Object.entries(values).every(([name, value]) => isLikely(useCase, name, value)))
    .toSorted((one, other) => other.fixed - one.fixed);
  if (best === undefined) return undefined;
  const named = Object.entries(best.values).filter(
    ([name, value]) => useCase.options[name] !== undefined && !isPlace(name) && defaultOf(useCase, name) !== value,
  );
  return { values: Object.fromEntries(named), fixed: best.fixed };
}

/** A default is what most have: else any three parts of a key would be taken for a prefix, a workspace and a key. */
function isLikely(useCase: UseCase, name: string, value: string): boolean {
  const usual = defaultOf(useCase, name);
  return usual === undefined || usual === value;
}

function defaultOf(useCase: UseCase, name: string): Setting | undefined {
  const option = useCase.options[name];
  return hasForm(option) ? kindOf(option).defaultOf(option) : undefined;
}

const isPlace = (name: string): boolean => ['partition', 'region', 'account'].includes(name);
