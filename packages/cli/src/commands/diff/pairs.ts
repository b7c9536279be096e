import {
  compare,
  compilePattern,
  parse,
  readJson,
  readPattern,
  type Comparison,
  type DocumentSource,
  type Witness,
} from '@postern/core';
import { lazyReference } from '../../access/reference.js';
import { findRequest, placeOfDocuments, type ShownWitness, type Surroundings } from '../../access/request.js';
import { failures, type DiffFlags } from './flags.js';
import { failureOf, Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { isObject } from '../../policies/json-values.js';
import { placeOf } from '../../policies/place.js';
import { isInShard, readShard } from '../../policies/shard.js';
import { linesOf } from '../../policies/lines.js';
import { plainJson } from '../../reports/plain.js';

/** Compares pairs line by line, so that memory does not grow with their number. */
export async function diffPairs(flags: DiffFlags, io: Io): Promise<void> {
  const shard = readShard(flags.shard);
  const surroundings: Surroundings = { place: placeOf(flags), reference: lazyReference(), mostTried: 40 };
  let [bad, failed, count] = [0, 0, 0];
  for await (const { text, number, tooLong } of linesOf(io.stdin)) {
    if (text.trim() === '' && !tooLong) continue;
    if (!isInShard(count++, shard)) continue;
    const answer: PairAnswer = tooLong
      ? { id: null, error: `line ${number} is too long` }
      : await comparePair(text, number, surroundings);
    if ('error' in answer || isUnreadable(answer)) bad += 1;
    else if (flags.failOn !== undefined && failures[flags.failOn]!.includes(answer.relation)) failed += 1;
    writeLine(io.stdout, plainJson(answer, 0));
    if (io.stderr.isTTY && count % 1000 === 0) io.stderr.write(`\r${count} pairs`);
  }
  if (io.stderr.isTTY && count >= 1000) io.stderr.write('\n');
  if (bad > 0)
    throw new InputError([`${bad} of ${count} pairs could not be read: see \`error\` or \`reason\` in their lines`]);
  if (failed > 0) throw new Finding(`${failed} of ${count} pairs are so that \`--fail-on ${flags.failOn}\` fails`);
}

type PairAnswer =
  | { id: unknown; error: string }
  | ({ id: unknown } & Omit<Comparison, 'gained' | 'lost'> & {
        readonly gained: ShownWitness | null;
        readonly lost: ShownWitness | null;
      });

/** A document whose meaning cannot be known has been read as little as one that is no document. */
function isUnreadable({ reason }: Pick<Comparison, 'reason'>): boolean {
  return reason !== null && /^the (first|second) policy cannot be read/.test(reason);
}

/** One pair that goes wrong is an answer too: the others are still compared. */
async function comparePair(text: string, number: number, surroundings: Surroundings): Promise<PairAnswer> {
  let id: unknown = null;
  const error = (message: string): PairAnswer => ({ id, error: `line ${number}: ${message}` });
  try {
    const { value, wellFormed, problems: wrong } = readJson(text, 'asWritten');
    id = isObject(value) && Object.hasOwn(value, 'id') ? value['id'] : null;
    if (!wellFormed || wrong.length > 0) return error(wrong.map(({ message }) => message).join('; '));
    if (!isObject(value)) return error('a pair is a JSON object with `id`, `a` and `b`');
    const problems = ['a', 'b'].flatMap((side) =>
      problemOf(side, Object.hasOwn(value, side) ? value[side] : undefined),
    );
    if (problems.length > 0) return error(problems.join('; '));
    const [a, b] = [value['a'], value['b']].map((side) => (Array.isArray(side) ? side : [side]) as DocumentSource[]);
    const { relation, gained, lost, reason } = compare(a!, b!);
    return {
      id,
      relation,
      gained: gained && (await requestFor(a!, b!, gained, surroundings)),
      lost: lost && (await requestFor(b!, a!, lost, surroundings)),
      reason,
    };
  } catch (unexpected) {
    return error(failureOf(unexpected));
  }
}

/** A request that AWS can receive in the place of the one that was found, of the same service. */
function requestFor(
  from: readonly DocumentSource[],
  to: readonly DocumentSource[],
  first: Witness,
  surroundings: Surroundings,
): Promise<ShownWitness> {
  const piece = { statement: '', version: undefined, effect: 'Allow', action: patternFor(first.action, to) } as const;
  const place = { ...surroundings.place, ...placeOfDocuments([...to, ...from]) };
  return findRequest(from, to, { ...piece, resource: first.resource }, first, { ...surroundings, place });
}

/** The narrowest pattern of an Allow that brings the action, so that few actions have to be tried; else all of its service. */
function patternFor(action: string, to: readonly DocumentSource[]): string {
  const service = action.slice(0, action.indexOf(':') + 1);
  const patterns = to.flatMap((source) =>
    (parse(source).document?.Statement ?? []).flatMap(({ Effect, Action = [] }) => (Effect === 'Allow' ? Action : [])),
  );
  const bringing = patterns.filter(
    (pattern) =>
      pattern.toLowerCase().startsWith(service.toLowerCase()) &&
      compilePattern(readPattern(pattern.toLowerCase()))(action.toLowerCase()),
  );
  return bringing.reduce((one, other) => (other.length > one.length ? other : one), `${service}*`);
}

/** What is no document at all is an error; one whose meaning cannot be known is a reason that `compare` gives. */
function problemOf(side: string, value: unknown): string[] {
  if (value === undefined) return [`\`${side}\` is missing: give a policy document or a list of them`];
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.flatMap((document, index) => {
    const path = Array.isArray(value) ? `${side}[${index}]` : side;
    if (!isObject(document)) return [`\`${path}\` is no policy document`];
    const lost = parse(document).problems.filter(
      ({ severity, path: where }) => severity === 'unreadable' && (where === '' || where === 'Statement'),
    );
    return lost.map(({ message }) => `\`${path}\`: ${message}`);
  });
}
