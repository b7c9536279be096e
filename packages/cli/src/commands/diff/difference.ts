import { compare, parse, type Comparison, type DocumentSource } from '@postern/core';
import { findGains, type Gains } from '../../access/gains.js';
import { outside, piecesOf, statementsOf } from '../../access/pieces.js';
import { findPrincipalGains } from '../../access/principal-gains.js';
import type { Surroundings } from '../../access/request.js';
import { boundsOf, expressionsIn, opaque, shown } from '../../policies/deferred.js';

/** What the second of two sides allows more and less than the first. */
export interface Difference {
  readonly relation: Comparison['relation'];
  /** Why the relation is unknown; null where it is known. */
  readonly reason: string | null;
  readonly gained: Gains;
  readonly lost: Gains;
}

const nothing: Gains = { gains: [], unseen: 0, doubts: [] };

/** Compares two sides, and lists by pattern what is gained and what is lost. */
export async function findDifference(
  a: readonly DocumentSource[],
  b: readonly DocumentSource[],
  isOpen: boolean,
  surroundings: Surroundings,
): Promise<Difference> {
  if (!isOpen) return differenceOf(a, b, surroundings);
  const [first, second] = [opaque(a), opaque(b)];
  const found = shown(await differenceOf(first, second, surroundings));
  const open = found.relation === 'equal' ? undefined : whatIsOpen(a, b, compare(first, second));
  return open === undefined ? found : { ...found, relation: 'unknown', reason: found.reason ?? open };
}

async function differenceOf(
  a: readonly DocumentSource[],
  b: readonly DocumentSource[],
  surroundings: Surroundings,
): Promise<Difference> {
  const comparison = compare(a, b);
  const named = [...a, ...b].some((source) => parse(source).type !== 'identity');
  const find = (from: readonly DocumentSource[], to: readonly DocumentSource[]): Promise<Gains> | Gains =>
    named ? findPrincipalGains(from, to) : findGains(from, to, surroundings);
  const gained = comparison.gained === null ? nothing : await find(a, b);
  const lost = comparison.lost === null ? nothing : await find(b, a);
  const { relation, reason } = comparison;
  return { relation, reason, gained, lost };
}

/** What only a deployment can tell, where it decides how the two sides stand; undefined where it does not. */
function whatIsOpen(a: readonly DocumentSource[], b: readonly DocumentSource[], found: Comparison): string | undefined {
  const sure = (from: readonly DocumentSource[], to: readonly DocumentSource[]) =>
    compare(boundsOf(sourcesOf(from)).most, boundsOf(sourcesOf(to)).least).gained !== null || isNew(from, to);
  const gains = found.gained === null || sure(a, b);
  const losses = found.lost === null || sure(b, a);
  // What seems equal from one side may be wider or narrower once the names are known.
  const both = expressionsIn([a, b]);
  if (gains && losses) return undefined;
  return `${both.map((expression) => `\`${expression}\``).join(', ')} ${both.length === 1 ? 'is' : 'are'} known only after deployment`;
}

/** Whether some open statement allows an action that the other side allows nowhere: then it is new whatever the resource is. */
function isNew(from: readonly DocumentSource[], to: readonly DocumentSource[]): boolean {
  const { most } = boundsOf(sourcesOf(from));
  return statementsOf(to, 'Allow')
    .filter(({ statement }) => statement.Condition === undefined && expressionsIn(statement.Action ?? '').length === 0)
    .flatMap(piecesOf)
    .some(
      (piece) =>
        piece.action !== undefined && compare([], [...most, outside({ ...piece, resource: '*' })]).relation === 'equal',
    );
}

function sourcesOf(documents: readonly DocumentSource[]): object[] {
  return documents.filter((document): document is Exclude<DocumentSource, string> => typeof document !== 'string');
}
