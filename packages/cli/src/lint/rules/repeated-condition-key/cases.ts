import type { RuleCases } from '../../rule.js';

const allow = (Condition: object) => ({
  Effect: 'Allow',
  Action: 's3:ListBucket',
  Resource: 'arn:aws:s3:::b',
  Condition,
});

export const cases: RuleCases = {
  bad: [
    {
      statements: [allow({ StringEquals: { 's3:prefix': 'a', 'S3:Prefix': 'b', 's3:delimiter': '/' } })],
      paths: ['Statement[0].Condition.StringEquals.S3:Prefix'],
    },
  ],
  good: [[allow({ StringEquals: { 's3:prefix': 'a' }, StringLike: { 'S3:Prefix': 'b' } })]],
};
