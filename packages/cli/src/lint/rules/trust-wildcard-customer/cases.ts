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
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': 'repo:*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.token.actions.githubusercontent.com:sub'],
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
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': '*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.token.actions.githubusercontent.com:sub'],
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
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': 'repo:*/*:ref:refs/heads/main',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.token.actions.githubusercontent.com:sub'],
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
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': '*:*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.token.actions.githubusercontent.com:sub'],
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
              'gitlab.com:aud': 'sts.amazonaws.com',
            },
            StringLike: {
              'gitlab.com:sub': 'project_path:*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.gitlab.com:sub'],
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
              'app.terraform.io:aud': 'sts.amazonaws.com',
            },
            StringLike: {
              'app.terraform.io:sub': 'organization:*:project:*:workspace:*:run_phase:apply',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.app.terraform.io:sub'],
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
