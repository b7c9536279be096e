import type { PolicyDocument, Statement } from './document.js';

/** How far below their element the lists stand: under the type of a principal, under an operator and a key. */
const depths: Readonly<Record<string, number>> = { Principal: 1, NotPrincipal: 1, Condition: 2 };

/**
 * A document whose statements say each action, resource, principal and value once: the first of what is there twice stays in
 * its place. For hosts in which texts that cannot be compared at first, as tokens or outputs, turn out to be the same.
 * @param document in canonical form; for a text there may also be what a host writes for it, such as a CloudFormation function
 */
export function withoutRepeats(document: PolicyDocument): PolicyDocument {
  return { ...document, Statement: document.Statement.map((statement) => inElements(statement)) };
}

function inElements(statement: Statement): Statement {
  const elements = Object.entries(statement).map(([name, value]) => [
    name,
    inLists(value, Object.hasOwn(depths, name) ? depths[name]! : 0),
  ]);
  return Object.fromEntries(elements) as Statement;
}

function inLists(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return once(value);
  // Deeper than the lists stand functions of the host, whose arguments are its own.
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inLists(inner, depth - 1)]));
}

function once(list: readonly unknown[]): readonly unknown[] {
  if (list.length < 2) return list;
  const seen = new Set<string>();
  return list.filter((item) => {
    // No other value begins with a quotation mark in JSON, so that a text is not escaped only to be compared.
    const text = typeof item === 'string' ? `"${item}` : JSON.stringify(item);
    return !seen.has(text) && seen.add(text);
  });
}
