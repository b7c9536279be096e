import { quote, type Comparison, type Witness } from '@postern/core';

/** A witness in words: the action, the resource, and what the request must hold besides. */
export function describeWitness(
  { action, resource, context }: Witness,
  code: (text: string) => string = quote,
): string {
  const keys = Object.entries(context).map(([key, value]) => {
    const values = typeof value === 'string' ? [value] : value;
    return `${code(key)} = ${values.map(code).join(', ')}`;
  });
  const where = resource === '*' ? 'without a resource' : `on ${code(resource)}`;
  return `${code(action)} ${where}${keys.length === 0 ? '' : ` with ${keys.join(' and ')}`}`;
}

/** What was gained and lost, in one sentence. */
export function describeComparison(
  { relation, reason }: Comparison,
  gains: readonly Witness[],
  losses: readonly Witness[],
): string {
  const some = (witnesses: readonly Witness[]): string => {
    const actions = Array.from(new Set(witnesses.map(({ action }) => action)));
    const shown = actions.slice(0, 3).map((action) => quote(action));
    return actions.length > 3 ? `${shown.join(', ')} and ${actions.length - 3} more` : shown.join(' and ');
  };
  switch (relation) {
    case 'equal':
      return 'Nothing is gained and nothing is lost: both allow the same requests.';
    case 'wider':
      return `Access is gained (${some(gains)}) and none is lost.`;
    case 'narrower':
      return `Access is lost (${some(losses)}) and none is gained.`;
    case 'incomparable':
      return `Access is gained (${some(gains)}) and lost (${some(losses)}).`;
    case 'unknown': {
      const known = [
        ...(gains.length > 0 ? [`some is gained (${some(gains)})`] : []),
        ...(losses.length > 0 ? [`some is lost (${some(losses)})`] : []),
      ];
      const also = known.length === 0 ? '' : `; ${known.join(', ')}`;
      return `What was gained and lost is not fully known: ${reason}${also}.`;
    }
  }
}
