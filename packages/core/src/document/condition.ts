import { once } from './once.js';

/** How an operator reads a context value and a policy value. */
export type ValueComparison =
  | 'string'
  | 'stringIgnoreCase'
  | 'stringLike'
  | 'numeric'
  | 'date'
  | 'bool'
  | 'binary'
  | 'ipAddress'
  | 'arn'
  | 'null';

/** A condition operator taken apart. */
export interface Operator {
  /** The operator in AWS's spelling, prefix and suffix included. */
  readonly name: string;
  readonly comparison: ValueComparison;
  /** For numbers and dates: how the request's value stands to the policy's. Equality for all others. */
  readonly order: 'equal' | 'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual';
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
}

type Base = Pick<Operator, 'comparison' | 'order' | 'negated'>;

function base(comparison: ValueComparison, negated = false, order: Operator['order'] = 'equal'): Base {
  return { comparison, negated, order };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const bases: Readonly<Record<string, Base>> = {
  StringEquals: base('string'),
  StringNotEquals: base('string', true),
  StringEqualsIgnoreCase: base('stringIgnoreCase'),
  StringNotEqualsIgnoreCase: base('stringIgnoreCase', true),
  StringLike: base('stringLike'),
  StringNotLike: base('stringLike', true),
  NumericEquals: base('numeric'),
  NumericNotEquals: base('numeric', true),
  NumericLessThan: base('numeric', false, 'less'),
  NumericLessThanEquals: base('numeric', false, 'lessOrEqual'),
  NumericGreaterThan: base('numeric', false, 'greater'),
  NumericGreaterThanEquals: base('numeric', false, 'greaterOrEqual'),
  DateEquals: base('date'),
  DateNotEquals: base('date', true),
  DateLessThan: base('date', false, 'less'),
  DateLessThanEquals: base('date', false, 'lessOrEqual'),
  DateGreaterThan: base('date', false, 'greater'),
  DateGreaterThanEquals: base('date', false, 'greaterOrEqual'),
  Bool: base('bool'),
  BinaryEquals: base('binary'),
  IpAddress: base('ipAddress'),
  NotIpAddress: base('ipAddress', true),
  ArnEquals: base('arn'),
  ArnLike: base('arn'),
  ArnNotEquals: base('arn', true),
  ArnNotLike: base('arn', true),
  Null: base('null'),
};

const basesByLowerCase = once(
  () => new Map(Object.entries(bases).map(([name, value]) => [name.toLowerCase(), { name, value }])),
);
const spelling = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/;

/** Every operator name without prefix or suffix, in AWS's spelling. */
export const operatorNames: readonly string[] = Object.keys(bases);

/**
 * Takes a condition operator apart. Letter case is ignored in reading: AWS does not say that it matters, and a spelling
 * that IAM would refuse can have no other meaning.
 * @returns undefined for a name that is no operator, for `NullIfExists` and for a set operator on `Null`
 */
export function parseOperator(text: string): Operator | undefined {
  const match = spelling.exec(text.toLowerCase());
  const found = match === null ? undefined : basesByLowerCase().get(match[2]!);
  if (match === null || found === undefined) return undefined;
  const set = match[1] === undefined ? undefined : match[1] === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
  const ifExists = match[3] !== undefined;
  if (found.value.comparison === 'null' && (set !== undefined || ifExists)) return undefined;
  const name = (set === undefined ? '' : `${set}:`) + found.name + (ifExists ? 'IfExists' : '');
  return { name, ...found.value, ifExists, set };
}
