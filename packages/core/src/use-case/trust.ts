import type { OptionSet } from './option.js';
import type { When } from './predicate.js';
import type { Slot, Template } from './template.js';
import type { AnyStatement, Entry, UseCase } from './use-case.js';

type SwitchedTemplate = string | Template | Slot | When<string | Template | Slot>;

/** Whom a statement lets in: one type of principal, and why these. */
export interface PrincipalTemplate {
  readonly type: 'AWS' | 'Federated' | 'Service';
  readonly values: readonly SwitchedTemplate[];
  readonly reason: string;
}

/** A statement of a trust entry. In its condition keys, `ISSUER:` stands for who issues the tokens. */
export interface TrustStatement extends AnyStatement {
  readonly principal: PrincipalTemplate;
}

/** How to see the claims of one's own token in the CI system: no form of it prints the token. */
export interface OwnClaims {
  /** What the code is, such as `yaml` or `sh`. */
  readonly language: string;
  readonly code: string;
  /** What to know besides, in a sentence or two. */
  readonly say?: string;
}

/** Who may assume a role: a value like a use case, whose policy is the trust policy of the role. */
export interface TrustEntry<Options extends OptionSet = OptionSet> extends Entry<Options> {
  /** Who issues the tokens, without `https://`; for given options one of them is there. Absent where AWS itself vouches. */
  readonly issuer?: readonly SwitchedTemplate[];
  readonly statements: readonly TrustStatement[];
  readonly ownClaims?: OwnClaims;
}

/** An entry of either sort: of permissions or of trust. */
export type AnyEntry = UseCase | TrustEntry;

/** Whether an entry is about who may assume a role. */
export function isTrustEntry(entry: AnyEntry): entry is TrustEntry {
  return entry.statements.some((statement) => 'principal' in statement);
}

/** Defines a trust entry; the types of its options follow from it. */
export function defineTrust<const Options extends OptionSet>(entry: TrustEntry<Options>): TrustEntry<Options> {
  return entry;
}

/** What stands in a condition key for the issuer. */
const issuerWord = 'ISSUER:';

/** The key with the issuer written out. */
export function keyOf(key: string, issuer: string): string {
  return key.startsWith(issuerWord) ? `${issuer}:${key.slice(issuerWord.length)}` : key;
}

/** Whether a key of a document is that of a template. */
export function isKeyOf(key: string, template: string): boolean {
  if (!template.startsWith(issuerWord)) return key === template;
  return key.endsWith(template.slice(issuerWord.length - 1));
}
