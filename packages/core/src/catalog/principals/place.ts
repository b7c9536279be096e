import { accountForm, partitionForm, single } from '../../use-case/option.js';

/** Where the role is: IAM has no regions. */
export const rolePlace = {
  account: single(accountForm, 'The account of the role.'),
  partition: single(partitionForm, 'The partition of the role.'),
};
