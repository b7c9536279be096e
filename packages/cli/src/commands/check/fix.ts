import { compare, parse, type DocumentSource, type PolicyDocument, type Statement } from '@postern/core';
import { documentOf, onlyEffect, piecesOf } from '../../access/pieces.js';
import { sidsOf, withFreeSid, type MissingStatement } from './findings.js';

/** The documents with what is missing added, or why that cannot be done. */
export type FixedDocuments = { readonly documents: readonly PolicyDocument[] } | { readonly refused: string };

/** Takes out of the Allow statements every pattern that brings more than the job needs. */
export function withoutExtra(sources: readonly DocumentSource[], needed: PolicyDocument): PolicyDocument[] {
  const denies = onlyEffect(sources, 'Deny');
  const isNeeded = (version: PolicyDocument['Version'], statement: Statement) =>
    compare(needed, [documentOf(version, statement), ...denies]).relation === 'equal' ||
    compare(needed, [documentOf(version, statement), ...denies]).relation === 'narrower';
  return sources.flatMap((source): PolicyDocument[] => {
    const { document } = parse(source);
    if (document === null) return [];
    const statements = document.Statement.flatMap((statement): Statement[] => {
      if (statement.Effect === 'Deny' || isNeeded(document.Version, statement)) return [statement];
      const { Action, Resource } = statement;
      if (Action === undefined || Resource === undefined) return [];
      return reduced(statement, (one) => isNeeded(document.Version, one));
    });
    return [{ ...document, Statement: statements }];
  });
}

/** The parts of a statement that pass, actions on the same resources together. */
function reduced(statement: Statement, passes: (one: Statement) => boolean): Statement[] {
  const groups = new Map<string, { actions: string[]; resources: readonly string[] }>();
  for (const action of statement.Action ?? []) {
    const pieces = piecesOf({ name: '', version: undefined, statement: { ...statement, Action: [action] } });
    const resources = pieces.flatMap(({ resource = '' }) =>
      passes({ ...statement, Action: [action], Resource: [resource] }) ? [resource] : [],
    );
    if (resources.length === 0) continue;
    const key = JSON.stringify(resources);
    const group = groups.get(key) ?? { actions: [], resources };
    group.actions.push(action);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ actions, resources }, index) => {
    const { Sid, ...rest } = statement;
    const one = { ...rest, Action: actions, Resource: resources };
    return Sid === undefined ? one : { Sid: index === 0 ? Sid : `${Sid}Part${index + 1}`, ...one };
  });
}

/**
 * Adds what is missing, and proves the result by comparison.
 * @param base the policy, or what {@link withoutExtra} left of it
 * @param original the policy as it was; undefined where what is not needed was taken out
 */
export function addMissing(
  base: readonly PolicyDocument[],
  missing: readonly MissingStatement[],
  needed: PolicyDocument,
  original: readonly DocumentSource[] | undefined,
): FixedDocuments {
  const refusing = [...new Set(missing.flatMap((one) => one.missing.flatMap(({ refusedBy }) => refusedBy)))];
  if (refusing.length > 0) {
    const names = refusing.map((name) => `\`${name}\``).join(', ');
    return {
      refused: `the Deny of ${names} refuses what the job needs, and no Allow can bring it back: take it out or narrow it`,
    };
  }
  const kept = base.filter(({ Statement: statements }) => statements.length > 0);
  const [only] = kept;
  const documents = ((): PolicyDocument[] => {
    if (missing.length === 0) return kept;
    if (only === undefined || kept.length > 1)
      return [...kept, documentOf(needed.Version, ...missing.map(({ statement }) => statement))];
    const taken = sidsOf(kept);
    const added = missing.map(({ statement }) => withFreeSid(statement, taken));
    return [{ ...only, Statement: [...only.Statement, ...added] }];
  })();
  const lacks = compare(documents, needed);
  if (lacks.gained !== null || !['equal', 'narrower'].includes(lacks.relation)) {
    return {
      refused: `that nothing is missing then could not be proved: ${lacks.reason ?? 'some request of the job is still refused'}`,
    };
  }
  const goal = original === undefined ? [needed] : [...original, needed];
  const { relation, reason } = compare(goal, documents);
  if (relation === 'equal') return { documents };
  return { refused: `that it allows no more then could not be proved: ${reason ?? `it is ${relation}`}` };
}
