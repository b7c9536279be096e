import type { RuleCases } from '../../rule.js';

const host = 'token.actions.githubusercontent.com';
const of = (...subjects: readonly string[]) => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: subjects } },
});
const path = `Statement[0].Condition.StringEquals.${host}:sub`;
const write = { Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' };
const read = { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' };
const both = of('repo:acme/shop:pull_request', 'repo:acme/shop:environment:production');

export const cases: RuleCases = {
  bad: [
    {
      statements: [both],
      permissions: [write],
      paths: [path],
      levels: ['error'],
      says: ['`repo:acme/shop:environment:production`'],
    },
    {
      statements: [of('repo:acme/shop:ref:refs/heads/main'), of('repo:acme/shop:pull_request')],
      permissions: [write],
      paths: [path.replace('[0]', '[1]')],
      levels: ['error'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/app.terraform.io',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'app.terraform.io:aud': 'aws.workload.identity',
            },
            StringLike: {
              'app.terraform.io:sub': 'organization:acme:project:p:workspace:w:run_phase:*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.app.terraform.io:sub'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/acme.app.spacelift.io',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'acme.app.spacelift.io:aud': 'acme.app.spacelift.io',
            },
            StringLike: {
              'acme.app.spacelift.io:sub': 'space:s:stack:infra:run_type:*:scope:*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.acme.app.spacelift.io:sub'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/api.pulumi.com/oidc',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'api.pulumi.com/oidc:aud': 'acme',
            },
            StringLike: {
              'api.pulumi.com/oidc:sub': 'pulumi:deploy:org:acme:project:p:stack:s:operation:*:scope:write',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.api.pulumi.com/oidc:sub'],
    },
  ],
  goodRoles: [
    { statements: [both], permissions: [read] },
    { statements: [of('repo:acme/shop:pull_request')], permissions: [write] },
    { statements: [of('repo:acme/shop:environment:production')], permissions: [write] },
  ],
  good: [
    [
      {
        Effect: 'Allow',
        Principal: {
          Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
        },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:acme/shop:environment:production',
            'token.actions.githubusercontent.com:repository_id': '712000001',
            'token.actions.githubusercontent.com:repository_owner_id': '41000001',
          },
        },
      },
    ],
  ],
};
