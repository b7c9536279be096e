import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjekt', 's33:Get'], Resource: '*' }],
      paths: ['Statement[0].Action[1]', 'Statement[0].Action[2]'],
    },
    { statements: [{ Effect: 'Deny', NotAction: 'ecr:Fly*', Resource: '*' }], paths: ['Statement[0].NotAction[0]'] },
  ],
  good: [[{ Effect: 'Allow', Action: ['*', 's3:*', 'S3:getobject', 'ecr:Batch*'], Resource: '*' }]],
};
