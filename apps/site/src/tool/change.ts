import { compare, quote, type PolicyDocument, type Witness } from '@postern/core';

/** What a change of the options grants and takes, in one sentence. */
export function describeChange(before: PolicyDocument, after: PolicyDocument): string {
  const { relation, gained, lost, reason } = compare(before, after);
  switch (relation) {
    case 'equal':
      return 'The last change grants and takes nothing: it allows the same requests.';
    case 'wider':
      return `The last change grants more, such as ${describe(gained)}; it takes nothing.`;
    case 'narrower':
      return `The last change takes something, such as ${describe(lost)}; it grants nothing more.`;
    case 'incomparable':
      return `The last change grants something, such as ${describe(gained)}, and takes something, such as ${describe(lost)}.`;
    case 'unknown':
      return `What the last change grants and takes is not known: ${reason}.`;
  }
}

function describe(witness: Witness | null): string {
  if (witness === null) return 'what no request was found for';
  const { action, resource, context } = witness;
  const where = resource === undefined || resource === '*' ? '' : ` on ${quote(resource)}`;
  const keys = Object.entries(context).map(([key, value]) => `${quote(key)} = ${[value].flat().map(quote).join(', ')}`);
  return `${quote(action)}${where}${keys.length === 0 ? '' : ` with ${keys.join(' and ')}`}`;
}
