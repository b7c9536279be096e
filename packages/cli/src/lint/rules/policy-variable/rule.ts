import { findNearest, parseOperator, quote, type PolicyDocument } from '@postern/core';
import { isSlip } from '../../distance.js';
import {
  conditionsOf,
  finding,
  itemsOf,
  statementsOf,
  type Level,
  type LintRule,
  type RuleFinding,
} from '../../rule.js';
import type { ServiceReference } from '../../service-reference.js';

export const policyVariable: LintRule = {
  id: 'policy-variable',
  place: 130,
  title: 'A policy variable is none, or stands where none is put in',
  reason:
    'What IAM does not put in stays as it is or matches nothing, so that the statement is not about what it names.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
  level: 'error',
  also: ['resource'],
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { text, path, operator } of textsOf(document)) {
      if (!text.includes('${')) continue;
      const problem = await problemOf(text, operator, document.Version, reference);
      if (problem !== undefined) findings.push(finding(path, ...problem));
    }
    return findings;
  },
};

type VariableProblem = [what: string, instead: string, more?: { level: Level }];

/** Every text that may hold variables: resources, and values of conditions with their operators. */
function textsOf(document: PolicyDocument): { text: string; path: string; operator?: string }[] {
  return statementsOf(document).flatMap(({ statement, path }) => [
    ...itemsOf(statement, 'Resource', path),
    ...itemsOf(statement, 'NotResource', path),
    ...conditionsOf(statement, path).flatMap(({ operator, values, path: where }) =>
      values.map((text, index) => ({ text, path: `${where}[${index}]`, operator })),
    ),
  ]);
}

async function problemOf(
  text: string,
  operator: string | undefined,
  version: PolicyDocument['Version'],
  reference: ServiceReference,
): Promise<VariableProblem | undefined> {
  const found = quote(text);
  if (version !== '2012-10-17') {
    // For resources the reader of documents says it.
    if (operator === undefined) return undefined;
    const instead = 'variables need `Version` `2012-10-17`';
    return [`${found} is plain text under this version`, instead, { level: 'warning' }];
  }
  if (/\$\{[^}]*$/.test(text)) return [`${found} has a variable that is not closed`, 'add `}`'];
  const comparison = operator === undefined ? undefined : parseOperator(operator)?.comparison;
  if (comparison !== undefined && ['numeric', 'date', 'binary', 'ipAddress', 'null'].includes(comparison)) {
    return [
      `${found} holds a variable, and ${quote(operator)} puts none in`,
      'write the value, or a String, Arn or Bool operator',
    ];
  }
  for (const [, inner = ''] of text.matchAll(/\$\{([^{}]*)\}/g)) {
    const problem = await nameProblem(inner, reference);
    if (problem !== undefined) {
      const [what, instead, more] = problem;
      return more === undefined ? [`${found}: ${what}`, instead] : [`${found}: ${what}`, instead, more];
    }
  }
  return undefined;
}

async function nameProblem(inner: string, reference: ServiceReference): Promise<VariableProblem | undefined> {
  if (['*', '?', '$'].includes(inner)) return undefined;
  if (inner.trim() === '') return ['the variable has no name', 'write `${key}`, such as `${aws:username}`'];
  const comma = inner.indexOf(',');
  const name = comma < 0 ? inner : inner.slice(0, comma);
  const written = quote(`\${${inner}}`);
  if (comma >= 0 && !/^, ?'[^']*'$/.test(inner.slice(comma))) {
    return [
      `the default of ${written} is not in single quotes behind a comma`,
      "write it as `${aws:username, 'nobody'}`",
    ];
  }
  if (/\s/.test(name))
    return [`${written} has a space in its name`, `write ${quote(`\${${inner.replace(/\s+/g, '')}}`)}`];
  if (/^AWS::|^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/.test(name)) {
    return [
      `${written} is none of IAM's variables`,
      'write a condition key, or have the template fill it in with `Fn::Sub`',
    ];
  }
  return keyProblem(name, written, reference);
}

async function keyProblem(
  name: string,
  written: string,
  reference: ServiceReference,
): Promise<VariableProblem | undefined> {
  const type = await reference.typeOfKey(name);
  if (type !== undefined) {
    return /^ArrayOf/i.test(type)
      ? [`${written} has several values, and IAM puts in none of them`, 'write a key with one value']
      : undefined;
  }
  const [prefix = ''] = name.toLowerCase().split(':');
  if (prefix !== 'aws' && !(await reference.hasService(prefix))) return undefined;
  const near = findNearest(name, await reference.keysOf(prefix));
  const level: { level: Level } = { level: near !== undefined && isSlip(name, near) ? 'error' : 'warning' };
  return [
    `${written} names no condition key that AWS lists`,
    near === undefined ? 'check its name' : `did you mean ${quote(near)}?`,
    level,
  ];
}
