import { account, template, type Slot, type Template } from '../../use-case/template.js';
import { vendor } from '../../use-case/evidence.js';
import type { When } from '../../use-case/predicate.js';
import type { PrincipalTemplate } from '../../use-case/trust.js';
import type { ConditionTemplate } from '../../use-case/use-case.js';

/**
 * A service of AWS that takes the role for what runs in it. Its name is the same in every partition.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function service(name: string, what: string): PrincipalTemplate {
  return { type: 'Service', values: [name], reason: `only ${what} takes the role` };
}

/** The account for which the service asks. */
export function sourceAccount(what: string): ConditionTemplate {
  return {
    operator: 'StringEquals',
    key: 'aws:SourceAccount',
    values: [template`${account}`],
    reason: `only for ${what} of this account`,
  };
}

/** The resource for which the service asks. */
export function sourceArn(
  values: readonly (Template | Slot | When<Template | Slot>)[],
  reason: string,
): ConditionTemplate {
  return { operator: 'ArnLike', key: 'aws:SourceArn', values, reason };
}

/** Why a service is asked for whom it calls. */
export const confusedDeputy = vendor(
  'IAM user guide, the confused deputy problem',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
);
