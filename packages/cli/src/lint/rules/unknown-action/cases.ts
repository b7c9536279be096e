import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjekt', 's33:Get'], Resource: '*' }],
      paths: ['Statement[0].Action[1]', 'Statement[0].Action[2]'],
      levels: ['error', 'error'],
    },
    {
      // Somewhat like `ListTags`: it may as well be new.
      statements: [{ Effect: 'Allow', Action: 'kms:ListResourceTagsOfKeys', Resource: '*' }],
      paths: ['Statement[0].Action[0]'],
      levels: ['warning'],
    },
    { statements: [{ Effect: 'Deny', NotAction: 'ecr:Fly*', Resource: '*' }], paths: ['Statement[0].NotAction[0]'] },
    {
      statements: [{ Effect: 'Allow', Action: ['s3:TurnOverTheWholeMountain', 'constructor:x'], Resource: '*' }],
      paths: ['Statement[0].Action[0]', 'Statement[0].Action[1]'],
      levels: ['warning', 'warning'],
    },
  ],
  good: [
    [{ Effect: 'Allow', Action: ['*', 's3:*', 'S3:getobject', 'ecr:Batch*'], Resource: '*' }],
    // Retired is not unknown.
    [{ Effect: 'Allow', Action: ['sumerian:Login', 'cloudhsm:GetConfig'], Resource: '*' }],
  ],
};
