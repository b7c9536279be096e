import { findNearest, quote, type Statement } from '@postern/core';
import {
  conditionsOf,
  finding,
  itemsOf,
  someOf,
  statementsOf,
  type ConditionItem,
  type Level,
  type LintRule,
  type RuleFinding,
} from '../../rule.js';
import type { KnownAction, ServiceReference } from '../../service-reference.js';

export const unknownConditionKey: LintRule = {
  id: 'unknown-condition-key',
  place: 90,
  title: 'The action does not have the condition key',
  reason:
    'A key that a request never has makes an Allow give nothing, or, with a negated or IfExists operator, gives it without the fence.',
  source:
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  level: 'error',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const conditions = conditionsOf(statement, path);
      if (conditions.length === 0) continue;
      const spelled = await misspelled(conditions, reference);
      findings.push(...spelled);
      const done = new Set(spelled.map((found) => found.path));
      const actions = itemsOf(statement, 'Action', path);
      if (actions.length === 0 || actions.some(({ text }) => /^\*+$/.test(text))) continue;
      const known = await Promise.all(
        actions.map(async ({ text }) => ({ text, matches: await reference.matching(text) })),
      );
      for (const condition of conditions.filter((one) => !done.has(one.path))) {
        const found = without(condition, known, statement, reference);
        if (found !== undefined) findings.push(found);
      }
    }
    return findings;
  },
};

interface Matched {
  readonly text: string;
  readonly matches: readonly KnownAction[];
}

/** What is to be said of a key that some of the actions do not have. */
function without(
  { key, operator, values, path }: ConditionItem,
  actions: readonly Matched[],
  statement: Statement,
  reference: ServiceReference,
): RuleFinding | undefined {
  const has = ({ matches }: Matched): boolean =>
    matches.length === 0 || matches.some(({ conditionKeys }) => reference.hasKey(key, conditionKeys));
  const lacking = actions.filter((action) => !has(action));
  if (lacking.length === 0) return undefined;
  const all = lacking.length === actions.length;
  // Where some action has it, `IfExists` says that the others may not.
  const mayLack = operator.endsWith('IfExists') || (operator === 'Null' && values.some((value) => value === 'true'));
  if (!all && mayLack) return undefined;
  const what = `${quote(key)} is no condition key of ${someOf(lacking.map(({ text }) => quote(text)))}`;
  const level: { level?: Level } = lacking.some(({ matches }) => matches.some(({ incomplete }) => incomplete))
    ? { level: 'note' }
    : // Where other actions have the key, the reference may lack it here.
      !all || /^ForAllValues|Not|IfExists/.test(operator) || mayLack || statement.Effect === 'Deny'
      ? { level: 'warning' }
      : {};
  return finding(path, what, all ? 'check its spelling' : 'put those actions into a statement of their own', level);
}

/** Keys whose own service or `aws:` does not have them, although one is very near. */
async function misspelled(conditions: readonly ConditionItem[], reference: ServiceReference): Promise<RuleFinding[]> {
  const findings: RuleFinding[] = [];
  for (const { key, path } of conditions) {
    const [service = '', ...rest] = key.toLowerCase().split(':');
    const form = await keyForm(key, service, rest.length > 0, reference);
    if (form !== undefined) findings.push(finding(path, ...form));
  }
  return findings;
}

async function keyForm(
  key: string,
  service: string,
  colon: boolean,
  reference: ServiceReference,
): Promise<[string, string, { level: Level }?] | undefined> {
  if (!colon) return [`${quote(key)} is no condition key`, 'write it as `service:key`'];
  if (key.toLowerCase() === 'aws:arn') {
    return [`${quote(key)} is an old name`, 'write `aws:PrincipalArn` or `aws:SourceArn`', { level: 'warning' }];
  }
  if (service !== 'aws' || reference.hasKey(key, [])) return undefined;
  const keys = await reference.keysOf('aws');
  const near = /[/]/.test(key) ? undefined : findNearest(key, keys);
  // A global key that is not known may be newer than the reference, unless it is nearly one that is.
  if (near === undefined) return undefined;
  return [`${quote(key)} is no condition key that AWS lists`, `did you mean ${quote(near)}?`];
}
