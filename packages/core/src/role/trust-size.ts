import type { PolicyDocument } from '../document/document.js';
import type { Problem } from '../document/problem.js';
import { quotas, size } from '../document/size.js';

/**
 * How many characters a trust policy may have where AWS was asked for the most.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const most = 8192;

/** What is wrong with the size of a trust policy. */
export function trustSizeProblems(trust: PolicyDocument): Problem[] {
  const characters = size(trust);
  if (characters <= most) return [];
  const message = `the trust policy has ${characters} characters, and one has at most ${most}: name fewer, or make several roles`;
  return [{ path: 'trust', message }];
}

/** What to know of the size of a trust policy that is larger than AWS takes unasked. */
export function trustNotes(trust: PolicyDocument): string[] {
  const { characters } = quotas.trustPolicy;
  if (size(trust) <= characters || size(trust) > most) return [];
  return [
    `the trust policy has ${size(trust)} characters, and AWS takes ${characters} unless the account asks for a higher quota, up to ${most}`,
  ];
}
