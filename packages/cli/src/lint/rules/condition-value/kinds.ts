import { findNearest, isInRange, quote, readRange } from '@postern/core';
import { accountProblem, regionProblem, type LevelledProblem } from '../../places.js';
import { knownPrincipals } from './principals.js';

const accountKeys =
  /^(aws:(source|principal|resource|vpce)account|aws:sourceowner|[a-z0-9-]+:(calleraccount|resourceaccount))$/;
const regionKeys = /^(aws:requestedregion|ec2:region)$/;
const principalKeys =
  /^(iam:passedtoservice|iam:awsservicename|sts:awsservicename|aws:principalservicename|aws:calledvia(first|last)?)$/;
const idKeys: readonly (readonly [RegExp, string])[] = [
  [/^aws:sourcevpc$/, 'vpc'],
  [/^aws:sourcevpce$/, 'vpce'],
  [/^aws:(principal|resource|source)orgid$/, 'o'],
];

/**
 * What is wrong with a value for what the key holds: an account, a region, a service principal, the id of a VPC, an
 * organization or an endpoint. Values with wildcards or variables are looked at as far as they are literal.
 */
export function kindProblem(key: string, value: string): LevelledProblem | undefined {
  const name = key.toLowerCase();
  if (value === '' || /\$\{/.test(value) || /^\*+$/.test(value)) return undefined;
  if (accountKeys.test(name)) return /^[a-z]/.test(value) ? notAccount(value) : accountProblem(value);
  if (regionKeys.test(name)) return regionProblem(value);
  if (principalKeys.test(name)) return principalProblem(value);
  const id = idKeys.find(([keys]) => keys.test(name))?.[1];
  if (id !== undefined && !/[*?]/.test(value) && !new RegExp(`^${id}-[a-z0-9]+$`).test(value)) {
    return {
      what: `${quote(value)} is no id of its kind`,
      instead: `write one that begins with \`${id}-\``,
      level: 'error',
    };
  }
  return undefined;
}

function notAccount(value: string): LevelledProblem {
  return { what: `${quote(value)} is no account`, instead: 'write 12 digits', level: 'error' };
}

/** The name of a service, as roles trust it: `ecs-tasks.amazonaws.com`. */
function principalProblem(value: string): LevelledProblem | undefined {
  if (/[*?]/.test(value)) return undefined;
  const match =
    /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.(amazonaws\.(?:com|com\.cn|eu)|amazon\.com|aws\.internal|[a-z0-9.]*\.gov|csp\.hci\.ic\.gov)$/.exec(
      value,
    );
  if (match === null) {
    const [start = ''] = value.toLowerCase().split('.');
    const example = knownPrincipals.has(start) ? `${start}.amazonaws.com` : 'ecs-tasks.amazonaws.com';
    return {
      what: `${quote(value)} is no service principal`,
      instead: `write it as ${quote(example)}`,
      level: 'error',
    };
  }
  const name = match[1]!;
  // A region may stand between the name and the domain.
  if (knownPrincipals.has(name) || knownPrincipals.has(name.replace(/\.[a-z]{2,4}(-[a-z]+)+-\d+$/, '')))
    return undefined;
  const near = name.length < 4 ? undefined : findNearest(name, knownPrincipals);
  return near === undefined
    ? { what: `${quote(value)} is no service principal that postern knows`, instead: 'check it', level: 'note' }
    : {
        what: `${quote(value)} is no service principal that postern knows`,
        instead: `did you mean ${quote(`${near}.${match[2]}`)}?`,
        level: 'warning',
      };
}

const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].map((text) => readRange(text)!);

/** Whether every address of a range is private, so that `aws:SourceIp`, which is a public address, is never in it. */
export function isPrivate(text: string): boolean {
  const range = readRange(text);
  return (
    range !== undefined && privateRanges.some((one) => range.prefix >= one.prefix && isInRange(range.address, one))
  );
}
