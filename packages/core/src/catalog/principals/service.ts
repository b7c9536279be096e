import type { PrincipalTemplate } from '../../use-case/trust.js';

/**
 * A service of AWS that takes the role for what runs in it. Its name is the same in every partition.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function service(name: string, what: string): PrincipalTemplate {
  return { type: 'Service', values: [name], reason: `only ${what} takes the role` };
}
