import type { DocumentSource } from '../../src/index.js';

export const account = '123456789012';
const issuer = 'token.actions.githubusercontent.com';

/** A trust policy for jobs of GitHub Actions, by their subjects. */
export function trustFor(subjects: readonly string[], where = { account, partition: 'aws' }): DocumentSource {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AssumeFromGitHubActions',
        Effect: 'Allow',
        Principal: { Federated: [`arn:${where.partition}:iam::${where.account}:oidc-provider/${issuer}`] },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: {
          StringEquals: { [`${issuer}:aud`]: ['sts.amazonaws.com'] },
          StringLike: { [`${issuer}:sub`]: [...subjects] },
        },
      },
    ],
  };
}

/** One that lets a protected environment in. */
export const production = { document: trustFor(['repo:acme/shop:environment:production']) };
