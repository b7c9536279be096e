import {
  compare,
  prepare,
  type Comparable,
  type DocumentSource,
  type PolicyDocument,
  type Witness,
} from '@postern/core';
import { narrowed } from './narrowed.js';
import {
  documentOf,
  onlyEffect,
  outside,
  piecesOf,
  statementOf,
  statementsOf,
  type NamedStatement,
  type StatementPiece,
} from './pieces.js';
import { findRequest, type ShownWitness, type Surroundings } from './request.js';

/** Access that one side has and the other has not, by the pattern that brings it. */
export interface Gain extends StatementPiece {
  /** Whether part of what the pattern says was allowed before. */
  readonly partly: boolean;
  /** Whether a Deny takes part of what the pattern says away again. */
  readonly limited: boolean;
  /** A request for it. */
  readonly witness: ShownWitness;
}

/** What {@link findGains} found. */
export interface Gains {
  /** With the effect `Deny`: what a Deny of the one side took away and the other side allows. */
  readonly gains: readonly Gain[];
  /** How many patterns were not looked at, for there are too many. */
  readonly unseen: number;
  /** Why something could not be told. */
  readonly doubts: readonly string[];
}

/** More comparisons are not made for one list; what is left over is counted. */
const most = 4000;

/**
 * Lists what `to` allows and `from` does not: each action pattern on each resource pattern of an Allow of `to` that allows
 * more than `from`, then each of a Deny of `from` that `to` has not, with a request for each.
 */
export async function findGains(
  from: readonly DocumentSource[],
  to: readonly DocumentSource[],
  surroundings: Surroundings,
): Promise<Gains> {
  const search = new GainList(from, to, surroundings);
  await search.allows();
  await search.denies();
  const { gains, unseen, doubts } = search;
  // What no request falls under today matters least.
  const sorted = gains.toSorted((one, other) => Number(other.witness.inReference) - Number(one.witness.inReference));
  return { gains: sorted, unseen, doubts: [...doubts] };
}

class GainList {
  readonly gains: Gain[] = [];
  readonly doubts = new Set<string>();
  unseen = 0;
  private left = most;
  private readonly seen = new Set<string>();
  /** The pieces on both sides of an Allow that the other side allows too. */
  private readonly kept: PolicyDocument[] = [];
  private readonly allowsOfFrom: readonly PolicyDocument[];
  private readonly deniesOfTo: readonly PolicyDocument[];

  constructor(
    private readonly from: readonly DocumentSource[],
    private readonly to: readonly DocumentSource[],
    private readonly surroundings: Surroundings,
  ) {
    this.allowsOfFrom = onlyEffect(from, 'Allow');
    this.deniesOfTo = onlyEffect(to, 'Deny');
  }

  async allows(): Promise<void> {
    const from = prepare(this.allowsOfFrom);
    for (const named of statementsOf(this.to, 'Allow')) {
      const { version, statement } = named;
      const whole = documentOf(version, statement);
      const pieces = this.fresh(named);
      if (pieces.length === 0) continue;
      if (this.gained(from, [whole, ...this.deniesOfTo]) === null) {
        this.kept.push(whole);
        continue;
      }
      for (const action of new Set(pieces.map((piece) => piece.action))) {
        const some = pieces.filter((piece) => piece.action === action);
        const part = documentOf(version, action === undefined ? statement : { ...statement, Action: [action] });
        if (some.length > 1 && this.gained(from, [part, ...this.deniesOfTo]) === null) this.kept.push(part);
        else for (const piece of some) await this.allow(from, piece);
      }
    }
  }

  private async allow(from: Comparable, piece: StatementPiece): Promise<void> {
    if (this.left <= 0) {
      this.unseen += 1;
      return;
    }
    const alone = documentOf(piece.version, statementOf(piece));
    const to = [alone, ...this.deniesOfTo];
    const first = this.gained(from, to);
    if (first === null) {
      this.kept.push(alone);
      return;
    }
    const partly = await this.isPartlyAllowed(piece);
    const limited = this.deniesOfTo.length > 0 && this.gained(to, [alone]) !== null;
    const witness = await findRequest(this.from, to, piece, first, this.surroundings);
    this.gains.push({ ...piece, partly, limited, witness });
  }

  /** Whether the other side surely allows some request that the piece is about, and that AWS can receive as far as is known. */
  private async isPartlyAllowed(piece: StatementPiece): Promise<boolean> {
    this.left -= 1;
    const both = narrowed(this.from, piece.condition, piece.version);
    if (both === undefined) return false;
    const part = [...both, outside(piece)];
    const { gained } = compare([], part);
    if (gained === null) return false;
    const reference = await this.surroundings.reference();
    if (!(await reference?.hasService(gained.action.split(':')[0]!))) return true;
    // The action that was found, then any other: an action without a resource is formally allowed on every ARN.
    for (const one of [{ ...piece, action: gained.action }, piece]) {
      if ((await findRequest([], part, one, gained, this.surroundings)).inReference) return true;
    }
    return false;
  }

  async denies(): Promise<void> {
    const denies = statementsOf(this.from, 'Deny');
    if (denies.length === 0) return;
    const allowsOfTo = prepare(onlyEffect(this.to, 'Allow'));
    for (const { version, statement } of statementsOf(this.from, 'Allow')) {
      const alone = documentOf(version, statement);
      this.left -= 1;
      // Only what is surely allowed on the other side, too.
      if (['equal', 'narrower'].includes(compare(allowsOfTo, [alone]).relation)) this.kept.push(alone);
    }
    const from = prepare(this.from);
    const allowed = [...this.kept, ...this.deniesOfTo];
    if (this.gained(from, allowed) === null) return;
    for (const named of denies) {
      for (const piece of this.fresh(named)) {
        if (this.left <= 0) {
          this.unseen += 1;
          continue;
        }
        const to = [...allowed, outside(piece)];
        const first = this.gained(from, to);
        if (first === null) continue;
        const witness = await findRequest(this.from, to, piece, first, this.surroundings);
        this.gains.push({ ...piece, partly: false, limited: false, witness });
      }
    }
  }

  /** The pieces of a statement that no statement before it had. */
  private fresh(named: NamedStatement): StatementPiece[] {
    return piecesOf(named).filter((piece) => {
      const key = JSON.stringify([piece.version, statementOf(piece)]);
      if (this.seen.has(key)) return false;
      this.seen.add(key);
      return true;
    });
  }

  private gained(from: Comparable, to: Comparable): Witness | null {
    this.left -= 1;
    const { relation, gained, reason } = compare(from, to);
    if (gained === null && relation === 'unknown' && reason !== null) this.doubts.add(reason);
    return gained;
  }
}
