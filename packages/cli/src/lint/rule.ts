import { isDeferred } from '../policies/deferred.js';
import type { DocumentType, PolicyDocument, Statement } from '@postern/core';
import type { PolicyHolder } from '../policies/found.js';
import type { ServiceReference } from './service-reference.js';

/**
 * How bad a finding is: an error cannot work, or is dangerous in every reading; a warning is more access than is usual, or
 * does less than it looks; a note is worth knowing.
 */
export type Level = 'error' | 'warning' | 'note';

/** What a rule found in a document. */
export interface RuleFinding {
  /** Where in the document, such as `Statement[0].Action[2]`; empty for the whole. */
  readonly path: string;
  /** One lowercase sentence with the next step: what it is and what to write instead. */
  readonly message: string;
  /** What to write instead, alone. */
  readonly instead: string;
  /** Where it is not as bad, or worse, than the rule says. */
  readonly level?: Level;
  /** Which of the identity's documents it is in, where the rule looks at all. */
  readonly document?: number;
  /** A change that is tried, and kept where it does not alter what the document means. */
  readonly fix?: Fix;
  /** What else a program may want to know of it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A change of the document's value: what stands at a path becomes another text, or is taken out. */
export interface Fix {
  /** In one imperative sentence without a full stop. */
  readonly title: string;
  readonly path: string;
  /** What is written there instead; taken out where there is none. */
  readonly value?: string;
  /** Whether it is the key at the end of the path that is written anew. */
  readonly isKey?: true;
}

/** What a role may do, read. */
export interface LintedRole {
  readonly documents: readonly PolicyDocument[];
  readonly elsewhere: readonly string[];
  /** Whether something of it is not known. */
  readonly isOpen: boolean;
}

/** A document with what rules look things up in. */
export interface RuleInput {
  readonly document: PolicyDocument;
  /** All documents that hold together, for rules about the whole identity. */
  readonly documents: readonly PolicyDocument[];
  readonly reference: ServiceReference;
  /** The value that the document was read from, where a rule is about the way it is written. */
  readonly source?: unknown;
  /** What keeps the document, where the file says so. */
  readonly holder?: PolicyHolder;
  /** How long a session of the role may be, in seconds, where the file says so. */
  readonly maxSessionDuration?: number;
  /** What the role of a trust policy may do, where the file says it. */
  readonly role?: LintedRole;
  /** The documents whose keeper is known, each with its number among all. */
  readonly kept?: readonly { readonly source: unknown; readonly holder: PolicyHolder; readonly document: number }[];
}

/** One rule; it lives in a folder of its own, which has its id as its name, with its cases. */
export interface LintRule {
  readonly id: string;
  /** Where its findings stand among those of the others: the lower the earlier. */
  readonly place: number;
  /** What is wrong where it finds something: one sentence without a full stop. */
  readonly title: string;
  /** Why it matters. */
  readonly reason: string;
  /** Where the reason comes from. */
  readonly source: string;
  readonly level: Level;
  /** The code of what it finds in trust policies, `T01` to `T23`; such a rule looks at those alone. */
  readonly code?: string;
  /**
   * Whether it looks at each document, once at all that an identity has, at the policy of a resource alone, or at the trust
   * policy of a role whose permissions the file has.
   */
  readonly looksAt?: 'identity' | 'resource' | 'role';
  /** The types of policies that it looks at besides those of identities. */
  readonly also?: readonly DocumentType[];
  check(input: RuleInput): Promise<readonly RuleFinding[]>;
  /** Looks once at all that an identity has, besides at each document. */
  checkIdentity?(input: RuleInput): Promise<readonly RuleFinding[]>;
}

/** What is said about a rule. */
export type RuleAbout = Pick<LintRule, 'id' | 'title' | 'reason' | 'source' | 'level' | 'code'>;

/** Documents that a rule must find something in, or nothing; they are its tests. */
export interface RuleCases {
  readonly bad: readonly {
    readonly statements: readonly object[];
    readonly paths: readonly string[];
    /** The level of each finding, where the rule's own is not meant. */
    readonly levels?: readonly Level[];
    /** A part of the message of each. */
    readonly says?: readonly string[];
    /** How long a session of the role may be. */
    readonly maxSessionDuration?: number;
    /** What the role may do, beside its trust policy. */
    readonly permissions?: readonly object[];
  }[];
  readonly good: readonly (readonly object[])[];
  /** Roles that it must find nothing in. */
  readonly goodRoles?: readonly { readonly statements: readonly object[]; readonly permissions: readonly object[] }[];
}

/** A finding: where, what, and what to write instead. */
export function finding(
  path: string,
  what: string,
  instead: string,
  more: Pick<RuleFinding, 'level' | 'document' | 'fix' | 'details'> = {},
): RuleFinding {
  return { path, message: `${what}: ${instead}`, instead, ...more };
}

/** One text of a list, and where it stands. */
export interface StatementItem {
  readonly text: string;
  readonly path: string;
  readonly index: number;
}

/** The statements with their paths. */
export function statementsOf({ Statement }: PolicyDocument): { statement: Statement; path: string; index: number }[] {
  return Statement.map((statement, index) => ({ statement, path: `Statement[${index}]`, index }));
}

/** The texts of a list that are known, with their paths. */
export function itemsOf(
  statement: Statement,
  element: 'Action' | 'NotAction' | 'Resource' | 'NotResource',
  path: string,
): StatementItem[] {
  return (statement[element] ?? []).flatMap((text, index) =>
    isDeferred(text) ? [] : [{ text, path: `${path}.${element}[${index}]`, index }],
  );
}

/** Whether some resource of the statement is known only when a template is deployed. */
export function hasDeferred(statement: Statement, element: 'Action' | 'Resource'): boolean {
  return (statement[element] ?? []).some(isDeferred);
}

/** One key under one operator. */
export interface ConditionItem {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly path: string;
}

/** Every condition of a statement; values that are not known yet are left out, and so is one that has no other. */
export function conditionsOf(statement: Statement, path: string): ConditionItem[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => {
      const known = values.filter((value) => !isDeferred(value));
      if (known.length === 0 && values.length > 0) return [];
      return [{ operator, key, values: known, path: `${path}.Condition.${operator}.${key}` }];
    }),
  );
}

/** `a`, `b`, `c` and 2 more. */
export function someOf(texts: readonly string[], most = 3): string {
  const shown = texts.slice(0, most).join(', ');
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown;
}
