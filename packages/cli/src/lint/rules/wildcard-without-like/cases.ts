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
      statements: [
        allow({
          StringEquals: { 's3:prefix': ['home/', 'home/*'], 'aws:PrincipalAccount': '12345678901?' },
          'ForAllValues:StringNotEqualsIfExists': { 'aws:TagKeys': 'x*' },
        }),
      ],
      paths: [
        'Statement[0].Condition.StringEquals.s3:prefix[1]',
        'Statement[0].Condition.StringEquals.aws:PrincipalAccount[0]',
        'Statement[0].Condition.ForAllValues:StringNotEqualsIfExists.aws:TagKeys[0]',
      ],
      levels: ['warning', 'error', 'warning'],
      says: ['`StringLike`', '', '`ForAllValues:StringNotLikeIfExists`'],
    },
  ],
  good: [
    [
      allow({
        StringEquals: { 's3:prefix': ['home/', '${*}', 'x${aws:username}'] },
        StringLike: { 's3:prefix': 'home/*' },
        ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' },
      }),
    ],
  ],
};
