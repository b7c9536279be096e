import table from '../services/members.json' with { type: 'json' };
import type { Identified } from './call.js';

/** The members that each operation takes, read from the API models of botocore 1.43.11 (Apache-2.0). */
const known: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = table;

/**
 * Members that ask for a permission which the rules do not ask for, by their path: roles that are passed, keys of KMS,
 * policies of resources and of sessions, replicas elsewhere.
 */
const notServed: Readonly<Record<string, RegExp>> = {
  ecs: /^(?:CreateService|UpdateService)\.(?:role$|gatewayConnectors|.*(?:lifecycleHooks|advancedConfiguration|vpcLatticeConfigurations|tls)\..*(?:roleArn|kmsKey)$)/,
  ecr: /^CreateRepository\.encryptionConfiguration\.kmsKey$/,
  dynamodb:
    /KMSMasterKeyId$|^CreateTable\.(?:ResourcePolicy|GlobalTableSourceArn)|^UpdateTable\.(?:ReplicaUpdates|Global.*Witness)/,
  kms: /\.GrantTokens/,
  sts: /^AssumeRole(?:WithWebIdentity)?\.(?:Policy|PolicyArns|ProvidedContexts)\b/,
};

/** Form fields of the query protocol that are no members. */
const ofTheProtocol = /^(?:Action|Version|X-Amz-.*|AWSAccessKeyId)$/i;

/**
 * The first member of a request that its operation is not known to take, or that asks for what no rule asks for. A
 * service without a table is told by what its own rules read.
 */
export function findUnknownMember(service: string, { operation, input }: Identified): string | undefined {
  const members = Object.hasOwn(known, service) ? known[service]?.[operation] : undefined;
  if (members === undefined) return undefined;
  const odd = Object.keys(input).find((name) => {
    const [first = ''] = name.split('.');
    return !members.includes(first) && !ofTheProtocol.test(first);
  });
  if (odd !== undefined) return odd;
  const pattern = notServed[service];
  return pattern === undefined ? undefined : findPath(input, operation, pattern, 0);
}

const deepest = 20;

function findPath(value: unknown, path: string, pattern: RegExp, depth: number): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (pattern.test(path)) return path.slice(path.indexOf('.') + 1);
  if (typeof value !== 'object' || depth > deepest) return undefined;
  for (const [name, part] of Object.entries(value)) {
    const found = findPath(part, Array.isArray(value) ? path : `${path}.${name}`, pattern, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
