import type { PolicyDocument } from './document.js';
import { print } from './print.js';

/** A limit on the size of a policy document. */
export interface Quota {
  readonly title: string;
  /** The largest number of characters. */
  readonly characters: number;
  /** Whether the limit is for one document or for the sum of all inline documents of one identity. */
  readonly counts: 'document' | 'sum';
  /** The largest number that AWS raises it to on request, where that is known. */
  readonly largest?: number;
  /** How many such documents one identity or target can have, as AWS has it without a request for more. */
  readonly attachments: number;
}

/** When the numbers in {@link quotas} were last read. */
export const quotasReadOn = '2026-11-01';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const quotas = {
  managedPolicy: { title: 'managed policy', characters: 6144, counts: 'document', attachments: 10 },
  rolePolicies: { title: 'inline policies of a role', characters: 10240, counts: 'sum', attachments: Infinity },
  groupPolicies: { title: 'inline policies of a group', characters: 5120, counts: 'sum', attachments: Infinity },
  userPolicies: { title: 'inline policies of a user', characters: 2048, counts: 'sum', attachments: Infinity },
  sessionPolicy: { title: 'session policy', characters: 2048, counts: 'document', attachments: 1 },
  trustPolicy: { title: 'trust policy', characters: 2048, largest: 8192, counts: 'document', attachments: 1 },
  serviceControlPolicy: { title: 'service control policy', characters: 5120, counts: 'document', attachments: 5 },
} as const satisfies Readonly<Record<string, Quota>>;

/**
 * The size of a document as IAM counts it against its quotas: characters, white space left out. White space inside a
 * string is counted all the same, so the number errs on the safe side.
 */
export function size(document: PolicyDocument): number {
  return print(document, 0).length;
}
