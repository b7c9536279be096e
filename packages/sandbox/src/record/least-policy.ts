import { combine, compile, type ConditionBlock, type PolicyDocument, type Statement } from '@postern/core';
import type { Asked } from './asked.js';

/**
 * The least policy that covers what was asked for: each action on the resources it was asked for, with the condition keys
 * that say for whom.
 * @throws {Error} where it would not allow what was asked: that is a mistake here
 */
export function leastPolicy(asked: readonly Asked[]): PolicyDocument {
  const byAction = group(asked, ({ action, fences }) =>
    JSON.stringify([action, Object.keys(fences).sort(), stable(fences)]),
  );
  const rows = byAction.map((list) => ({
    action: list[0]!.action,
    resources: distinct(list.map(({ resource }) => resource)),
    condition: conditionOf(list),
  }));
  const byRest = group(rows, ({ resources, condition }) => JSON.stringify([resources, condition]));
  const statements = byRest.map((list, index): Statement => {
    const [{ resources, condition }] = list as [(typeof rows)[number]];
    return {
      Sid: `Recorded${index + 1}`,
      Effect: 'Allow',
      Action: list.map(({ action }) => action),
      Resource: resources,
      ...(condition === undefined ? {} : { Condition: condition }),
    };
  });
  const document: PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const policy = statements.length === 0 ? document : combine(document);
  const decide = compile(policy);
  const missed = asked.find(
    ({ action, resource, context }) => decide({ action, resource, context }).decision !== 'allowed',
  );
  if (missed !== undefined)
    throw new Error(`the recorded policy does not allow ${missed.action} on ${missed.resource}`);
  return policy;
}

/** The item keys of a table may differ from request to request; all other fences are the same in a group. */
function stable(fences: Asked['fences']): string {
  return JSON.stringify(Object.entries(fences).filter(([key]) => !collected.has(key)));
}

/** Keys whose values are collected into one condition. */
const collected = new Set(['dynamodb:LeadingKeys', 'kms:EncryptionContext:aws:s3:arn']);

function conditionOf(list: readonly Asked[]): ConditionBlock | undefined {
  const keys = Object.keys(list[0]!.fences);
  if (keys.length === 0) return undefined;
  const condition: Record<string, Record<string, readonly string[]>> = {};
  for (const key of keys) {
    const values = distinct(list.flatMap(({ fences }) => fences[key] ?? []));
    if (key === 'dynamodb:LeadingKeys') {
      (condition['ForAllValues:StringEquals'] ??= {})[key] = values;
      // Without a key in the request ForAllValues is true.
      (condition['Null'] ??= {})[key] = ['false'];
    } else if (key === 'kms:ResourceAliases') (condition['ForAnyValue:StringEquals'] ??= {})[key] = values;
    else (condition[key === 'ecs:cluster' ? 'ArnEquals' : 'StringEquals'] ??= {})[key] = values;
  }
  return condition;
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)];
}

function group<T>(list: readonly T[], idOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const id = idOf(item);
    const found = groups.get(id);
    if (found === undefined) groups.set(id, [item]);
    else found.push(item);
  }
  return [...groups.values()];
}
