import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
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
              'vstoken.dev.azure.com/c93abdad-0547:aud': 'sts.amazonaws.com',
              'vstoken.dev.azure.com/c93abdad-0547:sub': 'sc://acme/cloud/aws-prod',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringEquals.vstoken.dev.azure.com/c93abdad-0547:aud'],
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
              'acme.app.spacelift.io:aud': 'https://acme.app.spacelift.io',
            },
            StringLike: {
              'acme.app.spacelift.io:sub': 'space:s:stack:infra:run_type:TRACKED:scope:write',
            },
          },
        },
      ],
      paths: ['Statement[0].Condition.StringEquals.acme.app.spacelift.io:aud'],
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
              'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc:aud': 'x',
            },
            StringLike: {
              'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc:sub': '{ff6fa93a-0001}:main',
            },
          },
        },
      ],
      paths: [
        'Statement[0].Condition.StringLike.api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc:sub',
      ],
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
