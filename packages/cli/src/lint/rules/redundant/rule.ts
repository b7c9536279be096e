import { compare, quote, type ConditionBlock, type PolicyDocument, type Statement } from '@postern/core';
import { matchesAction } from '../../matching.js';
import { conditionsOf, finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

/** Lists and documents that are longer are not looked at: each item is compared with all others. */
const mostItems = 200;
const mostStatements = 60;

export const redundant: LintRule = {
  id: 'redundant',
  place: 310,
  title: 'Something can be taken out without a change of meaning',
  reason: 'What is said twice is read twice, and is taken out in one place only when it is meant to go.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
  level: 'note',
  async check({ document }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      for (const one of redundantItems(statement, path, document)) findings.push(one);
      for (const one of redundantConditions(statement, path, document)) findings.push(one);
      for (const one of redundantValues(statement, path, document)) findings.push(one);
    }
    for (const one of redundantStatements(document)) findings.push(one);
    return findings;
  },
};

/** Whether two statements mean the same, each alone. */
function isSame(before: Statement, after: Statement, { Version }: PolicyDocument): boolean {
  const asked = (statement: Statement): PolicyDocument => ({
    ...(Version && { Version }),
    Statement: [{ ...statement, Effect: 'Allow' }],
  });
  return compare(asked(before), asked(after)).relation === 'equal';
}

/** Actions and resources that another one of the list takes in. */
function redundantItems(statement: Statement, path: string, document: PolicyDocument): RuleFinding[] {
  return (['Action', 'Resource'] as const).flatMap((element): RuleFinding[] => {
    const list = statement[element] ?? [];
    if (list.length < 2 || list.length > mostItems) return [];
    const covers = (one: string, other: string): boolean =>
      element === 'Action'
        ? matchesAction(one, other)
        : one === other || (/[*?]/.test(one) && matchesAction(one, other));
    const gone = new Set<number>();
    return list.flatMap((text, index): RuleFinding[] => {
      const by = list.findIndex((other, at) => at !== index && !gone.has(at) && covers(other, text));
      if (by < 0 || (by > index && covers(text, list[by]!))) return [];
      const rest = list.filter((_, at) => at !== index && !gone.has(at));
      // A star takes in whatever stands in its place, wildcards too; everything else is asked.
      const isPlain = element === 'Action' && !list[by]!.includes('?');
      const before = { ...statement, [element]: list.filter((_, at) => !gone.has(at)) };
      if (!isPlain && !isSame(before, { ...statement, [element]: rest }, document)) return [];
      gone.add(index);
      const where = `${path}.${element}[${index}]`;
      const fix = { title: `take ${quote(text)} out`, path: where };
      return [finding(where, `${quote(list[by])} takes ${quote(text)} in`, 'take it out', { fix })];
    });
  });
}

/** Conditions that the others imply, such as a `Null` beside a value that must be there. */
function redundantConditions(statement: Statement, path: string, document: PolicyDocument): RuleFinding[] {
  const conditions = conditionsOf(statement, path);
  if (conditions.length < 2 || conditions.length > 12) return [];
  return conditions.flatMap(({ operator, key, path: where }): RuleFinding[] => {
    const others = conditions.filter((one) => one.key.toLowerCase() === key.toLowerCase());
    if (others.length < 2) return [];
    const Condition = withoutKey(statement, operator, key);
    if (!isSame(statement, { ...statement, Condition }, document)) return [];
    const fix = { title: `take ${quote(operator)} ${quote(key)} out`, path: where };
    return [finding(where, `the other conditions on ${quote(key)} imply ${quote(operator)}`, 'take it out', { fix })];
  });
}

/** Values that another one of the same list takes in. */
function redundantValues(statement: Statement, path: string, document: PolicyDocument): RuleFinding[] {
  return conditionsOf(statement, path).flatMap(({ operator, key, values, path: where }): RuleFinding[] => {
    if (values.length < 2 || values.length > 20 || operator === 'Null') return [];
    const alone = (list: readonly string[]): Statement => ({
      ...statement,
      Condition: { [operator]: { [key]: list } },
    });
    let left = [...values];
    return values.flatMap((value, index): RuleFinding[] => {
      // Plain texts that differ never take one another in.
      const isPlain = /^(For\w+:)?String(Not)?Equals(IfExists)?$/.test(operator);
      if (isPlain && left.filter((one) => one === value).length < 2) return [];
      const at = left.indexOf(value);
      const rest = left.filter((_, position) => position !== at);
      if (rest.length === 0 || !isSame(alone(left), alone(rest), document)) return [];
      left = rest;
      const place = `${where}[${index}]`;
      const fix = { title: `take ${quote(value)} out`, path: place };
      return [finding(place, `the other values of ${quote(key)} take ${quote(value)} in`, 'take it out', { fix })];
    });
  });
}

function withoutKey({ Condition = {} }: Statement, operator: string, key: string): ConditionBlock {
  const left = Object.entries(Condition).map(([name, keys]) => {
    const kept = Object.entries(keys).filter(([other]) => name !== operator || other !== key);
    return [name, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(left.filter(([, keys]) => Object.keys(keys).length > 0));
}

/** Statements that the others of their effect make needless. */
function redundantStatements(document: PolicyDocument): RuleFinding[] {
  const { Statement } = document;
  if (Statement.length < 2 || Statement.length > mostStatements) return [];
  let left = [...Statement];
  const findings: RuleFinding[] = [];
  for (let index = Statement.length - 1; index >= 0; index -= 1) {
    const statement = Statement[index]!;
    const others = left.filter((one) => one !== statement);
    // Other policies may allow what a Deny here only seems to forbid in vain, so that no Allow makes one needless.
    const related = others.filter((one) => one.Effect === statement.Effect && isRelated(one, statement));
    if (!mayCover(related, statement)) continue;
    const asked = (list: readonly Statement[]): PolicyDocument => ({
      ...document,
      Statement: list.map((one) => ({ ...one, Effect: 'Allow' })),
    });
    if (compare(asked(related), asked([...related, statement])).relation !== 'equal') continue;
    left = others;
    const path = `Statement[${index}]`;
    const fix = { title: `take ${path} out`, path };
    findings.unshift(finding(path, 'the other statements say all that this one does', 'take it out', { fix }));
  }
  return findings;
}

function isRelated(one: Statement, { Action }: Statement): boolean {
  if (one.Action === undefined || Action === undefined) return true;
  return one.Action.some((pattern) => Action.some((action) => matchesAction(pattern, action)));
}

/**
 * Whether for every action and resource of the statement another one of the same effect has both, so that comparing is worth
 * its time.
 */
function mayCover(same: readonly Statement[], { Action, Resource }: Statement): boolean {
  if (same.length === 0) return false;
  if (Action === undefined || Resource === undefined)
    return same.some((one) => one.Action === undefined || one.Action.includes('*'));
  const has = (list: readonly string[] | undefined, text: string): boolean =>
    list === undefined || list.some((pattern) => matchesAction(pattern, text));
  return Action.every((action) => {
    const about = same.filter((one) => has(one.Action, action));
    return about.length > 0 && Resource.every((resource) => about.some((one) => has(one.Resource, resource)));
  });
}
