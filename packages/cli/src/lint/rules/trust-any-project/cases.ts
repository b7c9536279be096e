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
              'token.actions.githubusercontent.com:sub': 'repo:acme/*',
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
              'token.actions.githubusercontent.com:sub': 'repo:acme/shop*:ref:refs/heads/main',
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
              'gitlab.com:sub': 'project_path:acme/*:ref_type:branch:ref:main',
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
            Federated: 'arn:aws:iam::111122223333:oidc-provider/scalr.io',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'scalr.io:aud': 'sts.amazonaws.com',
            },
            StringLike: {
              'scalr.io:sub': 'account:acme:environment:prod:workspace:*',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.scalr.io:sub'],
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
              'oidc.circleci.com/org/57df2a3e-0002:aud': 'x',
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
            Federated: 'arn:aws:iam::111122223333:oidc-provider/vstoken.dev.azure.com/c93abdad-0547',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'vstoken.dev.azure.com/c93abdad-0547:aud': 'api://AzureADTokenExchange',
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
            Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'oidc.eks.eu-west-1.amazonaws.com/id/A:aud': 'sts.amazonaws.com',
            },
            StringLike: {
              'oidc.eks.eu-west-1.amazonaws.com/id/A:sub': 'system:serviceaccount:*:runner',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringLike.oidc.eks.eu-west-1.amazonaws.com/id/A:sub'],
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
