import type { RuleCases } from '../../rule.js';

const deny = (Condition: object) => ({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition });

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        deny({ Bool: { 'aws:SecureTransport': 'fales' } }),
        deny({ Null: { 'aws:SourceVpc': 'true' }, StringEquals: { 'aws:SourceVpc': 'vpc-1' } }),
        deny({ NumericLessThan: { 's3:max-keys': '1' }, NumericGreaterThan: { 's3:max-keys': '5' } }),
        deny({ StringEquals: { 'aws:username': 'a' }, StringNotEquals: { 'aws:username': 'a' } }),
        { ...deny({ StringEquals: { 'aws:username': [] } }), Effect: 'Allow' },
      ],
      paths: [0, 1, 2, 3, 4].map((index) => `Statement[${index}].Condition`),
    },
  ],
  good: [
    [
      deny({ Bool: { 'aws:SecureTransport': 'false' } }),
      deny({ StringNotEquals: { 'aws:username': ['a', 'b'] } }),
      deny({ StringEquals: { 'aws:username': '«Parameter»' } }),
      { Effect: 'Deny', Action: 's3:*', Resource: '*' },
    ],
  ],
};
