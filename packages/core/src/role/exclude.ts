import { compare, type Witness } from '../access/compare/compare.js';
import { readDocuments, type DocumentSource } from '../access/documents.js';

/** Whether nobody gets into both of two roles: known, with who does where somebody does. */
export type Exclusion =
  | { readonly excludes: true }
  | { readonly excludes: false; readonly witness: Witness }
  | { readonly excludes: undefined; readonly reason: string };

/**
 * Finds out whether two trust policies exclude each other: denying all that the second lets in takes nothing from the first.
 * @returns a caller that gets into both, where there is one; `undefined` with the reason where it was not found out
 * @throws {DocumentError} where a document's meaning cannot be known
 */
export function excludeEachOther(one: DocumentSource, other: DocumentSource): Exclusion {
  const [first] = readDocuments(one);
  const [second] = readDocuments(other);
  if (second!.Statement.some(({ Effect }) => Effect === 'Deny')) {
    return {
      excludes: undefined,
      reason: 'the second trust policy denies, and then more gets in than its statements say',
    };
  }
  const denied = second!.Statement.map((statement) => ({ ...statement, Effect: 'Deny' as const }));
  const without = { ...first!, Statement: [...first!.Statement, ...withoutSids(denied)] };
  const { relation, lost, reason } = compare(first!, without);
  if (relation === 'equal') return { excludes: true };
  if (lost !== null && relation === 'narrower') return { excludes: false, witness: lost };
  return { excludes: undefined, reason: reason ?? `the comparison came out ${relation}` };
}

function withoutSids<S extends { readonly Sid?: string }>(statements: readonly S[]): Omit<S, 'Sid'>[] {
  return statements.map(({ Sid: _, ...statement }) => statement);
}
