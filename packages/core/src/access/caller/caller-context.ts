import { parseArn } from '../../document/arn.js';
import type { CallerText } from './caller.js';
import { withoutScheme } from './issuers.js';

/**
 * The condition keys, in lower case, that AWS fills in from who calls, with the values they then have. A key that is not
 * here is not known from the caller alone.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOfCaller(caller: CallerText): ReadonlyMap<string, string> {
  const context = new Map<string, string>();
  const arn = caller.startsWith('AWS:') ? parseArn(caller.slice(4)) : undefined;
  if (caller.startsWith('Service:')) {
    context.set('aws:principalisawsservice', 'true');
    context.set('aws:principalservicename', caller.slice('Service:'.length));
  } else if (arn !== undefined) {
    context.set('aws:principalisawsservice', 'false');
    context.set('aws:principalaccount', arn.account);
    // A session does not say the path of its role, so its `aws:PrincipalArn` is not known.
    if (arn.service === 'iam') context.set('aws:principalarn', caller.slice(4));
    const user = /^user\/(?:.*\/)?([^/]+)$/s.exec(arn.resource)?.[1];
    if (user !== undefined) context.set('aws:username', user);
  }
  return context;
}

/** Whether a request of this caller cannot have the key with the values: AWS fills it in otherwise, or not at all. */
export function contradicts(caller: CallerText, lowerCaseKey: string, values: readonly string[]): boolean {
  const known = contextOfCaller(caller).get(lowerCaseKey);
  if (known !== undefined) return values.length !== 1 || values[0]!.toLowerCase() !== known.toLowerCase();
  if (lowerCaseKey === 'aws:principalservicename') return !caller.startsWith('Service:');
  if (lowerCaseKey === 'aws:principalarn') return !values.every((value) => mayBeArnOf(caller, value));
  if (lowerCaseKey === 'aws:username') return caller.startsWith('AWS:arn:') && !caller.includes(':user/');
  const provider = /^Federated:(?:arn:[^:]*:iam::[^:]*:oidc-provider\/)?(.+)$/s.exec(caller)?.[1];
  const issuer = /^(.+\..+):[^:]+$/s.exec(lowerCaseKey)?.[1];
  return issuer !== undefined && (provider === undefined || withoutScheme(provider).toLowerCase() !== issuer);
}

function mayBeArnOf(caller: CallerText, value: string): boolean {
  const session = /^AWS:arn:([^:]*):sts::([^:]*):assumed-role\/([^/]+)\//s.exec(caller);
  if (session === null) return !caller.startsWith('AWS:arn:') && !caller.startsWith('Anonymous:');
  const [, partition, account, role] = session;
  return value.startsWith(`arn:${partition}:iam::${account}:role/`) && value.split('/').at(-1) === role;
}
