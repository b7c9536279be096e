import type { PolicyDocument, Statement } from './document.js';

const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const satisfies readonly (keyof Statement)[];

/**
 * Prints a document in the one form that every builder gives: `Version`, `Id`, `Statement`; in a statement `Sid`,
 * `Effect`, `Action`, `Resource`, `Condition`; lists as arrays in their own order.
 * @param document a document in canonical form
 * @param indent spaces per level; 0 prints one line without white space
 */
export function print(document: PolicyDocument, indent = 2): string {
  return JSON.stringify(order(document), null, indent);
}

/**
 * Prints a document in one line and in the fewest characters that mean the same: a list of one is its only text, as IAM's
 * grammar allows.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function printShortest(document: PolicyDocument): string {
  const shorten = (value: unknown): unknown =>
    Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  return JSON.stringify(order(document), (_, value: unknown) => shorten(value));
}

function order(document: PolicyDocument): PolicyDocument {
  return {
    ...(document.Version === undefined ? {} : { Version: document.Version }),
    ...(document.Id === undefined ? {} : { Id: document.Id }),
    Statement: document.Statement.map(orderStatement),
  };
}

function orderStatement(statement: Statement): Statement {
  const ordered: Record<string, unknown> = {};
  for (const element of statementElements) {
    if (statement[element] !== undefined) ordered[element] = statement[element];
  }
  return ordered as unknown as Statement;
}
