import type { ShownWitness } from '../access/request.js';

/** The kinds of what an account and a file differ in, each with its title and what it is: missing, extra, or not known. */
export const kinds = {
  'missing-role': { title: 'The account has no such role', sort: 'missing' },
  'missing-permission': { title: 'The role lacks a permission that the file gives it', sort: 'missing' },
  'extra-permission': { title: 'The role has a permission that the file does not give it', sort: 'extra' },
  'missing-trust': { title: 'The role does not let in somebody whom the file lets in', sort: 'missing' },
  'extra-trust': { title: 'The role lets in somebody whom the file does not let in', sort: 'extra' },
  'missing-boundary': { title: 'The role has no permissions boundary, or one that allows more', sort: 'extra' },
  'other-boundary': { title: 'The permissions boundary of the role is another', sort: 'missing' },
  'other-setting': { title: 'A setting of the role is another', sort: 'missing' },
  'unclaimed-role': { title: 'A role trusts a CI system and is not in the file', sort: 'extra' },
  unknown: { title: 'Part of the role could not be compared', sort: 'unknown' },
} as const satisfies Record<string, { readonly title: string; readonly sort: 'missing' | 'extra' | 'unknown' }>;

/** One thing in which an account and a file differ. */
export interface AccountFinding {
  readonly account: string;
  readonly kind: keyof typeof kinds;
  /** The role as the account calls it. */
  readonly role: string;
  /** What the file calls it; absent where it is not in the file. */
  readonly name?: string;
  readonly environment?: string;
  readonly message: string;
  /** A request that one side allows and the other does not. */
  readonly witness?: ShownWitness;
  /** Where the role stands in the file. */
  readonly path?: string;
}
