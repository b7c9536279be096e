import type { ConditionTemplate } from '../../use-case/use-case.js';

/**
 * Limits a session to tags with these keys, whatever their values.
 * @param keys the keys of the tags
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tagkeys
 */
export function onlySessionTags(keys: ConditionTemplate['values']): ConditionTemplate[] {
  return [
    {
      operator: 'ForAllValues:StringEquals',
      key: 'aws:TagKeys',
      values: keys,
      reason: 'only tags with these keys',
    },
    {
      operator: 'Null',
      key: 'aws:TagKeys',
      values: ['false'],
      reason: 'ForAllValues is true for a request without any tag, so there must be one',
    },
  ];
}
