import { asYaml } from '../../printing/cloudformation-template.js';
import type { WholeRoles } from '../whole-roles.js';
import { detailsOf } from './account-details.js';

/** Roles as `aws iam get-account-authorization-details` has them, as YAML; whoever prints JSON does not load what writes it. */
export function printAccountDetailsYaml(generated: WholeRoles): string {
  return asYaml(detailsOf(generated));
}
