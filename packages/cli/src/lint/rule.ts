import type { PolicyDocument, Statement } from '@postern/core';
import type { ServiceReference } from './service-reference.js';

/** How bad a finding is: an error is a mistake, a warning more access than is usual. */
export type Level = 'error' | 'warning';

/** What a rule found in a document. */
export interface RuleFinding {
  /** Where in the document, such as `Statement[0].Action[2]`; empty for the whole. */
  readonly path: string;
  /** One lowercase sentence with the next step. */
  readonly message: string;
}

/** A document with what rules look things up in. */
export interface RuleInput {
  readonly document: PolicyDocument;
  /** All documents that hold together, for rules about the whole identity. */
  readonly documents: readonly PolicyDocument[];
  readonly reference: ServiceReference;
}

/** One rule; it lives in a folder of its own, which has its id as its name, with its cases. */
export interface Rule {
  readonly id: string;
  /** What is wrong where it finds something: one sentence without a full stop. */
  readonly title: string;
  /** Why it matters. */
  readonly reason: string;
  /** Where the reason comes from. */
  readonly source: string;
  readonly level: Level;
  /** Whether it looks at each document, or once at all that an identity has. */
  readonly looksAt?: 'identity';
  check(input: RuleInput): Promise<readonly RuleFinding[]>;
}

/** Documents that a rule must find something in, or nothing; they are its tests. */
export interface RuleCases {
  readonly bad: readonly { readonly statements: readonly object[]; readonly paths: readonly string[] }[];
  readonly good: readonly (readonly object[])[];
}

/** The statements with their paths. */
export function statementsOf({ Statement }: PolicyDocument): { statement: Statement; path: string }[] {
  return Statement.map((statement, index) => ({ statement, path: `Statement[${index}]` }));
}

/** Every condition of a statement. */
export function conditionsOf(
  statement: Statement,
  path: string,
): { operator: string; key: string; values: readonly string[]; path: string }[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values,
      path: `${path}.Condition.${operator}.${key}`,
    })),
  );
}
