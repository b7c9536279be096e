import { once } from '../../document/once.js';
import { isResourceForm, type TextForm } from '../option/form.js';
import { hasForm } from '../option/form-option.js';
import type { OptionSet } from '../option.js';
import { partitions } from '../place.js';
import { partsOf, type Slot, type Template } from '../template.js';

/** One way to read a text as made by a template: what each slot would have to be. */
export interface TemplateMatch {
  /** The names of the options, and of `partition`, `region` and `account`. */
  readonly values: Readonly<Record<string, string>>;
  /** The whole ARNs of options whose ARN stands in the text. */
  readonly arns: Readonly<Record<string, string>>;
  /** How much of the text the template itself says, as against the names in it. */
  readonly fixed: number;
}

/** What is let through besides texts that the template makes. */
export interface MatchSettings {
  /** Where names are hidden, as logs do, any text may stand for one. */
  readonly hidden?: boolean;
  /** What a policy variable stands for; undefined where it is not known, and anything goes. */
  readonly variable?: (key: string) => string | undefined;
}

/** A template that doubles names can be read in very many ways: these are enough, and are counted to stay bounded. */
const mostMatches = 32;
const mostSteps = 4000;

type PatternPart =
  | { readonly kind: 'fixed'; readonly text: string }
  /** Any text: a `*` of the template, or the account of a resource that may be in another one. */
  | { readonly kind: 'any'; readonly within?: RegExp }
  | { readonly kind: 'variable'; readonly key: string }
  | { readonly kind: 'value'; readonly name: string; readonly fits: (text: string) => boolean }
  | { readonly kind: 'begin' | 'end'; readonly option: string };

/**
 * Reads a text backwards: whether a template of an entry makes it, and from which names and place. A template with several
 * slots may be read in several ways; all are returned, as far as the forms of the options let the names be.
 * @param options the options of the entry, whose forms say what a name may be
 * @param text an ARN or another text; the part of an ARN behind the account where nothing else is known of it
 * @returns no match where the template cannot make the text
 */
export function matchTemplate(
  options: OptionSet,
  template: Template | Slot | string,
  text: string,
  settings: MatchSettings = {},
): TemplateMatch[] {
  const all = partsOf(template).flatMap((part) => expand(options, part, settings));
  const parts = text.startsWith('arn:') ? all : withoutHead(all);
  const found: TemplateMatch[] = [];
  let steps = 0;
  const walk = (index: number, position: number, read: PatternReading): void => {
    if (found.length >= mostMatches || (steps += 1) > mostSteps) return;
    const part = parts[index];
    if (part === undefined) {
      if (position === text.length) found.push(finish(read, text));
      return;
    }
    switch (part.kind) {
      case 'fixed':
        if (text.startsWith(part.text, position)) walk(index + 1, position + part.text.length, read);
        return;
      case 'begin':
        return walk(index + 1, position, { ...read, begins: { ...read.begins, [part.option]: position } });
      case 'end': {
        const begin = read.begins[part.option];
        const arns = begin === undefined ? read.arns : { ...read.arns, [part.option]: text.slice(begin, position) };
        return walk(index + 1, position, { ...read, arns });
      }
      case 'variable': {
        const value = settings.variable?.(part.key);
        for (const known of value === undefined ? [] : [value, `\${${part.key}}`]) {
          if (text.startsWith(known, position)) walk(index + 1, position + known.length, read);
        }
        if (value !== undefined) return;
        break;
      }
      default:
    }
    for (const end of ends(parts, index, text, position)) {
      const value = text.slice(position, end);
      if (part.kind !== 'value') {
        // The star of a text that is a pattern itself is the star of the template, and no part of a name before it.
        const isStar =
          index < parts.length - 1 || !text.endsWith('*') || value === '*' || part.kind !== 'any' || part.within;
        if (isStar && (part.kind !== 'any' || (part.within?.test(value) ?? true))) walk(index + 1, end, read);
        continue;
      }
      const known = read.values[part.name];
      if (known === undefined ? !part.fits(value) : known !== value) continue;
      walk(index + 1, end, { ...read, values: { ...read.values, [part.name]: value } });
    }
  };
  walk(0, 0, { values: {}, arns: {}, begins: {} });
  return found;
}

interface PatternReading {
  readonly values: Readonly<Record<string, string>>;
  readonly arns: Readonly<Record<string, string>>;
  readonly begins: Readonly<Record<string, number>>;
}

function finish({ values, arns }: PatternReading, text: string): TemplateMatch {
  const named = Object.entries(values).filter(([name]) => !placeNames.has(name));
  return { values, arns, fixed: text.length - named.reduce((sum, [, value]) => sum + value.length, 0) };
}

const placeNames: ReadonlySet<string> = new Set(['partition', 'region', 'account']);

/** Where a part that may be any text can end: before each next piece of fixed text, or at the end. */
function ends(parts: readonly PatternPart[], index: number, text: string, position: number): number[] {
  let next = index + 1;
  while (parts[next]?.kind === 'begin' || parts[next]?.kind === 'end') next += 1;
  const following = parts[next];
  if (following === undefined) return [text.length];
  const positions: number[] = [];
  // Before a star at the end a name may be as short as one likes: the longest is the narrowest.
  if (following.kind === 'any' && following.within === undefined && next === parts.length - 1)
    return [text.endsWith('*') ? text.length - 1 : text.length];
  if (following.kind !== 'fixed') {
    for (let end = position; end <= text.length; end += 1) positions.push(end);
    return positions;
  }
  for (let end = text.indexOf(following.text, position); end >= 0; end = text.indexOf(following.text, end + 1))
    positions.push(end);
  return positions;
}

/** The parts behind the account of an ARN. */
function withoutHead(parts: readonly PatternPart[]): readonly PatternPart[] {
  let colons = 0;
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'fixed') continue;
    for (let at = part.text.indexOf(':'); at >= 0; at = part.text.indexOf(':', at + 1)) {
      if ((colons += 1) < 5) continue;
      const rest = part.text.slice(at + 1);
      return [...(rest === '' ? [] : [{ kind: 'fixed' as const, text: rest }]), ...parts.slice(index + 1)];
    }
  }
  return parts;
}

function expand(options: OptionSet, part: string | Slot, settings: MatchSettings): PatternPart[] {
  if (typeof part === 'string') return fixedParts(part);
  switch (part.slot) {
    case 'itself':
    case 'issuer':
      return [];
    case 'dnsSuffix':
      return [{ kind: 'any', within: dnsSuffixes() }];
    case 'partition':
    case 'region':
    case 'account':
      return [placePart(part.slot, settings)];
    case 'text':
      return [namePart(options, part.option, settings)];
    case 'arn': {
      const option = options[part.option];
      if (!hasForm(option) || !isResourceForm(option.form)) return [];
      const { service, regional, account, resource } = option.form.arn;
      return [
        { kind: 'begin', option: part.option },
        { kind: 'fixed', text: 'arn:' },
        placePart('partition', settings),
        { kind: 'fixed', text: `:${service}:` },
        ...(regional ? [option.elsewhere ? anyPlace : placePart('region', settings)] : []),
        { kind: 'fixed', text: ':' },
        ...(account ? [option.elsewhere ? anyPlace : placePart('account', settings)] : []),
        { kind: 'fixed', text: ':' },
        ...resource.flatMap((inner) =>
          typeof inner === 'object' && inner.slot === 'itself'
            ? [namePart(options, part.option, settings)]
            : expand(options, inner, settings),
        ),
        { kind: 'end', option: part.option },
      ];
    }
  }
}

const dnsSuffixes = once(() => {
  const suffixes = new Set(Object.values(partitions).map(({ dnsSuffix }) => dnsSuffix.replaceAll('.', '[.]')));
  return new RegExp(`^(?:${[...suffixes].join('|')})$`);
});
const anyPlace: PatternPart = { kind: 'any', within: /^[^:]*$/ };

const placeForms: Readonly<Record<'partition' | 'region' | 'account', RegExp>> = {
  partition: /^aws(?:-[a-z]+)*$/,
  region: /^[a-z]{2,5}(?:-[a-z]+)+-[0-9]+$/,
  account: /^[0-9]{12}$/,
};

function placePart(name: 'partition' | 'region' | 'account', { hidden = false }: MatchSettings): PatternPart {
  if (hidden) return { kind: 'any', within: /^[^:]*$/ };
  return { kind: 'value', name, fits: (text) => placeForms[name].test(text) };
}

function namePart(options: OptionSet, name: string, { hidden = false }: MatchSettings): PatternPart {
  const option = options[name];
  if (!hasForm(option)) return { kind: 'any', within: /^[^:/]+$/ };
  if (hidden) return { kind: 'value', name, fits: (text) => text !== '' };
  return { kind: 'value', name, fits: (text) => isName(option.form, text, option.scoped) };
}

/** Whether an option takes a text, under a scope that allows wildcards if it has any. */
function isName(form: TextForm, text: string, scoped: boolean): boolean {
  if (text === '' || text.length > form.longest || text.includes('${')) return false;
  if ((form.refuse ?? []).some(({ pattern }) => new RegExp(pattern).test(text))) return false;
  if (hasWildcard(text))
    return scoped && form.wildcardPattern !== undefined && new RegExp(form.wildcardPattern).test(text);
  // One that is too short is read all the same: `build` says so better than silence.
  return new RegExp(form.pattern).test(text);
}

/** Whether IAM reads the text as a pattern. */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/**
 * Fixed text of a policy: its stars stand for anything, its question marks for one sign each, and its variables for what the
 * request context says.
 */
function fixedParts(text: string): PatternPart[] {
  return text
    .split(/(\*|\?+|\$\{[^}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece): PatternPart => {
      if (piece === '*') return { kind: 'any' };
      if (piece.startsWith('?')) return { kind: 'any', within: new RegExp(`^.{${piece.length}}$`, 's') };
      return piece.startsWith('${') ? { kind: 'variable', key: piece.slice(2, -1) } : { kind: 'fixed', text: piece };
    });
}
