import { parseOperator, quote, type Operator } from '@postern/core';
import { conditionsOf, finding, statementsOf, type Level, type LintRule, type RuleFinding } from '../../rule.js';

/** What fits a type of keys: the comparisons, and the operator to write. */
const fitting: Readonly<Record<string, { readonly fits: RegExp; readonly write: string }>> = {
  arn: { fits: /^arn$/, write: 'Arn' },
  bool: { fits: /^bool$/, write: 'Bool' },
  numeric: { fits: /^numeric$/, write: 'Numeric' },
  long: { fits: /^numeric$/, write: 'Numeric' },
  date: { fits: /^date$|^numeric$/, write: 'Date' },
  ipaddress: { fits: /^ipAddress$/, write: 'IpAddress' },
};

export const conditionType: LintRule = {
  id: 'condition-type',
  place: 110,
  title: 'The operator is for keys of another type',
  reason:
    'An address range, a date, a number or an ARN is compared as a text, or the other way round, so that other requests match than it looks.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  level: 'warning',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      for (const { operator: name, key, values, path: where } of conditionsOf(statement, path)) {
        const operator = parseOperator(name);
        const type = (await reference.typeOfKey(key))?.replace(/^ArrayOf/i, '').toLowerCase();
        if (operator === undefined || type === undefined || operator.comparison === 'null') continue;
        const problem = mismatch(type, operator, values);
        if (problem === undefined) continue;
        findings.push(finding(where, `${quote(key)} ${problem.what}`, problem.instead, { level: problem.level }));
      }
    }
    return findings;
  },
};

function mismatch(
  type: string,
  operator: Operator,
  values: readonly string[],
): { what: string; instead: string; level: Level } | undefined {
  const { comparison } = operator;
  const asText = comparison.startsWith('string');
  if (type === 'string') {
    // Strings that hold ARNs are compared as ARNs by right.
    if (asText || comparison === 'arn' || comparison === 'bool' || comparison === 'binary') return undefined;
    return {
      what: `holds a text, and ${quote(operator.name)} reads none`,
      instead: 'write a String operator',
      level: 'warning',
    };
  }
  const known = fitting[type];
  if (known === undefined || known.fits.test(comparison)) return undefined;
  const what = `holds ${article(known.write)}, and ${quote(operator.name)} compares ${asText ? 'texts' : 'something else'}`;
  if (values.every((value) => /^\*+$/.test(value))) return undefined;
  if (type === 'arn' && asText) {
    // A star of StringLike runs over the colons, so that a part of the ARN may be anything.
    const wild = comparison === 'stringLike' && values.some((value) => /[*?]/.test(value) && !/^\*+$/.test(value));
    return { what, instead: `write ${quote(respelled(operator, known.write))}`, level: wild ? 'warning' : 'note' };
  }
  const isExact = (type === 'bool' || type === 'numeric') && asText && values.every((value) => !/[*?]/.test(value));
  return { what, instead: `write ${quote(respelled(operator, known.write))}`, level: isExact ? 'note' : 'warning' };
}

function article(family: string): string {
  return { Arn: 'an ARN', Bool: 'true or false', Numeric: 'a number', Date: 'a date', IpAddress: 'an address' }[
    family
  ]!;
}

/** The operator of the family that asks the same. */
function respelled({ set, ifExists, negated }: Operator, family: string): string {
  const base = {
    Arn: negated ? 'ArnNotLike' : 'ArnLike',
    Bool: 'Bool',
    Numeric: negated ? 'NumericNotEquals' : 'NumericEquals',
    Date: negated ? 'DateNotEquals' : 'DateEquals',
    IpAddress: negated ? 'NotIpAddress' : 'IpAddress',
  }[family]!;
  return `${set === undefined ? '' : `${set}:`}${base}${ifExists ? 'IfExists' : ''}`;
}
