import { parseArn } from '../document/arn.js';
import { didYouMean, quote, type Problem } from '../document/problem.js';
import type { Place } from '../use-case/host.js';
import { partitionOfRegion, partitions, partitionsReadOn } from '../use-case/place.js';
import type { BoundaryName, RoleInput } from './role.js';

const name = /^[A-Za-z0-9+=,.@_-]+$/;
const path = /^\/([!-.0-~]+\/)*$/;

/** The shortest and the longest session that a role may have, in seconds. */
const session = { shortest: 3600, longest: 43_200 };

/**
 * What is wrong with the name, the path and the session of a role, and with the name of its boundary.
 * @param isDeferred whether a text is known only later, and so left alone
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function identityProblems(
  {
    roleName,
    path: rolePath,
    maxSessionDuration,
    boundary,
  }: Pick<RoleInput, 'roleName' | 'path' | 'maxSessionDuration' | 'boundary'>,
  isDeferred: (text: string) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  const check = (where: string, value: unknown, problemOf: (value: unknown) => string | undefined) => {
    if (value === undefined || (typeof value === 'string' && isDeferred(value))) return;
    const message = problemOf(value);
    if (message !== undefined) problems.push({ path: where, message: `${quote(value)} ${message}` });
  };
  check('roleName', roleName, (value) => nameProblem(value, 'role', 64));
  check('path', rolePath, pathProblem);
  check('maxSessionDuration', maxSessionDuration, sessionProblem);
  if (isBoundaryName(boundary)) {
    check('boundary.name', boundary.name, (value) => nameProblem(value, 'managed policy', 128));
    check('boundary.path', boundary.path, pathProblem);
  } else check('boundary', boundary, boundaryProblem);
  return problems;
}

/**
 * What is wrong with where a role is said to be: nothing is known there that could check it later.
 * @param isDeferred whether a text is known only later, and so left alone
 */
export function placeProblems(
  { account, region, partition }: Pick<RoleInput, 'account' | 'region' | 'partition'>,
  isDeferred: (text: string) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  const check = (path: string, value: unknown, problemOf: (text: string) => string | undefined) => {
    if (value === undefined || (typeof value === 'string' && isDeferred(value))) return;
    const message = typeof value === 'string' ? problemOf(value) : 'is no text: put quotation marks around it';
    if (message !== undefined) problems.push({ path, message: `${quote(value)} ${message}` });
  };
  check('account', account, (text) => (/^[0-9]{12}$/.test(text) ? undefined : 'is no AWS account id: use 12 digits'));
  check('region', region, (text) => {
    if (partitionOfRegion.has(text) || (partition !== undefined && /^[a-z]+(-[a-z]+)+-[0-9]+$/.test(text)))
      return undefined;
    const hint = didYouMean(text, partitionOfRegion.keys()) || ': a newer one needs `partition`';
    return `is no region known on ${partitionsReadOn}${hint}`;
  });
  check('partition', partition, (text) => {
    const its = region === undefined ? undefined : partitionOfRegion.get(region);
    if (its !== undefined && its !== text) return `is not the partition of ${quote(region)}: leave it out`;
    if (Object.hasOwn(partitions, text)) return undefined;
    return `is no partition known on ${partitionsReadOn}${didYouMean(text, Object.keys(partitions)) || ': use `aws`'}`;
  });
  return problems;
}

/** Whether a boundary is to be made, and what it is to be called is said. */
export function isBoundaryName(boundary: RoleInput['boundary']): boundary is BoundaryName {
  return typeof boundary === 'object' && boundary !== null && !Array.isArray(boundary);
}

function nameProblem(value: unknown, what: string, longest: number): string | undefined {
  if (typeof value !== 'string') return `is no name of a ${what}: write a text`;
  if (value.startsWith('arn:')) return `is an ARN: write the name of the ${what} alone, behind the last slash`;
  if (value.includes('/')) return 'holds a slash: write what stands before the name under `path`';
  if (/[*?]/.test(value)) return `holds a wildcard, and a ${what} has one name: write it in full`;
  if (value.length > longest)
    return `has ${value.length} characters, and the name of a ${what} at most ${longest}: shorten it`;
  return name.test(value) ? undefined : `is no name of a ${what}: use letters, digits and \`+=,.@_-\``;
}

function pathProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is no path: write a text such as `/ci/`';
  if (/[*?]/.test(value)) return 'holds a wildcard, and a path is one: write it in full';
  if (value.length > 512) return `has ${value.length} characters, and a path at most 512: shorten it`;
  return path.test(value) ? undefined : 'is no path: begin and end it with a slash, such as `/ci/`';
}

function sessionProblem(value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'is no number of seconds: write one such as `3600`';
  if (value >= session.shortest && value <= session.longest) return undefined;
  return `is no length of a session: give ${session.shortest} to ${session.longest} seconds`;
}

function boundaryProblem(value: unknown): string | undefined {
  if (typeof value === 'boolean') return undefined;
  const next = 'give the ARN of a managed policy, or `true` to have one made';
  if (typeof value !== 'string') return `is no permissions boundary: ${next}`;
  const arn = parseArn(value);
  const isPolicy = arn?.service === 'iam' && arn.resource.startsWith('policy/') && arn.region === '';
  if (!isPolicy) return `is no ARN of a managed policy: ${next}`;
  if (/[*?]/.test(value)) return 'holds a wildcard, and a boundary is one policy: write its ARN in full';
  return undefined;
}

/**
 * What is wrong with an ARN that belongs to the role, such as that of its boundary: it is in another account or partition.
 * @param known parts of the place that are known; a part that is not is compared with nothing
 */
export function elsewhereProblem(text: string, known: Partial<Place>, what: string): string | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const parts = [
    ['account', arn.account, known.account],
    ['partition', arn.partition, known.partition],
  ] as const;
  for (const [part, its, own] of parts) {
    // Policies that AWS keeps have `aws` for an account, and every account has them.
    if (own === undefined || its === '' || its === own || (part === 'account' && its === 'aws')) continue;
    return `${quote(text)} is in the ${part} ${quote(its)} and the role in ${quote(own)}: ${what} of the same ${part}`;
  }
  return undefined;
}
