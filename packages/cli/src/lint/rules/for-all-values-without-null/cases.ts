import type { RuleCases } from '../../rule.js';

const statement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };
const forAll = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } };

export const cases: RuleCases = {
  bad: [
    {
      statements: [{ ...statement, Condition: forAll }],
      paths: ['Statement[0].Condition.ForAllValues:StringEquals.dynamodb:LeadingKeys'],
      levels: ['warning'],
    },
    {
      statements: [{ ...statement, Condition: { ...forAll, Null: { 'dynamodb:LeadingKeys': ['true', 'false'] } } }],
      paths: ['Statement[0].Condition.ForAllValues:StringEquals.dynamodb:LeadingKeys'],
    },
    {
      statements: [{ ...statement, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } }],
      paths: ['Statement[0].Condition.ForAllValues:StringEquals.aws:TagKeys'],
      levels: ['note'],
    },
  ],
  good: [
    [{ ...statement, Condition: { ...forAll, Null: { 'dynamodb:leadingkeys': 'false' } } }],
    [{ ...statement, Effect: 'Deny', Condition: forAll }],
  ],
};
