import { account, arn, partition, region, template, text } from '../../use-case/template.js';
import type { ConditionTemplate } from '../../use-case/use-case.js';

/** Limits a statement to the entry's `cluster`. */
export const inCluster: ConditionTemplate = {
  operator: 'ArnEquals',
  key: 'ecs:cluster',
  values: [arn('cluster')],
  reason: 'only in this cluster; the key holds the full cluster ARN',
};

/**
 * Limits ecs:TagResource to the tags that a call carries which makes something.
 * @param operation the call: `RunTask`
 * @param what the call in words: "the start"
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
 */
export function onlyTagsSentWith(operation: string, what: string): ConditionTemplate {
  return {
    operator: 'StringEquals',
    key: 'ecs:CreateAction',
    values: [operation],
    reason: `only tags sent with ${what}, no later change of tags`,
  };
}

/** Every task in the entry's `cluster`: ids are made up when tasks start. */
export const tasks = template`arn:${partition}:ecs:${region}:${account}:task/${text('cluster')}/*`;
