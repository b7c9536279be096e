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
function listChecks(
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

/** A request of HTTP whose operation follows from its method and address. */
export interface RequestLine {
  readonly method: string;
  readonly host: string;
  /** The path as sent, without what stands behind `?`. */
  readonly path: string;
  /** What stands behind `?`. */
  readonly question: string;
}

/** The operation that a request is, and what IAM is asked for it; undefined where the sandbox does not know it. */
function readRequest(
  service: string,
  { question, ...line }: RequestLine,
  at: AskedAt = {},
  given: Identified['input'] = {},
): { readonly operation: string; readonly checks: readonly Check[] } | undefined {
  const http = { ...line, query: new URLSearchParams(question), headers: {}, body: Buffer.alloc(0) };
  let identified;
  try {
    identified = services.find(({ name }) => name === service)?.identify(http);
  } catch {
    return undefined;
  }
  if (identified === undefined || identified.odd !== undefined) return undefined;
  const { operation, input } = identified;
  return { operation, checks: listChecks(service, operation, { ...input, ...given }, at, http) };
}

/** The services of the sandbox that have an operation of this name. */
function servicesWith(operation: string): string[] {
  return services
    .filter(({ name, rules }) => name !== 'registry' && Object.hasOwn(rules, operation))
    .map(({ name }) => name);
}

/** What the rules of the services say of requests that nobody sends: for who reads about them. */
export const rules = { listChecks, readRequest, servicesWith };
