import type { RuleCases } from '../../rule.js';

const host = 'token.actions.githubusercontent.com';
const trust = (sub: string | readonly string[]) => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${host}:sub`]: sub } },
});
const path = `Statement[0].Condition.StringLike.${host}:sub`;
const passes = {
  Effect: 'Allow',
  Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  Resource: '*',
};
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };

export const cases: RuleCases = {
  bad: [
    {
      statements: [trust('repo:acme/shop:*')],
      permissions: [passes],
      paths: [path],
      says: ['repo:acme/shop:pull_request'],
    },
    { statements: [trust('repo:acme/shop:pull_request')], permissions: [everything], paths: [path] },
    {
      statements: [trust(['repo:acme/shop:environment:production', 'repo:acme@1/shop@2:pull_request'])],
      permissions: [passes],
      paths: [path],
      says: ['repo:acme@1/shop@2:pull_request'],
    },
  ],
  good: [[trust('repo:acme/shop:*')]],
  goodRoles: [
    { statements: [trust('repo:acme/shop:environment:production')], permissions: [everything] },
    {
      statements: [trust('repo:acme/shop:*')],
      permissions: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::assets/*' }],
    },
  ],
};
