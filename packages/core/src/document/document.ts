/** A condition block: operator name, then condition key, then the values that satisfy it. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Principals by type (`AWS`, `Service`, `Federated`, `CanonicalUser`), or the bare `*`. */
export type Principal = '*' | Readonly<Record<string, readonly string[]>>;

/** One statement in canonical form: every list is an array, elements stand in AWS's order. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principal;
  readonly NotPrincipal?: Principal;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: ConditionBlock;
}

/** The policy language version. Under `2008-10-17`, or without a version, `${...}` is plain text. */
export type Version = '2012-10-17' | '2008-10-17';

/**
 * What a document is: the permissions of an identity, who may assume a role, or the policy of a resource (a bucket, a
 * queue, a key, a repository, a function).
 */
export type DocumentType = 'identity' | 'trust' | 'resource';

/** A policy document in canonical form, as {@link parse} returns it and {@link build} makes it. */
export interface PolicyDocument {
  readonly Version?: Version;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}
