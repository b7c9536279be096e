import type { RuleCases } from '../../rule.js';

const allow = (Condition: object) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition });

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow({ StringLikeIfExists: { 'aws:SourceVpc': '*' } }),
        allow({ Null: { 'aws:SourceVpc': ['true', 'false'] } }),
        allow({ StringNotEquals: { 'aws:SourceVpc': [] } }),
      ],
      paths: [0, 1, 2].map((index) => `Statement[${index}].Condition`),
    },
  ],
  good: [
    [
      allow({ StringLike: { 'aws:SourceVpc': '*' } }),
      allow({ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }),
      { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
    ],
  ],
};
