/** A domain as Route 53 answers it: in lower case, with a dot at its end. */
export function domainOf(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/**
 * What Route 53 sorts domains by: their labels from the last to the first.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html
 */
export const sortKeyOf = (domain: string): string => domain.slice(0, -1).split('.').reverse().join('.').concat('.');
