import type { RuleCases } from '../../rule.js';

const host = 'token.actions.githubusercontent.com';
const pullRequests = {
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: 'repo:acme/shop:pull_request' },
  },
};
const path = `Statement[0].Condition.StringEquals.${host}:sub`;
const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

export const cases: RuleCases = {
  bad: [
    {
      statements: [pullRequests],
      permissions: [allow('s3:GetObject', 's3:PutObject')],
      paths: [path],
      levels: ['error'],
      says: ['the role can write by `s3:PutObject`'],
    },
    { statements: [pullRequests], permissions: [allow('ec2:*')], paths: [path], levels: ['error'] },
    { statements: [pullRequests], permissions: [allow('*')], paths: [path], levels: ['error'] },
    // An action that is not known may be anything.
    {
      statements: [pullRequests],
      permissions: [allow('s3:GetObject', 'brandnew:DoThings')],
      paths: [path],
      levels: ['warning'],
    },
    {
      statements: [pullRequests],
      permissions: [allow('secretsmanager:GetSecretValue')],
      paths: [path],
      levels: ['warning'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:repository_id': '712000001',
              'token.actions.githubusercontent.com:repository_owner_id': '41000001',
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': 'repo:acme/shop:pull_request',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.token.actions.githubusercontent.com:sub'],
    },
  ],
  goodRoles: [
    { statements: [pullRequests], permissions: [allow('s3:GetObject', 's3:List*', 'kms:Decrypt')] },
    {
      statements: [pullRequests],
      permissions: [
        allow('ec2:Describe*'),
        {
          Effect: 'Allow',
          Action: ['s3:PutObject', 's3:DeleteObject'],
          Resource: 'arn:aws:s3:::states/plan.tfstate.tflock',
        },
      ],
    },
    {
      statements: [pullRequests],
      permissions: [allow('s3:GetObject', 's3:PutObject'), { Effect: 'Deny', Action: 's3:Put*', Resource: '*' }],
    },
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
