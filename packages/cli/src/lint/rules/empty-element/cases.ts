import type { RuleCases } from '../../rule.js';

const allow = (Condition: object) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition });

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        { ...allow({}), Sid: '' },
        allow({ StringEquals: {} }),
        allow({ StringEquals: { 'aws:SourceVpc': [] } }),
      ],
      paths: [
        'Statement[0].Sid',
        'Statement[0].Condition',
        'Statement[1].Condition.StringEquals',
        'Statement[2].Condition.StringEquals.aws:SourceVpc',
      ],
      levels: ['note', 'warning', 'warning', 'warning'],
    },
  ],
  good: [
    [allow({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }), { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  ],
};
