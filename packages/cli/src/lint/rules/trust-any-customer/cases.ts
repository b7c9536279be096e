import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
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
              'token.actions.githubusercontent.com:aud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'gitlab.com:aud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
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
              'app.terraform.io:aud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/agent.buildkite.com',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'agent.buildkite.com:aud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/scalr.io',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'scalr.io:aud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.codefresh.io',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'oidc.codefresh.io:aud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.circleci.com',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'oidc.circleci.com:aud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'accounts.google.com',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'accounts.google.com:oaud': 'x',
            },
          },
        },
      ],
      paths: ['Statement[0]'],
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
