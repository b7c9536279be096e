import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [{ Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', 'ecr:PutImage'], Resource: '*' }],
      paths: ['Statement[0].Resource[0]'],
    },
  ],
  good: [
    [{ Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', 'sts:GetCallerIdentity'], Resource: '*' }],
    [{ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }],
    [{ Effect: 'Allow', Action: 'ecr:PutImage', Resource: 'arn:aws:ecr:*:123456789012:repository/*' }],
  ],
};
