import {
  compare,
  decide,
  explain,
  parse,
  type DocumentSource,
  type Evidence,
  type PolicyDocument,
  type Statement,
  type UseCase,
} from '@postern/core';
import { findGains, type Gain } from '../../access/gains.js';
import { documentOf, piecesOf } from '../../access/pieces.js';
import { findRequest, type ShownWitness, type Surroundings } from '../../access/request.js';
import type { Bounds } from '../../policies/deferred.js';

/** A permission that the job needs and the policy does not give. */
export interface Missing {
  readonly action: string;
  /** The statement of the use case that brings it. */
  readonly sid: string;
  /** The step that will break: what the job needs the action for. */
  readonly step: string;
  /** A request of the job that is refused. */
  readonly witness: ShownWitness;
  readonly evidence: readonly Evidence[];
  /** The Deny statements that refuse it; none where no Allow gives it. */
  readonly refusedBy: readonly string[];
}

/** What is missing of one statement of the use case, on the same resources. */
export interface MissingStatement {
  readonly sid: string;
  readonly missing: readonly Missing[];
  readonly evidence: readonly Evidence[];
  /** What the policy would have to say besides. */
  readonly statement: Statement;
}

/** What {@link findFindings} found. */
export interface Findings {
  readonly missing: readonly MissingStatement[];
  /** What the policy allows and the job does not need, by pattern. */
  readonly extra: readonly Gain[];
  /** How many patterns were not looked at. */
  readonly unseen: number;
  /** What the job needs and may or may not have, once the template is deployed. */
  readonly deferred: readonly string[];
  /** What the job needs and the policies that are attached and not in the file may give. */
  readonly elsewhere: readonly string[];
  /** Why something could not be told; empty where all is told. */
  readonly unknown: readonly string[];
}

/**
 * Holds a policy against what a use case gives for the same options.
 * @param bounds the least and the most that the policy may allow; both the policy itself where all of it is known
 * @param isWhole whether there are no other policies with it, which may give what these do not
 */
export async function findFindings(
  bounds: Bounds,
  useCase: UseCase,
  needed: PolicyDocument,
  surroundings: Surroundings,
  isWhole = true,
): Promise<Findings> {
  const unknown = new Set<string>();
  const missing: MissingStatement[] = [];
  const deferred: string[] = [];
  const elsewhere: string[] = [];
  for (const { sid, actions, evidence } of explain(useCase, needed)) {
    const statement = needed.Statement.find(({ Sid }) => Sid === sid)!;
    const groups = new Map<string, { resources: readonly string[] | undefined; missing: Missing[] }>();
    for (const [action, step] of Object.entries(actions)) {
      const pieces = piecesOf({ name: sid, version: needed.Version, statement: { ...statement, Action: [action] } });
      const lacking: { resource: string | undefined; missing: Missing }[] = [];
      for (const piece of pieces) {
        const one = documentOf(needed.Version, {
          ...statement,
          Action: [action],
          ...(piece.resource !== undefined && { Resource: [piece.resource] }),
        });
        const { gained, relation, reason } = compare(bounds.most, one);
        if (gained === null) {
          if (relation === 'unknown' && reason !== null) unknown.add(reason);
          else if (compare(bounds.least, one).gained !== null)
            deferred.push(`\`${action}\` on \`${piece.resource ?? '*'}\``);
          continue;
        }
        const witness = await findRequest(bounds.most, [one], piece, gained, surroundings);
        const refusedBy = deniesOf(bounds.most, witness);
        if (!isWhole && refusedBy.length === 0) {
          elsewhere.push(`\`${action}\` on \`${piece.resource ?? '*'}\``);
          continue;
        }
        lacking.push({ resource: piece.resource, missing: { action, sid, step, witness, evidence, refusedBy } });
      }
      const [first] = lacking;
      if (first === undefined) continue;
      const refused = lacking.flatMap(({ missing: { refusedBy } }) => refusedBy);
      const key = JSON.stringify([lacking.map(({ resource }) => resource), refused.length > 0]);
      const group = groups.get(key) ?? { resources: lacking.flatMap(({ resource }) => resource ?? []), missing: [] };
      group.missing.push({ ...first.missing, refusedBy: [...new Set(refused)] });
      groups.set(key, group);
    }
    for (const { resources, missing: some } of groups.values()) {
      const add = { ...statement, Action: some.map(({ action }) => action), ...(resources && { Resource: resources }) };
      missing.push({ sid, missing: some, evidence, statement: add });
    }
  }
  const { gains, unseen, doubts } = await findGains([needed], bounds.least, surroundings);
  const { gained, reason } = compare(needed, bounds.least);
  for (const doubt of gains.length > 0 ? doubts : [...doubts, ...(gained === null && reason !== null ? [reason] : [])])
    unknown.add(doubt);
  return { missing, extra: gains, unseen, deferred, elsewhere, unknown: [...unknown] };
}

/** The Deny statements that refuse a request, by Sid or number. */
function deniesOf(documents: readonly DocumentSource[], witness: ShownWitness): string[] {
  const { decision, statements } = decide(documents, witness);
  if (decision !== 'explicitDeny') return [];
  return statements.map(({ document, statement, sid }) => {
    const which = documents.length === 1 ? '' : `[${document}].`;
    return sid ?? `${which}Statement[${statement}]`;
  });
}

/** The Sids of documents, so that what is added has another. */
export function sidsOf(documents: readonly DocumentSource[]): Set<string> {
  return new Set(
    documents.flatMap((source) => parse(source).document?.Statement.flatMap(({ Sid }) => Sid ?? []) ?? []),
  );
}

/** The statement under a Sid that is free. */
export function withFreeSid(statement: Statement, taken: Set<string>): Statement {
  if (statement.Sid === undefined) return statement;
  let sid = statement.Sid;
  for (let number = 2; taken.has(sid); number += 1) sid = `${statement.Sid}${number}`;
  taken.add(sid);
  return { ...statement, Sid: sid };
}
