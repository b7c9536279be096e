import { infer, size, useCases, type PolicyDocument, type UseCase } from '@postern/core';
import type { Asked } from './asked.js';

/** An entry of the catalog whose policy allows all that was asked for. */
export interface Suggestion {
  readonly useCase: UseCase;
  readonly options: Readonly<Record<string, unknown>>;
  readonly document: PolicyDocument;
}

/** Stands for the key behind an alias, which KMS alone knows. */
export const keyBehindAlias = '00000000-0000-0000-0000-000000000000';

/** Entries that give all that was asked for, the one with the smallest policy first. */
export function suggest(
  recorded: readonly Asked[],
  place: { readonly account: string; readonly region: string },
): Suggestion[] {
  if (recorded.length === 0) return [];
  const asked = recorded.flatMap(({ action, resource: told, fences, contexts }) => {
    const resource = 'kms:ResourceAliases' in fences ? told.replace(/\*$/, keyBehindAlias) : told;
    return contexts.map((context) => ({ action, resource, context }));
  });
  return (useCases as readonly UseCase[])
    .flatMap((useCase): Suggestion[] => {
      const { options, document, allowed } = infer(useCase, asked, { place });
      return document === undefined || allowed.length < asked.length ? [] : [{ useCase, options, document }];
    })
    .sort((a, b) => size(a.document) - size(b.document));
}
