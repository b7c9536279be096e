import type { ConditionTemplate, StatementTemplate, Template, UseCase } from '@postern/core';
import { type Operation, type Rule, services } from '@postern/sandbox';
import type { ProofPlan } from '../../src/scenario.js';

type Edit = (statement: StatementTemplate) => StatementTemplate;

/** A plan whose entry is another one. */
export function withStatements(
  plan: ProofPlan,
  change: (statements: readonly StatementTemplate[]) => readonly StatementTemplate[],
): ProofPlan {
  return { ...plan, useCase: { ...plan.useCase, statements: change(plan.useCase.statements) } as UseCase };
}

/**
 * A plan whose entry has one statement edited.
 * @throws {Error} where there is no such statement, or the edit changes nothing: then nothing would be shown
 */
export function edit(plan: ProofPlan, sid: string, how: Edit): ProofPlan {
  const changed = withStatements(plan, (statements) => statements.map((one) => (one.sid === sid ? how(one) : one)));
  if (JSON.stringify(changed.useCase) === JSON.stringify(plan.useCase)) throw new Error(`${sid} is not changed`);
  return changed;
}

export const addAction =
  (action: string): Edit =>
  (statement) => ({ ...statement, actions: { ...statement.actions, [action]: 'no reason at all' } });

export const dropAction =
  (action: string): Edit =>
  (statement) => ({
    ...statement,
    actions: Object.fromEntries(Object.entries(statement.actions).filter(([name]) => name !== action)),
  });

export const setResources =
  (...resources: Template[]): Edit =>
  (statement) => ({ ...statement, resources });

export const unscope: Edit = (statement) => ({ ...statement, resources: { unscoped: 'no reason at all' } });

export const dropWhen: Edit = ({ when: _, ...statement }) => statement;

/** The `when` of one action taken away. */
export const dropWhenOf =
  (action: string): Edit =>
  (statement) => ({ ...statement, actions: { ...statement.actions, [action]: 'no reason at all' } });

const editCondition =
  (key: string, how: (condition: ConditionTemplate) => ConditionTemplate[]): Edit =>
  (statement) => ({
    ...statement,
    conditions: (statement.conditions ?? []).flatMap((one) => (one.key === key ? how(one) : [one])),
  });

export const dropCondition = (key: string): Edit => editCondition(key, () => []);

export const addValue = (key: string, value: string): Edit =>
  editCondition(key, (condition) => [
    condition.operator === 'Null' ? condition : { ...condition, values: [...condition.values, value] },
  ]);

export const setValues = (key: string, operator: string, ...values: ConditionTemplate['values']): Edit =>
  editCondition(key, (condition) => [condition.operator === 'Null' ? condition : { ...condition, operator, values }]);

function serviceOf(name: string) {
  const service = services.find((one) => one.name === name);
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
}

/** Edits a rule of the sandbox while something is done. */
export async function withRule<T>(
  service: string,
  operation: string,
  how: (rule: Rule) => Rule,
  act: () => Promise<T>,
): Promise<T> {
  const rules = serviceOf(service).rules as Record<string, Rule>;
  const rule = rules[operation];
  if (rule === undefined) throw new Error(`there is no rule for ${operation}`);
  rules[operation] = how(rule);
  try {
    return await act();
  } finally {
    rules[operation] = rule;
  }
}

/** Lets one operation of the sandbox answer as another, while something is done. */
export async function withOperation<T>(
  service: string,
  operation: string,
  other: string,
  act: () => Promise<T>,
): Promise<T> {
  const operations = serviceOf(service).operations as Record<string, Operation>;
  const own = operations[operation];
  const instead = operations[other];
  if (own === undefined || instead === undefined) throw new Error(`there is no operation ${operation} or ${other}`);
  operations[operation] = instead;
  try {
    return await act();
  } finally {
    operations[operation] = own;
  }
}

export const neverAsks = (rule: Rule): Rule => ({ ...rule, checks: () => [] });

/** Asks another action, on the same resources. */
export const asksInstead =
  (action: string) =>
  (rule: Rule): Rule => ({ ...rule, checks: (call) => rule.checks(call).map((check) => ({ ...check, action })) });

/** Asks the same of another resource. */
export const asksOf =
  (resource: string) =>
  (rule: Rule): Rule => ({ ...rule, checks: (call) => rule.checks(call).map((check) => ({ ...check, resource })) });
