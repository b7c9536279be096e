import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

export const cases: RuleCases = {
  bad: [
    {
      statements: [allow(['sumerian:Login', 's3:GetObject', 'MobileHub:*', 'aws-portal:ViewBilling'])],
      paths: ['Statement[0].Action[0]', 'Statement[0].Action[2]', 'Statement[0].Action[3]'],
    },
    { statements: [allow('cloudhsm:DescribeHapg')], paths: ['Statement[0].Action[0]'] },
  ],
  good: [[allow(['s3:GetObject', 'servicecatalog:*', 'constructor:x', 'aws-portal:*'])]],
};
