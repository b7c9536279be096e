import { isDeepStrictEqual } from 'node:util';
import { print, type PolicyDocument } from '@postern/core';

/** How closely a target must give core's document. */
export type Closeness = 'bytes' | 'values';

/**
 * What differs between core's document and a target's text, statement by statement.
 * @param closeness `bytes` compares canonical prints; `values` parsed documents, for hosts that sort keys
 * @returns undefined where nothing does
 */
export function difference(expected: PolicyDocument, actual: string, closeness: Closeness): string | undefined {
  const parsed = JSON.parse(actual) as PolicyDocument;
  if (closeness === 'bytes' && JSON.stringify(parsed) !== print(expected, 0)) {
    return firstDifference(expected, parsed) ?? 'the keys stand in another order';
  }
  return isDeepStrictEqual(parsed, JSON.parse(print(expected, 0)))
    ? undefined
    : (firstDifference(expected, parsed) ?? 'the documents differ');
}

function firstDifference(expected: PolicyDocument, actual: PolicyDocument): string | undefined {
  for (let index = 0; index < Math.max(expected.Statement.length, actual.Statement.length); index += 1) {
    const [want, got] = [expected.Statement[index], actual.Statement[index]];
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(want ?? null)), got ?? null)) {
      return `statement ${index}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`;
    }
  }
  return undefined;
}
