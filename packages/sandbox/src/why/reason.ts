/**
 * The kinds of policies that AWS names in its messages.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const kinds = [
  'identity-based policy',
  'resource-based policy',
  'service control policy',
  'resource control policy',
  'permissions boundary',
  'session policy',
  'VPC endpoint policy',
  'role trust policy',
];

const gap = String.raw`(?:\s|\\+[nrt])+`;
const spaced = (text: string) => text.replaceAll(' ', gap);
const kind = String.raw`([A-Za-z][A-Za-z-]*(?:${gap}[A-Za-z-]+){0,4}?)`;

/** What ends a resource: the words about why. */
export const because = new RegExp(
  String.raw`${gap}${spaced('because (?:no|the|a|an) ')}${kind}${spaced(' (?:allows|denies|does not allow) ')}`,
);
export const explicitDeny = new RegExp(
  String.raw`${gap}${spaced('with an explicit deny')}(?:${spaced(' in (?:a|an|the) ')}([A-Za-z][A-Za-z-]*(?:${gap}[A-Za-z-]+){0,3}?${gap}(?:policy|boundary)))?`,
);

/** The reason in a text that follows an action or a resource; undefined where it tells none. */
export function readReason(text: string): string | undefined {
  const missing = because.exec(text);
  const denied = explicitDeny.exec(text);
  if (denied !== null && (missing === null || denied.index < missing.index))
    return denied[1] === undefined ? 'explicit deny' : `explicit deny in ${canonical(denied[1])}`;
  return missing === null ? undefined : canonical(missing[1]!);
}

function canonical(text: string): string {
  const plain = text.replace(new RegExp(gap, 'g'), ' ');
  return kinds.find((one) => one.toLowerCase() === plain.toLowerCase()) ?? plain;
}

/** What a reason means for who reads it. */
export function describeReason(reason: string): string {
  if (reason.startsWith('explicit deny'))
    return `there is an ${reason}, so more permissions do not help${whose(reason)}`;
  return reason.includes('identity-based')
    ? 'no identity policy allows it'
    : `no ${reason} allows it: the identity policy alone is not enough${whose(reason)}`;
}

function whose(reason: string): string {
  if (/control policy$/.test(reason)) return '; the organization that holds the account sets it';
  if (reason.endsWith('VPC endpoint policy')) return '; it stands at the endpoint of the network the job runs in';
  if (reason.endsWith('session policy')) return '; it was given when the session was opened';
  if (reason.endsWith('permissions boundary')) return '; it is set on the role or user itself';
  if (reason.endsWith('trust policy')) return '; it stands at the role that is to be assumed';
  return reason.endsWith('resource-based policy') ? '; it stands at the resource' : '';
}
