import type { RuleCases } from '../../rule.js';

const statement = (Effect: string, Condition: object) => ({ Effect, Action: 's3:*', Resource: '*', Condition });
const key = 'aws:MultiFactorAuthPresent';

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        statement('Deny', { Bool: { [key]: 'false' } }),
        statement('Allow', { BoolIfExists: { [key]: 'true' } }),
        statement('Deny', { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } }),
        statement('Allow', { NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } }),
        statement('Deny', { StringEquals: { 'aws:multifactorauthpresent': 'false' } }),
      ],
      paths: [
        `Statement[0].Condition.Bool.${key}`,
        `Statement[1].Condition.BoolIfExists.${key}`,
        'Statement[2].Condition.NumericGreaterThan.aws:MultiFactorAuthAge',
        'Statement[3].Condition.NumericLessThanIfExists.aws:MultiFactorAuthAge',
        'Statement[4].Condition.StringEquals.aws:multifactorauthpresent',
      ],
      says: ['`BoolIfExists`', '`Bool`', '`NumericGreaterThanIfExists`', '`NumericLessThan`', '`StringEqualsIfExists`'],
    },
  ],
  good: [
    [
      statement('Deny', { BoolIfExists: { [key]: 'false' } }),
      statement('Allow', { Bool: { [key]: 'true' } }),
      statement('Deny', { Null: { [key]: 'true' } }),
      statement('Allow', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }),
      statement('Deny', { Bool: { 'aws:SecureTransport': 'false' } }),
    ],
  ],
};
