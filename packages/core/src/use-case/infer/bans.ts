import type { Request } from '../../access/request.js';
import { hasForm } from '../option/form-option.js';
import { isLeftOut } from '../option/kind-of.js';
import { optionsIn } from '../predicate.js';
import { valuesOf, type Dials } from './assignments.js';
import { hasWildcard } from './match-template.js';
import { isOpen, lookupIn, type Goal, type State } from './state.js';
import { waysOf, type Way } from './ways.js';

/** What is forbidden in a search. */
export interface Bans {
  /** Names that an option may not have; none at all where the name is undefined. */
  readonly names: readonly (readonly [option: string, name: string | undefined])[];
  /** Switches and choices that stay as they are. */
  readonly pinned: Dials;
}

/** The ways that are left to each request. */
export function without({ asked }: Goal, { names }: Bans): (readonly Way[])[] {
  const isBanned = (way: Way) =>
    way.names.some(([option, values]) =>
      names.some(([its, name]) => its === option && (name === undefined || values.includes(name))),
    );
  return asked.map((ways) => ways.filter((way) => !isBanned(way)));
}

/** Options and the permissions by which they allow too much. */
interface Wide {
  readonly state: State;
  readonly bans: Bans;
  readonly surplus: readonly Request[];
}

/** Of more permissions the others have their turn when these are gone. */
const mostPermissions = 40;

/** Already known, as the same options are asked again for each of their ways out. */
const known = new WeakMap<Wide, readonly Bans[]>();

/**
 * What to forbid besides, so that a permission that is too much falls away; those with the fewest ways out first.
 * @param isLess whether options without a name allow less: without one that is a fence they allow more
 */
export function branchesOf(goal: Goal, start: State, wide: Wide, isLess: (state: State) => boolean): readonly Bans[] {
  let branches = known.get(wide);
  if (branches === undefined) {
    const lookup = lookupIn(goal.useCase, wide.state);
    const answers = new Map<string, boolean>();
    const isLessOnce = (option: string, name: string | undefined): boolean => {
      const key = JSON.stringify([option, name]);
      const list = name === undefined ? [] : (wide.state.names[option] ?? []).filter((one) => one !== name);
      const answer = answers.get(key) ?? isLess({ ...wide.state, names: { ...wide.state.names, [option]: list } });
      answers.set(key, answer);
      return answer;
    };
    branches = wide.surplus
      .slice(0, mostPermissions)
      .flatMap((permission) => waysOf(goal.useCase, permission).ways ?? [])
      .filter((way) => isOpen(way, wide.state, lookup))
      .map((way) => outOf(goal, start, wide, way, isLessOnce))
      .sort((one, other) => one.length - other.length)
      .flat();
    known.set(wide, branches);
  }
  return branches;
}

/** Each way to close a way, as far as every request keeps one. */
function outOf(
  goal: Goal,
  start: State,
  { state, bans }: Wide,
  { names, predicates }: Way,
  isLess: (option: string, name: string | undefined) => boolean,
): Bans[] {
  const { useCase } = goal;
  const lookup = lookupIn(useCase, state);
  const asks = [...new Set(predicates.flatMap(optionsIn))];
  const banned: Bans['names'] = [
    ...names.flatMap(([option, values]) => values.map((value) => [option, value] as const)),
    ...asks.filter((option) => hasForm(useCase.options[option])).map((option) => [option, undefined] as const),
  ];
  const isLost = (ways: readonly Way[], index: number) => ways.length === 0 && goal.asked[index]?.length !== 0;
  // Where the scope stands for a list, another scope is the way out.
  const isAll = (option: string) => isLeftOut(useCase.options[option], state.dials['scope']);
  const named = banned
    .filter(([option]) => !Object.hasOwn(start.names, option) && !places.has(option) && !isAll(option))
    .filter(([option, name]) => isLess(option, name))
    .map((one) => ({ ...bans, names: [...bans.names, one] }))
    .filter((one) => !without(goal, one).some(isLost));
  const needsPattern = goal.asked.some(
    (ways) => ways.length > 0 && ways.every((way) => way.names.some(([, values]) => values.some(hasWildcard))),
  );
  const dials = asks.filter((option) => !hasForm(useCase.options[option]));
  const turned = (names.some(([option]) => isAll(option)) ? [...dials, 'scope'] : dials)
    .filter((option) => !Object.hasOwn(bans.pinned, option))
    .flatMap((option) =>
      valuesOf(useCase.options, option)
        .filter((value) => value !== lookup(option) && !(needsPattern && option === 'scope' && value === 'exact'))
        .map((value) => ({ ...bans, pinned: { ...bans.pinned, [option]: value } })),
    );
  return [...named, ...turned];
}

const places: ReadonlySet<string> = new Set(['partition', 'region', 'account']);
