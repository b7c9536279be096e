import type { DocumentSource } from '../access/documents.js';
import type { PolicyDocument } from '../document/document.js';
import type { Problem } from '../document/problem.js';
import type { Explanation } from '../use-case/explain.js';
import type { Place } from '../use-case/host.js';
import type { AnyEntry } from '../use-case/trust.js';

/** An entry of the catalog with its options. */
export interface ChosenEntry {
  readonly entry: AnyEntry;
  readonly options: unknown;
}

/** An entry with its options, or a policy document that is there already. */
export type PolicySource = ChosenEntry | { readonly document: DocumentSource };

/** The managed policy that becomes the permissions boundary. */
export interface BoundaryName {
  /** Its name; that of the role and `-boundary` by default. */
  readonly name?: string;
  /** Its path; that of the role by default. */
  readonly path?: string;
}

/** What a role is made of. */
export interface RoleInput {
  /** Who may assume it: any of these. */
  readonly trust: PolicySource | readonly PolicySource[];
  /** What it may do: all of these together. */
  readonly permissions: readonly PolicySource[];
  /** Whether a permissions boundary is made for it, or the ARN of one that is there. */
  readonly boundary?: boolean | BoundaryName | string | undefined;
  /** How long a session may last, in seconds: an hour where it is not given. */
  readonly maxSessionDuration?: number | undefined;
  /** `/` where it is not given. */
  readonly path?: string | undefined;
  /** Its name, without its path; a host may make one up where it is not given. */
  readonly roleName?: string | undefined;
  /** Where the role is; what entries do not say themselves follows from it. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
}

/** A managed policy of a role. */
export interface RolePolicy {
  readonly name: string;
  readonly path: string;
  readonly document: PolicyDocument;
}

/** The most that a role may be given: a managed policy of its own, or one that is there. */
export type RoleBoundary =
  | { readonly arn: string; readonly policy: RolePolicy }
  | { readonly arn: string; readonly policy?: undefined };

/** A whole role: every target is a print of it. */
export interface Role {
  /** What it is called; made of {@link RoleInput.roleName}, or `ci-role`. */
  readonly roleName: string;
  readonly path: string;
  readonly maxSessionDuration: number;
  /** Where it is, as far as that is known. */
  readonly place: Partial<Place>;
  readonly trust: PolicyDocument;
  /** What is attached to it: one policy, or several where one cannot hold it all. */
  readonly policies: readonly RolePolicy[];
  readonly boundary: RoleBoundary | undefined;
  /** Why each line of the trust policy and of the permissions is there. */
  readonly explanations: { readonly trust: readonly Explanation[]; readonly permissions: readonly Explanation[] };
  /** What its user should know, besides. */
  readonly notes: readonly string[];
}

/** What is wrong with one part of a role: its trust, one of its permissions, or the role itself. */
export interface RoleProblem extends Problem {
  /** Which policy source it is about, where it is about one, and which of its options. */
  readonly source?: { readonly of: 'trust' | 'permissions'; readonly index: number; readonly option: string };
}

/** What there is to say of a role besides what it is made of. */
export interface RoleSettings {
  /** What an earlier build of the role had in its policies: what still fits stays where it was. */
  readonly previous?: readonly DocumentSource[];
}
