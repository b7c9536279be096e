import { quote } from '../../document/problem.js';
import { callerOf, type CallerText } from '../caller/caller.js';
import { contradicts } from '../caller/caller-context.js';
import { DocumentError, nameOfType, type DocumentSource } from '../documents.js';
import { statementsMayMeet } from '../meeting.js';
import type { ContextValue, Request } from '../request.js';
import { allCases, bindingOf, concretePoints, splitAt, wishesOf, type VariableCases } from './binding.js';
import type { Box } from './box.js';
import { Budget, unsure } from './budget.js';
import { spellAction } from './examples.js';
import { Prepared, type PreparedStatement, type StarsReading } from './prepare.js';
import type { Count } from './key.js';
import { findPoint, type Point, type RequestSearch } from './search.js';

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
 * Compares what two sets of policies of one type allow, by meaning: order, duplicates, Sids and the way it is written do
 * not count, and neither does which actions AWS has today. Documents that name principals are compared over all callers.
 * @param a the access before
 * @param b the access after
 * @returns how b stands to a, with a request for each difference; `unknown` with a reason for documents that cannot be
 *   read, and never an exception
 */
export function compare(a: Comparable, b: Comparable): Comparison {
  const [before, after] = [read(a, 'first'), read(b, 'second')];
  if (typeof before === 'string') return unknown(before);
  if (typeof after === 'string') return unknown(after);
  if (before.type !== undefined && after.type !== undefined && before.type !== after.type) {
    return unknown(`the first is ${nameOfType[before.type]} and the second is ${nameOfType[after.type]}`);
  }
  const gained = findGain(before, after);
  const lost = findGain(after, before);
  const witnesses = { gained: gained.witness, lost: lost.witness };
  const reason = gained.doubt ?? lost.doubt;
  if (reason !== null) return { relation: 'unknown', ...witnesses, reason };
  if (gained.witness !== null && lost.witness !== null) return { relation: 'incomparable', ...witnesses, reason: null };
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
    if (error instanceof DocumentError)
      return `the ${which} policy cannot be read: ${error.message.replace(/^the document cannot be evaluated: /, '')}`;
    throw error;
  }
}

interface DirectedGain {
  readonly witness: Witness | null;
  /** Why it is not certain that there is none, or that the witness is one however AWS reads it; null where it is. */
  readonly doubt: string | null;
}

/**
 * Looks for a request that `after` allows and `before` does not, however AWS reads a `*` at the end of a part of an ARN.
 * There is one where some request is gained under every reading, and none where none is gained under any. AWS reads all
 * stars alike: that each star were read in its own way is no reading. Anything between is a doubt.
 */
function findGain(before: Prepared, after: Prepared): DirectedGain {
  if (before === after) return { witness: null, doubt: null };
  const search = (reading: StarsReading, opposite = reading): DirectedGain =>
    new GainSearch(before, after, opposite, reading).run();
  const gain = search('runs');
  const open = after.open ?? before.open;
  if (open === undefined || gain.doubt !== null) return gain;
  const others: StarsReading[] = before.openShort || after.openShort ? ['bound', 'completed'] : ['bound'];
  const doubt = `it depends on whether the \`*\` at the end of a part of an ARN, as in ${quote(open)}, runs on past the colon: AWS's page on \`Resource\` says that it can, S3's that it does not`;
  if (gain.witness === null) {
    for (const reading of others) {
      const other = search(reading);
      if (other.doubt !== null) return other;
      if (other.witness !== null) return { witness: null, doubt };
    }
    return gain;
  }
  const { witness } = gain;
  if (others.every((reading) => isGained(witness, before, after, reading, reading))) return gain;
  // What a Deny leaves undetermined under one of the readings is not certain.
  const certain = search('least', 'most');
  const isCertain = (request: Witness): boolean =>
    ['runs' as const, ...others].every((reading) => isGained(request, before, after, reading, reading));
  return certain.witness === null || !isCertain(certain.witness) ? { witness, doubt } : certain;
}

function isGained(
  request: Request,
  before: Prepared,
  after: Prepared,
  readingBefore: StarsReading,
  readingAfter: StarsReading,
): boolean {
  if (after.decide(request, readingAfter).decision !== 'allowed') return false;
  const { decision } = before.decide(request, readingBefore);
  return decision === 'implicitDeny' || decision === 'explicitDeny';
}

/** How many values of variables are looked at on their own before the search gives up. */
const mostSplits = 12;
const mostVariables = 6;

/** What it costs to have the box of a statement with its variables bound. */
const stepsOfBox = 60;

/** A statement, and how it is read on its side. */
interface ReadStatement {
  readonly prepared: PreparedStatement;
  readonly reading: StarsReading;
}

/** What is asked about some statements, before it is known what their variables stand for. */
interface GainTask {
  readonly inside: readonly ReadStatement[];
  readonly outside: readonly ReadStatement[];
  /** There is no such request where one of these turns out to be the last of `inside`. */
  readonly same: readonly ReadStatement[];
}

class GainSearch {
  private doubt: string | null = null;
  private readonly budget = new Budget(budgetOfDirection);
  private readonly several: ReadonlySet<string>;
  private splits = 0;

  constructor(
    private readonly before: Prepared,
    private readonly after: Prepared,
    private readonly readingBefore: StarsReading,
    private readonly readingAfter: StarsReading,
  ) {
    this.several =
      before.several.size + after.several.size === 0 ? none : new Set([...before.several, ...after.several]);
  }

  run(): DirectedGain {
    const witness = this.search();
    return { witness, doubt: witness === null ? this.doubt : null };
  }

  private search(): Witness | null {
    if (!this.before.hasVariables && !this.after.hasVariables) return this.withoutVariables();
    for (const task of this.tasks()) {
      this.budget.spend((this.before.size + this.after.size) >> 3);
      if (this.isExhausted()) return null;
      const statements = [...task.inside, ...task.outside].map(({ prepared }) => prepared);
      const variables = Array.from(new Set(statements.flatMap((statement) => statement.variables))).sort();
      if (variables.length > mostVariables) {
        this.doubt ??= `there are ${variables.length} policy variables in statements that meet, and at most ${mostVariables} are compared`;
        continue;
      }
      const compared = new Set(statements.flatMap((statement) => statement.compared));
      for (const cases of allCases(variables, compared, this.several)) {
        const witness = this.inCases(task, cases);
        if (witness !== null || this.isExhausted()) return witness;
      }
    }
    return null;
  }

  /** What b allows is new where a has no Allow for it, or a Deny. */
  private withoutVariables(): Witness | null {
    const [before, after] = [this.before.boxes(this.readingBefore), this.after.boxes(this.readingAfter)];
    const unlessAllowed = [...after.denies, ...before.allows];
    for (const allow of after.allows) {
      if (before.identities.has(`Allow${allow.identity}`)) continue;
      const { witness } = this.ask([allow], unlessAllowed, noCases);
      if (witness !== null || this.isExhausted()) return witness;
    }
    for (const deny of before.denies) {
      if (after.identities.has(`Deny${deny.identity}`)) continue;
      this.budget.spend(after.allows.length >> 3);
      if (this.isExhausted()) return null;
      for (const allow of after.allows) {
        if (!statementsMayMeet(allow.starts, deny.starts)) continue;
        const { witness } = this.ask([allow, deny], after.denies, noCases);
        if (witness !== null || this.isExhausted()) return witness;
      }
    }
    return null;
  }

  /** The same, with only the statements that may meet, so that few variables have to be looked at together. */
  private *tasks(): Generator<GainTask> {
    const [before, after] = [this.before.effects, this.after.effects];
    const as = (statements: readonly PreparedStatement[], reading: StarsReading) =>
      statements.map((prepared): ReadStatement => ({ prepared, reading }));
    const meeting = (statements: readonly PreparedStatement[], all: readonly PreparedStatement[]) =>
      statements.filter((one) => all.every((other) => statementsMayMeet(one.starts, other.starts)));
    for (const allow of after.allows) {
      if (before.texts.has(allow.text)) continue;
      const allows = as(meeting(before.allows, [allow]), this.readingBefore);
      const denies = as(meeting(after.denies, [allow]), this.readingAfter);
      yield { inside: as([allow], this.readingAfter), outside: [...denies, ...allows], same: allows };
    }
    for (const deny of before.denies) {
      if (after.texts.has(deny.text)) continue;
      for (const allow of meeting(after.allows, [deny])) {
        const inside = [...as([allow], this.readingAfter), ...as([deny], this.readingBefore)];
        const outside = as(meeting(after.denies, [allow, deny]), this.readingAfter);
        yield { inside, outside, same: as(meeting(after.denies, [deny]), this.readingAfter) };
      }
    }
  }

  private inCases(task: GainTask, cases: VariableCases): Witness | null {
    this.budget.spend(stepsOfBox * (task.inside.length + task.outside.length + task.same.length));
    if (this.isExhausted()) return null;
    const binding = bindingOf(cases);
    const boxes = (sides: readonly ReadStatement[]) =>
      sides.map(({ prepared, reading }) => prepared.box(binding, reading));
    const inside = boxes(task.inside);
    if (boxes(task.same).some(({ identity }) => identity === inside.at(-1)!.identity)) return null;
    const { witness, failed } = this.ask(inside, boxes(task.outside), cases);
    if (witness !== null || failed === null) return witness;
    const halves = this.splits < mostSplits ? splitAt(failed, inside, cases) : undefined;
    if (halves === undefined) {
      this.doubt ??= 'what policy variables stand for could not be settled';
      return null;
    }
    this.splits += 1;
    return this.inCases(task, halves[0]) ?? this.inCases(task, halves[1]);
  }

  /** Only a key that some set operator asks for may have several values. */
  private count(key: string, cases: VariableCases): Count {
    if (!this.several.has(key)) return 'one';
    const found = cases.get(key);
    return found === undefined ? 'any' : found.kind === 'several' ? 'several' : 'one';
  }

  /** Looks for a request in all boxes inside and in none outside. */
  private ask(
    inside: readonly Box[],
    outside: readonly Box[],
    cases: VariableCases,
  ): { witness: Witness | null; failed: Point | null } {
    const question: RequestSearch = {
      inside,
      outside,
      wishes: cases.size === 0 ? [] : wishesOf(cases),
      count: (key) => this.count(key, cases),
      symbolic: Array.from(cases.values()).some(({ kind }) => kind === 'any'),
    };
    let witness: Witness | null = null;
    let failed: Point | null = null;
    const accept = (point: Point): boolean => {
      for (const request of question.symbolic ? concretePoints(point, cases) : [point]) {
        witness ??= this.confirm(request, inside[0]!);
      }
      if (witness === null) failed ??= point;
      return witness !== null;
    };
    const found = findPoint(question, accept, this.budget);
    if (found !== unsure) return { witness, failed: null };
    if (this.isExhausted()) return { witness: null, failed: null };
    if (failed !== null && question.symbolic) return { witness: null, failed };
    this.doubt ??=
      question.inside[0]?.callers === undefined
        ? 'conditions of different kinds on one key could not be told apart'
        : 'who is meant by a principal, or what its condition keys hold, could not be settled';
    return { witness: null, failed: null };
  }

  private isExhausted(): boolean {
    if (this.budget.exhausted) this.doubt ??= 'the comparison needs more steps than are allowed';
    return this.budget.exhausted;
  }

  private confirm(point: Point, box: Box): Witness | null {
    // Entries, for a key may be called `__proto__`.
    const entries = [...point.keys].flatMap(([key, value]): [string, ContextValue][] => {
      if (value === undefined) return [];
      return [[this.after.spell(key) ?? this.before.spell(key) ?? key, value.length === 1 ? value[0]! : value]];
    });
    const context = Object.fromEntries(entries);
    const principal = point.caller === undefined ? undefined : callerOf(point.caller);
    if (point.caller !== undefined && (principal === undefined || isImpossible(point.caller, entries))) return null;
    const witness = {
      ...(principal !== undefined && { principal }),
      action: spellAction(point.action, box.spellings),
      resource: this.after.type === 'trust' || this.before.type === 'trust' ? '*' : point.resource,
      context,
    };
    return isGained(witness, this.before, this.after, this.readingBefore, this.readingAfter) ? witness : null;
  }
}

/** Whether nobody calls so: AWS fills the key in from who calls, and otherwise. */
function isImpossible(caller: CallerText, entries: readonly [string, ContextValue][]): boolean {
  return entries.some(([key, value]) => contradicts(caller, key.toLowerCase(), [value].flat()));
}

const none: ReadonlySet<string> = new Set();
const noCases: VariableCases = new Map();
