import { parseOperator, quote, readDate, readRange, type Operator } from '@postern/core';
import { accountProblem, partitionProblem, regionProblem, type LevelledProblem } from '../../places.js';
import {
  conditionsOf,
  finding,
  statementsOf,
  type ConditionItem,
  type LintRule,
  type RuleFinding,
} from '../../rule.js';
import { isPrivate, kindProblem } from './kinds.js';

export const conditionValue: LintRule = {
  id: 'condition-value',
  place: 100,
  title: 'A condition value is none that the operator or the key can have',
  reason: 'A value that cannot be read matches no request: the Allow gives nothing, or the Deny forbids nothing.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  level: 'error',
  also: ['trust', 'resource'],
  async check({ document }) {
    const variables = document.Version === '2012-10-17';
    return statementsOf(document).flatMap(({ statement, path }) =>
      conditionsOf(statement, path).flatMap((condition) => {
        const operator = parseOperator(condition.operator);
        return operator === undefined ? [] : valuesOf(condition, operator, variables);
      }),
    );
  },
};

function valuesOf(condition: ConditionItem, operator: Operator, variables: boolean): RuleFinding[] {
  const { key, values, path } = condition;
  const findings = values.flatMap((value, index): RuleFinding[] => {
    // Variables are looked at by a rule of their own.
    if (variables && value.includes('${')) return [];
    const problem =
      formProblem(operator, value) ??
      (operator.comparison === 'null' ? undefined : kindProblem(key, value)) ??
      (isWord.test(key) ? undefined : nullProblem(operator, value));
    return problem === undefined ? [] : [report(`${path}[${index}]`, key, problem)];
  });
  return [...findings, ...severalBooleans(condition, operator), ...privateAddresses(condition, operator)];
}

function report(path: string, key: string, { what, instead, level }: LevelledProblem): RuleFinding {
  return finding(path, `${what}, for ${quote(key)}`, instead, { level });
}

/** What the operator cannot read. */
function formProblem(operator: Operator, value: string): LevelledProblem | undefined {
  const error = (what: string, instead: string): LevelledProblem => ({
    what: `${quote(value)} ${what}`,
    instead,
    level: 'error',
  });
  switch (operator.comparison) {
    case 'numeric':
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) ? undefined : error('is no number', 'write digits');
    case 'date':
      return dateProblem(value, error);
    case 'bool':
      return /^(true|false)$/i.test(value) ? undefined : error('is neither true nor false', 'write `true` or `false`');
    case 'null':
      return /^(true|false)$/i.test(value)
        ? undefined
        : error(
            'says nothing to `Null`, which asks whether the key is there',
            'write `true` where it must be absent, else `false`',
          );
    case 'binary':
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
        ? undefined
        : error('is not encoded in base64', 'encode it');
    case 'ipAddress':
      return rangeProblem(value, error);
    case 'arn':
      return arnProblem(value, error);
    default:
      return undefined;
  }
}

type MakeProblem = (what: string, instead: string) => LevelledProblem;

function dateProblem(value: string, error: MakeProblem): LevelledProblem | undefined {
  if (readDate(value) === undefined) {
    return error('is no date', 'write it as `2026-01-31T00:00:00Z`, or as seconds since 1970');
  }
  if (!/^\d{5,}$/.test(value)) return undefined;
  return {
    ...error('counts seconds since 1970, which is hard to check', 'write it as `2026-01-31T00:00:00Z`'),
    level: 'note',
  };
}

function rangeProblem(value: string, error: MakeProblem): LevelledProblem | undefined {
  const range = readRange(value);
  if (range === undefined)
    return error('is no address or range of addresses', 'write CIDR notation, such as `203.0.113.0/24`');
  const loose = range.address.some((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.prefix - index * 8));
    return (byte & (0xff >> bits)) !== 0;
  });
  return loose
    ? { ...error('has bits behind its prefix, which do not count', 'write zeros there'), level: 'note' }
    : undefined;
}

function arnProblem(value: string, error: MakeProblem): LevelledProblem | undefined {
  if (/^\*+$/.test(value)) return undefined;
  if (!/^[*?a]/.test(value) || (!value.startsWith('arn:') && !/[*?]/.test(value.split(':')[0]!))) {
    return error('is no ARN, and the operator compares ARNs', 'write an ARN, or a String operator');
  }
  const [, partition = '', , region, account, ...rest] = value.split(':');
  const missing = 6 - value.split(':').length;
  if (missing > 0) {
    return error(
      'has fewer than the six parts of an ARN, so it matches none',
      `add ${missing === 1 ? 'one' : missing}`,
    );
  }
  const part = partitionProblem(partition) ?? regionProblem(region!) ?? accountProblem(account!);
  return part === undefined || rest.length === 0 ? undefined : { ...part, what: `${quote(value)}: ${part.what}` };
}

/** `null` is a text like any other to String operators. */
/** Keys for which `NONE` is a word. */
const isWord = /^lambda:functionurlauthtype$/i;

function nullProblem({ comparison }: Operator, value: string): LevelledProblem | undefined {
  if (!comparison.startsWith('string') || !/^(null|none|undefined)$/i.test(value)) return undefined;
  return {
    what: `${quote(value)} is compared as a text, and an absent key has none`,
    instead: 'write the operator `Null` with `true`',
    level: 'warning',
  };
}

/** Of true and false, one is meant; with both the condition says nothing, and AWS refuses it. */
function severalBooleans({ key, values, path }: ConditionItem, { comparison }: Operator): RuleFinding[] {
  if (comparison !== 'bool' || new Set(values.map((value) => value.toLowerCase())).size < 2) return [];
  return [finding(path, `${quote(key)} has both values of a Boolean`, 'keep the one that is meant')];
}

/** `aws:SourceIp` is the public address of the caller. */
function privateAddresses({ key, values, path }: ConditionItem, operator: Operator): RuleFinding[] {
  if (key.toLowerCase() !== 'aws:sourceip' || operator.comparison !== 'ipAddress') return [];
  const found = values.filter(isPrivate);
  const [first] = found;
  if (first === undefined) return [];
  const what = `${quote(first)} is private, and ${quote(key)} is the public address of the caller`;
  const level = found.length === values.length ? 'error' : 'warning';
  return [
    finding(path, what, 'write public addresses, or `aws:VpcSourceIp` with `aws:SourceVpc` behind an endpoint', {
      level,
    }),
  ];
}
