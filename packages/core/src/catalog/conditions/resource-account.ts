import { given } from '../../use-case/predicate.js';
import { text } from '../../use-case/template.js';
import type { ConditionTemplate } from '../../use-case/use-case.js';

/** Limits buckets to those of the account in the option `resourceAccount`, where it is given: an ARN of S3 names none. */
export const inResourceAccount: ConditionTemplate = {
  operator: 'StringEquals',
  key: 'aws:ResourceAccount',
  values: [text('resourceAccount')],
  when: given('resourceAccount'),
  reason: 'a bucket of the same name in another account is not used, should the own one be deleted',
};
