import { given } from '../../use-case/predicate.js';
import { account, text } from '../../use-case/template.js';
import type { ConditionTemplate } from '../../use-case/use-case.js';

/** Limits buckets to those of the account in the option `resourceAccount`, where it is given: an ARN of S3 names none. */
export const inResourceAccount: ConditionTemplate = {
  operator: 'StringEquals',
  key: 'aws:ResourceAccount',
  values: [text('resourceAccount')],
  when: given('resourceAccount'),
  reason: 'a bucket of the same name in another account is not used, should the own one be deleted',
};

/**
 * Limits a bucket whose name follows from others to the account: anybody may have made a bucket of that name before.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
export const inOwnAccount: ConditionTemplate = {
  operator: 'StringEquals',
  key: 'aws:ResourceAccount',
  values: [account],
  reason:
    'a bucket of this name may belong to another account, which would see what is written and choose what is read',
};

/** What a use case says of its buckets where nothing limits them to an account. */
export const bucketsOfAnyAccount =
  'No condition holds the account of a bucket that is named: should it be deleted, one of the same name in another account is used instead.';
