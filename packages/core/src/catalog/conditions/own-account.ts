import { account } from '../../use-case/template.js';
import type { ConditionTemplate } from '../../use-case/use-case.js';

/**
 * Limits a statement to resources that the account owns: names such as a bucket's can be taken by anybody.
 * @param what the resource in words: "a bucket"
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
export function onlyOwnAccount(what: string): ConditionTemplate[] {
  return [
    {
      operator: 'StringEquals',
      key: 'aws:ResourceAccount',
      values: [account],
      reason: `${what} of this name may belong to another account, which would see what is written and choose what is read`,
    },
  ];
}
