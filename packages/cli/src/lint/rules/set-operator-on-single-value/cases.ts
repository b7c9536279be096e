import type { RuleCases } from '../../rule.js';

const statement = { Effect: 'Allow', Action: '*', Resource: '*' };

export const cases: RuleCases = {
  bad: [
    {
      statements: [{ ...statement, Condition: { 'ForAllValues:StringEquals': { 'aws:SourceVpc': 'v' } } }],
      paths: ['Statement[0].Condition.ForAllValues:StringEquals.aws:SourceVpc'],
      levels: ['warning'],
    },
    {
      statements: [{ ...statement, Condition: { StringEquals: { 'aws:TagKeys': 'v' } } }],
      paths: ['Statement[0].Condition.StringEquals.aws:TagKeys'],
      levels: ['error'],
    },
    {
      statements: [{ ...statement, Condition: { 'ForAnyValue:StringEquals': { 'aws:ResourceTag/team': 'v' } } }],
      paths: ['Statement[0].Condition.ForAnyValue:StringEquals.aws:ResourceTag/team'],
      levels: ['note'],
    },
  ],
  good: [
    [{ ...statement, Condition: { StringEquals: { 'events:source': 'aws.ec2', 'events:detail-type': 'x' } } }],
    [{ ...statement, Condition: { StringEquals: { 'aws:SourceVpc': 'v' }, Null: { 'aws:TagKeys': 'false' } } }],
    [{ ...statement, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'v', 'unknown:key': 'x' } } }],
  ],
};
