import type { KeyObject } from 'node:crypto';
import type { DocumentSource } from '@postern/core';

/** A role: who may assume it, what it may do, and where that ends. */
export interface IamRole {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly trust: DocumentSource;
  readonly policies: readonly DocumentSource[];
  /** Its permissions boundary. */
  readonly boundary: DocumentSource | undefined;
  /** The longest session, in seconds. */
  readonly maxSessionDuration: number;
}

/** A public key that a provider signs with, and the name that its tokens call it by. */
export interface SigningKey {
  readonly id: string | undefined;
  readonly key: KeyObject;
}

/** An OpenID Connect provider of the account. */
export interface IdentityProvider {
  /** The issuer, as its tokens have it. */
  readonly url: string;
  /** The audiences that IAM takes from it. */
  readonly clientIds: readonly string[];
  /** What its key set holds; undefined where nobody answers under its URL. */
  readonly keys: readonly SigningKey[] | undefined;
}

export const state = {
  /** Roles by ARN. */
  roles: () => new Map<string, IamRole>(),
  /** OpenID Connect providers by issuer. */
  identityProviders: () => new Map<string, IdentityProvider>(),
};
