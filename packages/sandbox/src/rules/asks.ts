import { partitionOfRegion } from '@postern/core';
import { createPrincipals } from '../principals/principals.js';
import type { Call, Check, HttpRequest, Identified } from '../server/call.js';
import { services } from '../services/services.js';
import { createWorld } from '../world/world.js';

/** Where a request went, as far as it is known. */
export interface AskedAt {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

const nobody = '000000000000';

/**
 * What IAM is asked for an operation, by the rules of the sandbox; nothing where it does not know the operation.
 * @param service as IAM names it, or `registry`
 */
export function listChecks(
  service: string,
  operation: string,
  input: Identified['input'] = {},
  { account = nobody, region = 'us-east-1' }: AskedAt = {},
  http: Partial<HttpRequest> = {},
): readonly Check[] {
  const rules = services.find(({ name }) => name === service)?.rules;
  if (rules === undefined || !Object.hasOwn(rules, operation)) return [];
  const { world, principals, principal } = callerIn(account, region);
  const call: Call = {
    service,
    operation,
    input,
    region,
    principal,
    principals,
    world,
    http: {
      method: 'GET',
      host: '',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      ...http,
    },
    allows: () => false,
  };
  try {
    return rules[operation]!.checks(call);
  } catch {
    // Parameters of another shape than the operation takes: nothing follows from them.
    return [];
  }
}

const callers = new Map<string, Pick<Call, 'world' | 'principals' | 'principal'>>();

/** Somebody who may do nothing, in a world without anything; a log names few places. */
function callerIn(account: string, region: string): Pick<Call, 'world' | 'principals' | 'principal'> {
  const id = `${account}/${region}`;
  const found = callers.get(id);
  if (found !== undefined) return found;
  if (callers.size > 100) callers.clear();
  const world = createWorld({ account, region });
  const principals = createPrincipals({ account, partition: partitionOfRegion.get(region) ?? 'aws' });
  const { accessKeyId } = principals.add({ policies: [], account });
  const made = { world, principals, principal: principals.find(accessKeyId)! };
  callers.set(id, made);
  return made;
}

/** Operations that ask for each item by itself, so that no rule of the sandbox tells their action. */
const byItem: Readonly<Record<string, string>> = { 's3:DeleteObjects': 's3:DeleteObject' };

/** Services whose actions are not called as their operations: only what the rules know is known of them. */
const namedOtherwise = new Set(['s3', 's3-control', 's3express', 'apigateway', 'execute-api']);

/** The action that an operation is named after, or the first one that it asks for; undefined where it is not known. */
export function actionOf(service: string, operation: string): string | undefined {
  const checks = listChecks(service, operation);
  const known = checks.find(({ action }) => action.endsWith(`:${operation}`)) ?? checks[0];
  return (
    known?.action ??
    byItem[`${service}:${operation}`] ??
    (namedOtherwise.has(service) ? undefined : `${service}:${operation}`)
  );
}

/** The services of the sandbox that have an operation of this name. */
export function servicesWith(operation: string): string[] {
  return services
    .filter(({ name, rules }) => name !== 'registry' && Object.hasOwn(rules, operation))
    .map(({ name }) => name);
}
