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
              'token.actions.githubusercontent.com:repository_id': '712000001',
              'token.actions.githubusercontent.com:repository_owner_id': '41000001',
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': 'repo:acme/shop:*',
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
              'token.actions.githubusercontent.com:repository_id': '712000001',
              'token.actions.githubusercontent.com:repository_owner_id': '41000001',
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:*',
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
              'token.actions.githubusercontent.com:repository_id': '712000001',
              'token.actions.githubusercontent.com:repository_owner_id': '41000001',
            },
            StringLike: {
              'token.actions.githubusercontent.com:sub': 'repo:acme/shop:environment:*',
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
              'gitlab.com:sub': 'project_path:acme/shop:ref_type:branch:ref:*',
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
            Federated:
              'arn:aws:iam::111122223333:oidc-provider/api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc:aud': 'sts.amazonaws.com',
            },
            StringLike: {
              'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc:sub': '{ff6fa93a-0001}:*',
            },
          },
        },
      ],
      paths: [
        'Statement[0].Condition.StringLike.api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc:sub',
      ],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.circleci.com/org/57df2a3e-0002',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'oidc.circleci.com/org/57df2a3e-0002:aud': 'sts.amazonaws.com',
            },
            StringLike: {
              'oidc.circleci.com/org/57df2a3e-0002:sub': 'org/57df2a3e-0002/project/51f51f29-0001/user/*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.oidc.circleci.com/org/57df2a3e-0002:sub'],
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
