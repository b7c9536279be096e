import type { ConditionTemplate } from '../../use-case/use-case.js';

/**
 * Limits a statement to items of a table that may be shared.
 * @param values the partition keys of the items
 * @param what the items in words: "the lock of these states"
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function onlyItems(values: ConditionTemplate['values'], what: string): ConditionTemplate[] {
  return [
    {
      operator: { exact: 'ForAllValues:StringEquals', wildcards: 'ForAllValues:StringLike' },
      key: 'dynamodb:LeadingKeys',
      values,
      reason: `only ${what}, in a table that may be shared`,
    },
    {
      operator: 'Null',
      key: 'dynamodb:LeadingKeys',
      values: ['false'],
      reason: 'ForAllValues is true for a request without any key, so the key must be there',
    },
  ];
}
