import type { ProgramCall } from '../event.js';
import { cutAt, isUnknown, literal, oneOf, onlyLiteral, type Text, type Value } from '../values/value.js';
import { awsSwitches, oneValueEach } from './aws.js';

/** A call with its flags told from its other words. */
export interface ParsedCall {
  readonly program: string;
  /** The words that are no flags, behind the program. */
  readonly words: readonly Value[];
  readonly flags: ReadonlyMap<string, readonly Value[]>;
}

/**
 * Tells the flags of a call from its words. A flag takes the word behind it, unless it is a switch, ends with `=value` or
 * another flag stands there.
 */
export function parseCall(call: ProgramCall, switches: readonly string[] = []): ParsedCall | undefined {
  const program = onlyLiteral(call.words[0]!);
  if (program === undefined) return undefined;
  const isAws = program === 'aws';
  const words: Value[] = [];
  const flags = new Map<string, Value[]>();
  const rest = call.words.slice(1);
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!;
    // What stands behind `--` is words, and it is none itself.
    if (onlyLiteral(word) === '--') continue;
    const name = flagOf(word);
    if (name === undefined) {
      words.push(word);
      continue;
    }
    const cut = cutFlag(word);
    if (cut !== undefined) {
      add(flags, cut.name, [cut.value]);
      continue;
    }
    if (switches.includes(name) || name.startsWith('--no-') || (isAws && awsSwitches.has(name))) {
      add(flags, name, [literal('true')]);
      continue;
    }
    const values: Value[] = [];
    const several = isAws && words.length >= 2 && !oneValueEach.has(onlyLiteral(words[0]!) ?? '');
    while (at + 1 < rest.length && flagOf(rest[at + 1]!) === undefined) {
      values.push(rest[++at]!);
      if (!several) break;
    }
    add(flags, name, values.length === 0 ? [literal('true')] : values);
  }
  return { program, words: isAws ? withoutSwitches(words) : words, flags };
}

/** `aws s3 cp $DRY_RUN from to`: a variable that may hold a switch is no place to copy from. */
function withoutSwitches(words: readonly Value[]): readonly Value[] {
  const [service, command] = words.slice(0, 2).map((word) => onlyLiteral(word));
  if (service !== 's3' || !['cp', 'mv', 'sync'].includes(command ?? '')) return words;
  const places = words.slice(2);
  const addresses = places.flatMap((place, at) => (place.some(isAddress) ? [at] : []));
  const [address] = addresses;
  // One address between variables: what stands right before it is copied there, unless what is known stands behind it.
  if (addresses.length === 1 && address! > 0) {
    const [before, behind] = [places[address! - 1]!, places[address! + 1]];
    const from = behind !== undefined && before.every(isUnknown) && !behind.every(isUnknown) ? address! : address! - 1;
    return [...words.slice(0, 2), ...places.slice(from, from + 2)];
  }
  while (places.length > 2 && places[0]!.every(isUnknown)) places.shift();
  while (places.length > 2 && places.at(-1)!.every(isUnknown)) places.pop();
  return [...words.slice(0, 2), ...places];
}

const isAddress = ([head]: Text) => typeof head === 'string' && head.startsWith('s3://');

function add(flags: Map<string, Value[]>, name: string, values: readonly Value[]): void {
  flags.set(name, [...(flags.get(name) ?? []), ...values]);
}

function flagOf(word: Value): string | undefined {
  const head = word[0]?.[0];
  if (typeof head !== 'string' || !/^-{1,2}[A-Za-z]/.test(head)) return undefined;
  return head.split('=', 1)[0];
}

function cutFlag(word: Value): { readonly name: string; readonly value: Value } | undefined {
  const cuts = word.map((text) => cutAt(text, '='));
  const name = cuts[0] === undefined ? undefined : onlyLiteral([cuts[0].before]);
  if (name === undefined || !cuts.every((cut) => cut !== undefined)) return undefined;
  return { name, value: oneOf(cuts.map((cut) => [cut.after])) };
}
