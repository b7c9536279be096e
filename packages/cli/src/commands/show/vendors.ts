import { compareWithVendor, type Comparison, type UseCase } from '@postern/core';

/**
 * How what vendors publish stands to the policy of a use case, in the order in which it names them. Comparing takes a large
 * part of core and always gives the same, so the executable has the answers of its build in the place of this.
 */
export function compareWithVendors(useCase: UseCase): readonly Comparison[] {
  return (useCase.vendors ?? []).map((policy) => compareWithVendor(useCase, policy));
}
