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

/** KMS says that it is one of three: no such key here, a key policy that does not allow it, or one that denies it. */
const keyOrPolicy = new RegExp(spaced(' because the resource does not exist in this Region, no resource-based'));
const keyReason = 'key policy, or no such key';
const lacked = new RegExp(String.raw`^the${gap}([A-Za-z0-9-]{2,40}:[A-Za-z0-9]{1,100})${gap}action\b`);
const ofPolicy = /^:\s+(arn:[a-z-]{3,20}:[a-z]{2,20}:[^\s"'`<>,;)]{1,600}[^\s"'`<>,;).])/;

export interface DenialReason {
  readonly reason?: string;
  /** The ARN of the policy. */
  readonly policy?: string | undefined;
  /** The action that is missing: another one than was asked for where an operation needs several. */
  readonly action?: string | undefined;
}

/** The reason in a text that follows an action or a resource; nothing where it tells none. */
export function readReason(text: string): DenialReason {
  const missing = because.exec(text);
  const denied = explicitDeny.exec(text);
  if (denied !== null && (missing === null || denied.index < missing.index)) {
    const [all, kindOf] = denied;
    const [, policy] = ofPolicy.exec(text.slice(denied.index + all.length)) ?? [];
    return { reason: kindOf === undefined ? 'explicit deny' : `explicit deny in ${canonical(kindOf)}`, policy };
  }
  if (missing === null) return keyOrPolicy.test(text) ? { reason: keyReason } : {};
  const [, action] = lacked.exec(text.slice(missing.index + missing[0].length)) ?? [];
  return { reason: canonical(missing[1]!), action };
}

function canonical(text: string): string {
  const plain = text.replace(new RegExp(gap, 'g'), ' ');
  return kinds.find((one) => one.toLowerCase() === plain.toLowerCase()) ?? plain;
}

/** What CloudTrail says for the owner of an endpoint, without whether its policy denies or does not allow. */
export const refusedByEndpoint = 'refused by VPC endpoint policy';

/** What a reason means for who reads it. */
export function describeReason(reason: string): string {
  if (reason === keyReason)
    return 'KMS says only that no such key is in this Region, or that its key policy does not allow it, or denies it';
  if (reason === refusedByEndpoint)
    return `the VPC endpoint policy refuses it: the identity policy alone is not enough${whose(reason)}`;
  if (reason.startsWith('explicit deny'))
    return `there is an ${withArticle(reason)}, so more permissions do not help${whose(reason)}`;
  return reason.includes('identity-based')
    ? 'no identity policy allows it'
    : `no ${reason} allows it: the identity policy alone is not enough${whose(reason)}`;
}

const withArticle = (reason: string) =>
  reason.replace(/ in (?=[A-Za-z])/, (found) => `${found}${/ in [aeiou]/i.test(reason) ? 'an' : 'a'} `);

function whose(reason: string): string {
  if (/control policy$/.test(reason)) return '; the organization that holds the account sets it';
  if (reason.endsWith('VPC endpoint policy')) return '; it stands at the endpoint of the network the job runs in';
  if (reason.endsWith('session policy')) return '; it was given when the session was opened';
  if (reason.endsWith('permissions boundary')) return '; it is set on the role or user itself';
  if (reason.endsWith('trust policy')) return '; it stands at the role that is to be assumed';
  return reason.endsWith('resource-based policy') ? '; it stands at the resource' : '';
}
