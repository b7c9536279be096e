import { size, split, type PolicyDocument } from '@postern/core';
import { explained } from '../../documents/explained.js';
import { widestDocument } from '../../printing/symbolic-place.js';

/**
 * The document as several, each within the quota wherever it is used.
 * @throws {InputError} where it cannot be divided
 */
export function divide(document: PolicyDocument): readonly PolicyDocument[] {
  const measure = (part: PolicyDocument) => size(widestDocument(part));
  return explained(() => split(document, 'managedPolicy', { attachments: Infinity, measure }), '--split');
}
