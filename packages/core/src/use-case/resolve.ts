import { didYouMean, quote, type Problem } from '../document/problem.js';
import { hasForm } from './option/form-option.js';
import { respell, spellOption, type Host, type Place } from './host.js';
import { kindOf } from './option/kind-of.js';
import type { OptionKind } from './option/kind.js';
import type { Option } from './option.js';
import { holds, type Lookup } from './predicate.js';
import { isDeferred, report, type Item, type Reading, type OptionValue } from './reading/reading.js';
import { resolvePlace } from './reading/resolve-place.js';
import { holdersIn, spreadUrl, type UrlOption } from './reading/spread-url.js';
import type { Entry } from './use-case.js';

/** Options checked, filled up with defaults and taken apart. */
export interface Resolved {
  /** Switches and choices by value; texts and resources as items; undefined where not given. */
  readonly values: Readonly<Record<string, OptionValue>>;
  readonly place: Place;
  readonly problems: Problem[];
}

/** Checks the options of an entry and finds every problem in them. */
export function resolve(useCase: Entry, options: unknown, host: Host): Resolved {
  const { options: named, defaults, holders } = prepare(useCase);
  const problems: Problem[] = [];
  const given = readInput(useCase, options, problems);
  const input = holders.length === 0 ? given : { ...given };
  const scope = Object.hasOwn(useCase.options, 'scope') ? String(input['scope'] ?? 'exact') : 'exact';
  const values = { ...defaults };
  const reading = { entry: useCase, host, scope, values, anchors: [], placeholders: new WeakSet<Item>(), problems };
  for (const holder of holders) if (input[holder.name] !== undefined) spreadUrl(reading, holder, input);
  for (const { name, option, kind, isAttentive } of named) {
    const value = input[name];
    if (value !== undefined || isAttentive) values[name] = kind.read(option, name, value, reading);
  }
  const place = resolvePlace(reading);
  refuse(useCase, reading);
  return { values, place, problems };
}

interface NamedOption {
  readonly name: string;
  readonly option: Option;
  readonly kind: OptionKind<Option>;
  /** Whether it needs a look where it is not given: it is required, `scope` governs it, or its default is read too. */
  readonly isAttentive: boolean;
}

/** What every build of an entry starts from. Entries never change, so it is made once. */
interface PreparedEntry {
  readonly options: readonly NamedOption[];
  readonly defaults: Readonly<Record<string, OptionValue>>;
  readonly holders: readonly UrlOption[];
}

const prepared = new WeakMap<Entry, PreparedEntry>();

function prepare(useCase: Entry): PreparedEntry {
  const found = prepared.get(useCase);
  if (found !== undefined) return found;
  const options = Object.entries(useCase.options).map(([name, option]): NamedOption => {
    const kind = kindOf(option);
    const isRead = hasForm(option) && (option.scoped || kind.defaultOf(option) !== undefined);
    return { name, option, kind, isAttentive: kind.isRequired(option) || isRead };
  });
  const defaults = options.map(({ name, option, kind }) => [
    name,
    hasForm(option) ? undefined : kind.defaultOf(option),
  ]);
  const made: PreparedEntry = { options, defaults: Object.fromEntries(defaults), holders: holdersIn(useCase.options) };
  prepared.set(useCase, made);
  return made;
}

function readInput(useCase: Entry, options: unknown, problems: Problem[]): Readonly<Record<string, unknown>> {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const message = `${quote(options)} is no set of options: give an object with the options by name`;
    problems.push({ path: '', message });
    return {};
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(useCase.options, name)) continue;
    const hint = didYouMean(name, Object.keys(useCase.options)) || ': leave it out';
    problems.push({ path: name, message: `${quote(name)} is no option of ${quote(useCase.id)}${hint}` });
  }
  return options as Readonly<Record<string, unknown>>;
}

/** A value without the names in it that are not known yet, or stand for none: what they look like says nothing of them. */
function knownIn(reading: Reading, value: OptionValue): OptionValue {
  if (typeof value !== 'object' || value === null) return value;
  const isKnown = (item: Item) =>
    item.name !== undefined && !isDeferred(reading, item.name) && !reading.placeholders.has(item);
  return value.map((item) => (isKnown(item) ? item : { ...item, name: undefined }));
}

/** The entry's own checks across options. */
function refuse(useCase: Entry, reading: Reading): void {
  const lookup: Lookup = (option) => knownIn(reading, reading.values[option]);
  for (const { path, if: predicate, say } of useCase.refuse ?? []) {
    if (!holds(predicate, lookup)) continue;
    const option = useCase.options[path];
    const isMissing = lookup(path) === undefined && option !== undefined;
    const example = isMissing ? [kindOf(option).example(option)].flat().join(' ') : '';
    const hint = isMissing ? `: for example ${spellOption(reading.host, path, example)}` : '';
    report(reading, path, respell(say, useCase, reading.host) + hint);
  }
}
