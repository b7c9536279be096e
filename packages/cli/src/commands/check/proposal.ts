import { print, quote } from '@postern/core';
import type { Surroundings } from '../../access/request.js';
import { plainJson } from '../../reports/plain.js';
import { findFindings } from './findings.js';
import { addMissing, withoutExtra } from './fix.js';
import { parsed, type Subject } from './subject.js';
import { listed } from './told.js';

/** The policy as it would be, and what was proved of it; or why there is none. */
export type ProposedPolicy = { readonly text: string; readonly says: string } | { readonly refused: string };

/**
 * Proposes the policy with what is missing added.
 * @param removeExtra takes out what is not needed, too
 */
export async function proposeFix(
  { input, useCase, document: needed, place }: Subject,
  reference: Surroundings['reference'],
  removeExtra: boolean,
): Promise<ProposedPolicy> {
  if (input.isOpen) return { refused: 'part of it is known only after deployment, so nothing could be proved' };
  const before = parsed(input);
  if (input.elsewhere.length > 0)
    return {
      refused: `${listed(input.elsewhere)} ${input.elsewhere.length === 1 ? 'is' : 'are'} attached and not in the file, so nothing could be proved`,
    };
  const base = removeExtra ? withoutExtra(before, needed) : before;
  const { missing } = await findFindings({ least: base, most: base }, useCase, needed, { place, reference });
  const fixed = addMissing(base, missing, needed, removeExtra ? undefined : before);
  if ('refused' in fixed) return fixed;
  const { documents } = fixed;
  const [only] = documents;
  const count = missing.reduce((sum, one) => sum + one.missing.length, 0);
  const id = quote(useCase.id);
  const more = count === 0 ? '' : `${count} ${count === 1 ? 'permission' : 'permissions'} more and `;
  const what = removeExtra ? `allows exactly what ${id} needs` : `has ${more}all that ${id} needs`;
  return {
    text: documents.length === 1 && only !== undefined ? `${print(only)}\n` : `${plainJson(documents)}\n`,
    says: `proved by comparison: it ${what}`,
  };
}
