import type { PolicyDocument, Statement } from '../document/document.js';
import type { Explanation } from '../use-case/explain.js';

/** A document, and why its statements are there, each by its Sid. */
export interface Explained {
  readonly document: PolicyDocument;
  readonly explanations: readonly Explanation[];
}

/**
 * The statements of several documents in one, in the order in which they are given, each as it was, so that why it is there
 * stays true of it. One that stands in an earlier document already is left out; a Sid that does gets a number.
 */
export function putTogether(parts: readonly Explained[]): Explained {
  const seen = new Set<string>();
  const sids = new Set<string>();
  const explanations: Explanation[] = [];
  const statements = parts.flatMap((part) =>
    part.document.Statement.flatMap((statement): Statement[] => {
      const { Sid, ...elements } = statement;
      const text = JSON.stringify(elements);
      if (seen.has(text)) return [];
      seen.add(text);
      if (Sid === undefined) return [statement];
      const sid = freeSid(Sid, sids);
      sids.add(sid);
      explanations.push(...part.explanations.filter((one) => one.sid === Sid).map((one) => ({ ...one, sid })));
      return [sid === Sid ? statement : { ...statement, Sid: sid }];
    }),
  );
  return { document: { Version: '2012-10-17', Statement: statements }, explanations };
}

function freeSid(sid: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? sid : `${sid}${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
