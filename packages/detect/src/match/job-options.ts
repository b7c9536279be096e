import { kindOf, type Option, type UseCase, type ValueSource } from '@postern/core';
import type { Claim } from './claims.js';
import { missingOptions } from './missing-options.js';
import { firstOf, type SignFields } from './source.js';
import { isUnknown, literalOf, oneOf, originsOf, pattern, settled, type Text, type Value } from '../values/value.js';

/** What was gathered for the options of a job: values by option name, the most telling first. */
export type Gathered = ReadonlyMap<string, Value>;

/** Where a region stands that belongs to one call or step alone. */
const ownRegion: readonly ValueSource[] = [
  { flag: '--region' },
  { input: ['aws-region', 'aws_region', 'region', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'regionName'] },
];
/** Where the region of everything stands. */
const commonRegion: readonly ValueSource[] = [{ variable: 'AWS_REGION' }, { variable: 'AWS_DEFAULT_REGION' }];

/** The options that one claim says. */
export function optionsOfClaim(claim: Claim, useCase: UseCase, fields: SignFields | undefined): Gathered {
  const { sign, event, name } = claim;
  const of = { event, sign, name, fields };
  const made = new Map<string, Value>();
  for (const [option, sources] of Object.entries(sign.options ?? {})) {
    const value = Object.hasOwn(useCase.options, option) ? firstOf(sources, of) : undefined;
    if (value !== undefined && value.some((text) => text.length > 0)) made.set(option, value);
  }
  if (Object.hasOwn(useCase.options, 'region') && !made.has('region')) {
    const own = firstOf(ownRegion, of);
    if (own !== undefined) made.set('region', own);
  }
  return made;
}

/** The region that holds for what has none of its own. */
export function regionAround(claim: Claim): Value | undefined {
  return firstOf(commonRegion, { event: claim.event, sign: claim.sign, name: claim.name, fields: undefined });
}

/** An option's value as it is told: literal texts, `*` for unknown parts. */
export type Told = string | boolean | readonly string[];

/** The options of a job and those that are to be answered. */
export interface JobOptions {
  readonly options: Readonly<Record<string, Told>>;
  readonly open: readonly string[];
  /** Where the open ones come from, as far as the repository says. */
  readonly origins: Readonly<Record<string, readonly string[]>>;
}

/** What is told of gathered values. What is not known of an entry's need is asked. */
export function tellOptions(
  useCase: UseCase,
  gathered: Gathered,
  sets: Readonly<Record<string, string | boolean>>,
): JobOptions {
  const options: Record<string, Told> = {};
  const open = new Set<string>();
  const origins: Record<string, string[]> = {};
  for (const [name, option] of Object.entries(useCase.options)) {
    const value = gathered.get(name);
    if (value === undefined) {
      if (Object.hasOwn(sets, name)) options[name] = sets[name]!;
      continue;
    }
    const texts = settled(value)
      .map(withoutPlaceholders)
      .map((text) => (name === 'region' ? asRegion(text) : name === 'account' ? asAccount(text) : text));
    if (texts.some((text) => literalOf(text) === undefined)) {
      open.add(name);
      origins[name] = originsOf(texts);
    }
    const told = [...new Set(texts.filter((text) => !isUnknown(text) && text.length > 0).map(pattern))];
    if (told.length === 0) continue;
    options[name] = kindOf(option).several ? told : told.length === 1 ? asSetting(option, told[0]!) : told;
  }
  for (const name of missingOptions(useCase, options, open)) open.add(name);
  return { options, open: [...open], origins };
}

/** What a text says where an option has few values: `true` of a switch is no text. */
function asSetting(option: Option, told: string): string | boolean {
  const setting = kindOf(option)
    .settings(option)
    .find((one) => one !== null && String(one) === told);
  return setting ?? told;
}

/** What a reader is to put in the place of, such as `<ACCOUNT>`, is not known. */
function withoutPlaceholders(text: Text): Text {
  return text.flatMap((part) => {
    if (typeof part !== 'string' || !/<[A-Za-z][\w .-]*>/.test(part)) return [part];
    return part
      .split(/(<[A-Za-z][\w .-]*>)/)
      .flatMap((piece, at) => (piece === '' ? [] : [at % 2 === 0 ? piece : { from: `the placeholder ${piece}` }]));
  });
}

/** What is no region, such as `YOUR_REGION`, stands for one. */
function asRegion(text: Text): Text {
  const known = literalOf(text);
  return known === undefined || /^[a-z]{2,5}(-[a-z]{2,10}){1,3}-[0-9]{1,2}$/.test(known) ? text : [{ from: known }];
}

/** What is no account, such as `YOUR_ACCOUNT_ID`, stands for one. */
function asAccount(text: Text): Text {
  const known = literalOf(text);
  if (known === undefined) return text.every((part) => typeof part !== 'string') ? text : [{ from: pattern(text) }];
  return /^[0-9]{12}$/.test(known) || known === '' ? text : [{ from: known }];
}

/**
 * The values of both; undefined where they contradict each other. With `mayDiffer`, one option that takes one value may differ
 * where nothing else does: what belongs together stays together.
 */
export function mergeGathered(
  useCase: UseCase,
  left: Gathered,
  right: Gathered,
  mayDiffer: boolean,
): Gathered | undefined {
  const merged = new Map(left);
  let differing = 0;
  let lists = 0;
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [one, other] = [left.get(name), right.get(name)];
    const option = useCase.options[name];
    const several = option !== undefined && kindOf(option).several;
    if (one === undefined || other === undefined) {
      if (several) lists++;
      merged.set(name, one ?? other!);
      continue;
    }
    if (several) lists += areSame(one, other) ? 0 : 1;
    else if (!agree(one, other)) differing++;
    merged.set(name, oneOf([one, other]));
  }
  if (differing === 0) return merged;
  return mayDiffer && differing === 1 && lists === 0 ? merged : undefined;
}

/** Values agree where one of them is not known at all, or both say the same. */
function agree(left: Value, right: Value): boolean {
  const isKnown = (value: Value) => settled(value).some((text) => !isUnknown(text));
  return !isKnown(left) || !isKnown(right) || areSame(left, right);
}

function areSame(left: Value, right: Value): boolean {
  const texts = (value: Value) => [...new Set(settled(value).map(pattern))].sort().join('\n');
  return texts(left) === texts(right);
}
