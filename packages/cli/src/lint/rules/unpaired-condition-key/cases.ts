import type { RuleCases } from '../../rule.js';

const allow = (Condition: object) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  Condition,
});

export const cases: RuleCases = {
  bad: [
    {
      statements: [allow({ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } })],
      paths: ['Statement[0].Condition.IpAddress.aws:VpcSourceIp'],
    },
  ],
  good: [
    [allow({ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' }, StringEquals: { 'aws:SourceVpc': 'vpc-1' } })],
    [allow({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
  ],
};
