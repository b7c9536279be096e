import { DocumentError, type DocumentSource } from '../documents.js';
import type { ContextValue, Request } from '../request.js';
import { allCases, bindingOf, concretePoints, splitAt, wishesOf, type Cases } from './binding.js';
import type { Box } from './box.js';
import { Budget, unsure } from './budget.js';
import { spellAction } from './examples.js';
import { Prepared } from './prepare.js';
import type { Count } from './key.js';
import { findPoint, type Point, type Question } from './search.js';

/**
 * How the access of b stands to that of a, over all requests there are or will be. `unknown` where it was not found out:
 * never a guess.
 */
export type Relation = 'equal' | 'narrower' | 'wider' | 'incomparable' | 'unknown';

/** A request that one side allows and the other does not, confirmed by `decide`. */
export interface Witness extends Request {
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** What {@link compare} found. */
export interface Comparison {
  readonly relation: Relation;
  /** A request that b allows and a does not; null where there is none, or, with `unknown`, none was found. */
  readonly gained: Witness | null;
  /** A request that a allows and b does not. */
  readonly lost: Witness | null;
  /** Why the relation is unknown; null where it is known. */
  readonly reason: string | null;
}

/** What can be compared: one document, several that hold together, or a set that {@link prepare} has read. */
export type Comparable = DocumentSource | readonly DocumentSource[] | Prepared;

/** Steps of work for each direction; a step takes well under a microsecond. */
const budgetOfDirection = 600_000;

/**
 * Compares what two sets of identity policies allow, by meaning: order, duplicates, Sids and the way it is written do
 * not count, and neither does which actions AWS has today.
 * @param a the access before
 * @param b the access after
 * @returns how b stands to a, with a request for each difference; `unknown` with a reason for documents that cannot be
 *   read, and never an exception
 */
export function compare(a: Comparable, b: Comparable): Comparison {
  const [before, after] = [read(a, 'first'), read(b, 'second')];
  if (typeof before === 'string') return unknown(before);
  if (typeof after === 'string') return unknown(after);
  const gained = findGain(before, after);
  const lost = findGain(after, before);
  const witnesses = { gained: gained.witness, lost: lost.witness };
  if (gained.witness !== null && lost.witness !== null) return { relation: 'incomparable', ...witnesses, reason: null };
  const reason = gained.doubt ?? lost.doubt;
  if (reason !== null) return { relation: 'unknown', ...witnesses, reason };
  const relation = gained.witness !== null ? 'wider' : lost.witness !== null ? 'narrower' : 'equal';
  return { relation, ...witnesses, reason: null };
}

function unknown(reason: string): Comparison {
  return { relation: 'unknown', gained: null, lost: null, reason };
}

function read(source: Comparable, which: string): Prepared | string {
  try {
    const prepared = source instanceof Prepared ? source : new Prepared(source);
    return prepared.refused ?? prepared;
  } catch (error) {
    if (error instanceof DocumentError) return `the ${which} policy cannot be read: ${error.message}`;
    throw error;
  }
}

interface Gain {
  readonly witness: Witness | null;
  /** Why it is not certain that there is none; null where it is, and where there is a witness. */
  readonly doubt: string | null;
}

/** Looks for a request that `after` allows and `before` does not. */
function findGain(before: Prepared, after: Prepared): Gain {
  if (before === after) return { witness: null, doubt: null };
  const search = new GainSearch(before, after);
  const witness = search.run();
  return { witness, doubt: witness === null ? search.doubt : null };
}

/** How many values of variables are looked at on their own before the search gives up. */
const mostSplits = 12;
const mostVariables = 6;

class GainSearch {
  doubt: string | null = null;
  private readonly budget = new Budget(budgetOfDirection);
  private readonly several: ReadonlySet<string>;
  private splits = 0;

  constructor(
    private readonly before: Prepared,
    private readonly after: Prepared,
  ) {
    this.several =
      before.several.size + after.several.size === 0 ? none : new Set([...before.several, ...after.several]);
  }

  run(): Witness | null {
    const { before, after } = this;
    if (before.variables.size + after.variables.size === 0) return this.inCases(new Map());
    if (after.addsNothingTo(before)) return null;
    const variables = Array.from(new Set([...before.variables, ...after.variables])).sort();
    if (variables.length > mostVariables) {
      this.doubt = `there are ${variables.length} policy variables, and at most ${mostVariables} are compared`;
      return null;
    }
    for (const cases of allCases(variables, this.several)) {
      const witness = this.inCases(cases);
      if (witness !== null) return witness;
    }
    return null;
  }

  private inCases(cases: Cases): Witness | null {
    for (const question of this.questions(cases)) {
      const { witness, failed } = this.ask(question, cases);
      if (witness !== null) return witness;
      if (failed === null) continue;
      const halves = this.splits < mostSplits ? splitAt(failed, question.inside, cases) : undefined;
      if (halves === undefined) {
        this.doubt ??= 'what policy variables stand for could not be settled';
        continue;
      }
      this.splits += 1;
      return this.inCases(halves[0]) ?? this.inCases(halves[1]);
    }
    return null;
  }

  /** What b allows is new where a has no Allow for it, or a Deny. */
  private *questions(cases: Cases): Generator<Question> {
    const binding = bindingOf(cases);
    const [before, after] = [this.before.boxes(binding), this.after.boxes(binding)];
    const shared = {
      wishes: cases.size === 0 ? [] : wishesOf(cases),
      count: (key: string) => this.count(key, cases),
      symbolic: Array.from(cases.values()).some(({ kind }) => kind === 'any'),
    };
    const unlessAllowed = [...after.denies, ...before.allows];
    for (const allow of after.allows) {
      if (before.identities.has(`Allow${allow.identity}`)) continue;
      yield { inside: [allow], outside: unlessAllowed, ...shared };
    }
    for (const deny of before.denies) {
      if (after.identities.has(`Deny${deny.identity}`)) continue;
      for (const allow of after.allows) yield { inside: [allow, deny], outside: after.denies, ...shared };
    }
  }

  /** Only a key that some set operator asks for may have several values. */
  private count(key: string, cases: Cases): Count {
    if (!this.several.has(key)) return 'one';
    const found = cases.get(key);
    return found === undefined ? 'any' : found.kind === 'several' ? 'several' : 'one';
  }

  private ask(question: Question, cases: Cases): { witness: Witness | null; failed: Point | null } {
    let witness: Witness | null = null;
    let failed: Point | null = null;
    const accept = (point: Point): boolean => {
      for (const request of question.symbolic ? concretePoints(point, cases) : [point]) {
        witness ??= this.confirm(request, question.inside[0]!);
      }
      if (witness === null) failed ??= point;
      return witness !== null;
    };
    const found = findPoint(question, accept, this.budget);
    if (found !== unsure) return { witness, failed: null };
    if (this.budget.exhausted) this.doubt ??= 'the comparison needs more steps than are allowed';
    else if (failed !== null && question.symbolic) return { witness: null, failed };
    else this.doubt ??= 'conditions of different kinds on one key could not be told apart';
    return { witness: null, failed: null };
  }

  private confirm(point: Point, box: Box): Witness | null {
    const context: Record<string, ContextValue> = {};
    for (const [key, value] of point.keys) {
      if (value !== undefined) context[key] = value.length === 1 ? value[0]! : value;
    }
    const witness = { action: spellAction(point.action, box.spellings), resource: point.resource, context };
    if (this.after.decide(witness).decision !== 'allowed') return null;
    const { decision } = this.before.decide(witness);
    return decision === 'implicitDeny' || decision === 'explicitDeny' ? witness : null;
  }
}

const none: ReadonlySet<string> = new Set();
