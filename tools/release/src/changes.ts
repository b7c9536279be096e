import {
  compare,
  decide,
  listPermissions,
  type Comparison,
  type PolicyDocument,
  type UseCase,
  type Witness,
} from '@postern/core';
import { buildNow, type ReleaseBaseline, type BaselineCell } from './baseline.js';

/** How the access of one cell changed since the last release. */
export interface AccessChange {
  readonly useCase: string;
  /** The cell, and how many others changed with the same witnesses. */
  readonly cell: string;
  readonly others: number;
  /** `removed` where its options do not build any more. */
  readonly relation: Exclude<Comparison['relation'], 'equal'> | 'removed';
  readonly gained: Witness | null;
  readonly lost: Witness | null;
  readonly reason: string | null;
}

/** Compares what every cell of the baseline gives now with what it gave then; cells that changed alike are one change. */
export function findChanges(baseline: ReleaseBaseline, useCases: readonly UseCase[]): AccessChange[] {
  const changes = new Map<string, AccessChange>();
  for (const cell of baseline.cells) {
    const change = changeOf(cell, useCases);
    if (change === undefined) continue;
    const { useCase, relation, gained, lost } = change;
    const key = JSON.stringify([useCase, relation, gained?.action, lost?.action]);
    const first = changes.get(key);
    changes.set(key, first === undefined ? change : { ...first, others: first.others + 1 });
  }
  return [...changes.values()];
}

/** A use case that the last release did not have. */
export interface Addition {
  readonly useCase: string;
  readonly title: string;
  readonly summary: string;
  /** Every action that it allows under some options. */
  readonly allows: readonly string[];
}

/** The use cases that no cell of the baseline is of. */
export function findAdditions(baseline: ReleaseBaseline, useCases: readonly UseCase[]): Addition[] {
  const released = new Set(baseline.cells.map(({ useCase }) => useCase));
  return useCases
    .filter(({ id }) => !released.has(id))
    .map((useCase) => ({
      useCase: useCase.id,
      title: useCase.title,
      summary: useCase.summary,
      allows: [...new Set(listPermissions(useCase).map(({ action }) => action))],
    }));
}

function changeOf(cell: BaselineCell, useCases: readonly UseCase[]): AccessChange | undefined {
  const place = { useCase: cell.useCase, cell: cell.name, others: 0 };
  const useCase = useCases.find(({ id }) => id === cell.useCase);
  const document = buildNow(useCase, cell.options);
  if (document === undefined) return { ...place, relation: 'removed', gained: null, lost: null, reason: null };
  const { relation, gained, lost, reason } = compare(cell.document, document);
  if (relation === 'equal') return undefined;
  return {
    ...place,
    relation,
    gained: gained && asAsked(gained, document, cell.document),
    lost: lost && asAsked(lost, cell.document, document),
    reason,
  };
}

/** An entry allows `*` only for actions that have no resource: AWS receives such a request with `*`, not with an ARN. */
function asAsked(witness: Witness, allowing: PolicyDocument, refusing: PolicyDocument): Witness {
  const withoutResource = { ...witness, resource: '*' };
  const isAllowed = (document: PolicyDocument) => decide(document, withoutResource).decision === 'allowed';
  return isAllowed(allowing) && !isAllowed(refusing) ? withoutResource : witness;
}

export type Bump = 'patch' | 'minor' | 'major';

/**
 * The least that the version must be raised by. More access or a new use case is never a patch; what takes access away, or cannot be told,
 * may break a pipeline and is a major release (a minor one before 1.0.0, as semver has it).
 */
export function leastBump(changes: readonly AccessChange[], from: string, additions: readonly Addition[] = []): Bump {
  const initial = from.startsWith('0.');
  let bump: Bump = additions.length > 0 ? 'minor' : 'patch';
  for (const { relation } of changes) {
    if (relation === 'wider' || initial) bump = bump === 'major' ? bump : 'minor';
    else bump = 'major';
  }
  return bump;
}

/** What is between two versions; undefined where the second is not later. */
export function bumpBetween(from: string, to: string): Bump | undefined {
  const [a, b] = [from, to].map((version) => version.split('.').map(Number)) as [number[], number[]];
  const index = [0, 1, 2].find((part) => a[part] !== b[part]);
  if (index === undefined || !(b[index]! > a[index]!)) return undefined;
  return (['major', 'minor', 'patch'] as const)[index];
}

const order: readonly Bump[] = ['patch', 'minor', 'major'];

/** Whether a version is raised far enough for what changed. */
export function isEnough(bump: Bump | undefined, least: Bump): boolean {
  return bump !== undefined && order.indexOf(bump) >= order.indexOf(least);
}
