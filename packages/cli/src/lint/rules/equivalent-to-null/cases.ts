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
      statements: [allow({ StringLike: { 'aws:SourceVpc': ['vpc-1', '*'] }, ArnNotLike: { 'aws:SourceArn': '*' } })],
      paths: ['Statement[0].Condition.StringLike.aws:SourceVpc', 'Statement[0].Condition.ArnNotLike.aws:SourceArn'],
      says: ['"false"', '"true"'],
    },
  ],
  good: [[allow({ StringLike: { 'aws:SourceVpc': 'vpc-*' }, StringEquals: { 'aws:username': '*' } })]],
};
