import { compile } from '../../access/decide.js';
import type { Request } from '../../access/request.js';
import { parseArn } from '../../document/arn.js';
import type { PolicyDocument } from '../../document/document.js';
import { quote } from '../../document/problem.js';
import { tryBuild } from '../build.js';
import { partitionOfRegion } from '../place.js';
import { hasForm } from '../option/form-option.js';
import { isLeftOut, kindOf, takesSeveral } from '../option/kind-of.js';
import { optionsIn } from '../predicate.js';
import type { UseCase } from '../use-case.js';
import { valuesOf } from './assignments.js';
import { completions } from './completions.js';
import { hasWildcard, matchTemplate } from './match-template.js';
import { isOpen, lookupIn, rate, type Goal, type State } from './state.js';
import { narrow, type NarrowSettings } from './narrow.js';
import { search } from './search.js';
import { leastOf, surplusIn } from './surplus.js';
import { waysOf, type AskedRequest, type Way } from './ways.js';

/** Something that the requests do not tell of the options. */
export interface Untold {
  /** The request that the options do not allow. */
  readonly request?: Request;
  /** The option that could not be told, or could be another. */
  readonly option?: string;
  /** Why, in a lowercase sentence. */
  readonly message: string;
}

/** What {@link infer} read from requests: a guess, with what speaks against it. */
export interface Inference {
  /** The options that differ from their defaults, as {@link build} takes them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The policy of these options; undefined where they do not build, and `untold` says what is missing. */
  readonly document: PolicyDocument | undefined;
  /** The requests that the policy allows, checked by {@link decide}. */
  readonly allowed: readonly Request[];
  readonly untold: readonly Untold[];
}

/** What is known besides the requests. */
export interface InferSettings {
  /** The place of the resources, kept as it is. */
  readonly place?: { readonly account?: string; readonly region?: string; readonly partition?: string };
  /** How many options are rated at most, fewer where there are more than a hundred requests; 100,000 by default. */
  readonly budget?: number;
}

/**
 * Reads an entry backwards: the options under which it allows all of these requests and as little else as possible, from
 * nothing but the entry's own templates, predicates and resource forms. What comes out is a guess and never a fact: several
 * options may allow the same requests, and the search is bounded. What is checked is that the policy allows `allowed`. Where
 * it allows more than that, other ways to read the requests are tried as well, each without a name or choice that brings it.
 * @param requests what a job asked for; a name in a resource may hold `*` and `?`, and asks for a wider `scope` then
 * @returns the options, and in `untold` each request that they do not allow, each option that no request tells, choices
 * that would do as well, and whether the search ended early
 */
export function infer(
  useCase: UseCase,
  requests: readonly AskedRequest[],
  { place = {}, budget = 100_000 }: InferSettings = {},
): Inference {
  const read = requests.map((request) => ({ request, ...waysOf(useCase, request) }));
  const ways = read.map((one) => one.ways ?? []);
  const partition = place.partition ?? (place.region === undefined ? undefined : partitionOfRegion.get(place.region));
  const known = Object.entries({ ...place, partition }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const start: State = { dials: {}, names: Object.fromEntries(known.map(([name, value]) => [name, [value]])) };
  const asked = distinctWays(ways);
  let goal: Goal = { useCase, asked, needsNames: true };
  let found = search(goal, start, budget);
  if (found.rating.refusals > 0) {
    // What is missing is not found by turning switches, so these are better left as the requests have them.
    goal = { ...goal, needsNames: false };
    found = search(goal, start, found.left);
  }
  const least = leastOf(read);
  const surplusOf = (state: State) => {
    const built = tryBuild(useCase, writeOptions(useCase, state, place));
    return built.problems.length > 0 ? undefined : surplusIn(built.document, least);
  };
  const narrowed = narrow(goal, start, found, surplusOf, reachFor(requests, budget - found.left));
  found = narrowed;
  const { state } = found;
  const options = writeOptions(useCase, state, place);
  const { document, problems } = tryBuild(useCase, options);
  const isBuilt = problems.length === 0;
  const decide = isBuilt ? compile(document) : undefined;
  const lookup = lookupIn(useCase, state);
  const untold: Untold[] = [];
  const allowed: Request[] = [];
  for (const [index, one] of read.entries()) {
    const { request, reason } = one;
    const isAllowed =
      decide === undefined
        ? (ways[index] ?? []).some((way) => isOpen(way, state, lookup))
        : completions(request, document).some((whole) => decide(whole).decision === 'allowed');
    if (isAllowed && isBuilt) allowed.push(request);
    if (!isAllowed) untold.push({ request, message: reason ?? conflict(useCase, ways[index] ?? [], state) });
  }
  for (const { path, message } of problems) untold.push({ option: path.replace(/\[\d+\]$/, ''), message });
  if (isBuilt) untold.push(...otherChoices(goal, state, document, place));
  if (found.left <= 0)
    untold.push({
      message: `the search ended at its limit: other options may allow less, or more of the requests`,
    });
  const { beyond } = narrowed;
  if (beyond !== undefined)
    untold.push({
      message: `these options allow ${quote(beyond.action)} on ${quote(beyond.resource)} as well, which no request asks for, and the search for narrower ones ended at its limit`,
    });
  return { options, document: isBuilt ? document : undefined, allowed, untold };
}

/** As many take no time that anybody notices. */
const fewRatings = 1000;

/**
 * How far is looked for less. Patterns come from a policy, which is asked for as a whole; what a job asked for is a part of
 * what it may ask, so that more is allowed anyway.
 * @param used what the first search took
 */
function reachFor(requests: readonly AskedRequest[], used: number): NarrowSettings {
  const isPolicy = requests.some(({ resource, open }) => open === true || (hasWildcard(resource) && resource !== '*'));
  return isPolicy
    ? { surplus: requests.length, budget: Math.max(6 * used, fewRatings) }
    : { surplus: requests.length / 2, budget: Math.max(2 * used, fewRatings) };
}

/** Requests that are read in the same ways count once. */
function distinctWays(ways: readonly (readonly Way[])[]): (readonly Way[])[] {
  const bare = ways.map((some) => some.map(({ names, predicates }) => ({ names, predicates })));
  return [...new Map(bare.filter((some) => some.length > 0).map((some) => [JSON.stringify(some), some])).values()];
}

/** Why a request that the entry could allow is not allowed under the options that allow most. */
function conflict(useCase: UseCase, ways: readonly Way[], state: State): string {
  const clashes = new Map<string, string>();
  for (const { names } of ways) {
    for (const [name, [value]] of names) {
      const [other] = state.names[name] ?? [];
      if (other !== undefined && other !== value && !takesSeveral(useCase.options, name))
        clashes.set(name, `\`${name}\` would be ${quote(value)}, and elsewhere it is ${quote(other)}`);
    }
  }
  if (clashes.size > 0) return [...clashes.values()].join('; ');
  const lookup = lookupIn(useCase, state);
  if (ways.some((way) => isOpen(way, state, lookup)))
    return 'the entry has a statement for it, and the policy with these options still does not allow it';
  const missing = ways.flatMap(({ predicates }) =>
    predicates.flatMap(optionsIn).filter((name) => hasForm(useCase.options[name]) && lookup(name) === undefined),
  );
  return missing.length > 0
    ? `it needs ${[...new Set(missing)].map(quote).join(' or ')}, which no request tells`
    : 'options that allow it do not go with those that the other requests need';
}

/** The options as a user gives them: without defaults, and names rather than ARNs where the place is the same. */
function writeOptions(
  useCase: UseCase,
  { dials, names }: State,
  place: InferSettings['place'] = {},
): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  const [region] = names['region'] ?? [];
  for (const [name, option] of Object.entries(useCase.options)) {
    const kind = kindOf(option);
    if (!hasForm(option)) {
      if (name in dials && dials[name] !== kind.defaultOf(option)) options[name] = dials[name];
      continue;
    }
    if (isLeftOut(option, dials['scope'])) continue;
    const list = names[name] ?? [];
    if (list.length === 0) continue;
    if (name === 'partition' && region !== undefined && partitionOfRegion.get(region) === list[0] && !place.partition)
      continue;
    const texts = list.map((text) => {
      const arn = option.elsewhere ? parseArn(text) : undefined;
      if (arn === undefined || arn.account !== names['account']?.[0]) return text;
      if (arn.region !== '' && arn.region !== region) return text;
      return matchTemplate(useCase.options, { slot: 'arn', option: name }, text)[0]?.values[name] ?? text;
    });
    options[name] = kind.ofItems(texts);
  }
  return options;
}

/** Choices that give another policy which allows as much of what was asked for, and no more as far as it is counted. */
function otherChoices(goal: Goal, state: State, document: PolicyDocument, place: InferSettings['place']): Untold[] {
  const { useCase } = goal;
  const best = { ...rate(goal, state), length: Infinity };
  const own = JSON.stringify(document);
  return Object.keys(useCase.options).flatMap((name): Untold[] => {
    if (name === 'scope' || name === 'allowUnknownRegion') return [];
    const values = valuesOf(useCase.options, name).filter((value) => {
      const other = { ...state, dials: { ...state.dials, [name]: value } };
      if (rate(goal, other, best) === undefined) return false;
      const built = tryBuild(useCase, writeOptions(useCase, other, place));
      return built.problems.length === 0 && JSON.stringify(built.document) !== own;
    });
    if (values.length === 0) return [];
    const texts = values.map((value) => `\`${String(value)}\``).join(' or ');
    return [{ option: name, message: `${texts} would allow the requests as well, and no more permissions` }];
  });
}
