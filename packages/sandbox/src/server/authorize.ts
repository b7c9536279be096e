import type { Request } from '@postern/core';
import type { Call, Check, Failure, Service } from './call.js';
import { unresolved } from '../services/kms/key-names.js';
import type { CheckResult } from './log.js';

/**
 * Asks IAM whether the caller may do one thing.
 * @param advisory whether a refusal only changes the answer
 */
export function decideCheck(call: Call, check: Check, advisory: boolean): CheckResult {
  const asked: Request = {
    action: check.action,
    resource: check.resource,
    context: { ...globalContext(call), ...check.context },
  };
  const { decide, keys } = call.principal;
  if (!unresolved.test(check.resource)) return { ...check, advisory, asked, decision: decide(asked) };
  // Which key an alias stands for is not known: any key that the policies name may be the one, or any other.
  const other = `${check.resource.slice(0, check.resource.indexOf(':alias/'))}:key/${anyKey}`;
  const decisions = [...keys, other].map((resource) => decide({ ...asked, resource }));
  const decision = decisions.find((one) => one.decision === 'allowed') ?? decisions[0]!;
  return { ...check, advisory, asked, decision };
}

const anyKey = '00000000-0000-0000-0000-000000000000';

/**
 * The global condition keys of a request. The loopback stands for AWS's TLS endpoints, so `aws:SecureTransport` is true
 * however the sandbox was reached.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function globalContext({ principal, region, http, world }: Call): Record<string, string> {
  return {
    'aws:PrincipalArn': principal.principalArn,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalType': principal.kind === 'user' ? 'User' : 'AssumedRole',
    'aws:userid': principal.userId,
    ...(principal.kind === 'user' ? { 'aws:username': principal.name } : {}),
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': world.account,
    'aws:SourceIp': '127.0.0.1',
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    'aws:CurrentTime': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'aws:EpochTime': String(Math.floor(Date.now() / 1000)),
    ...(http.headers['user-agent'] === undefined ? {} : { 'aws:UserAgent': http.headers['user-agent'] }),
  };
}

/** The refusal in AWS's own words, so that what reads its messages can read ours. */
export function refusalOf(service: Service, call: Call, { action, resource, decision }: CheckResult): Failure {
  const why =
    decision.decision === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const named = service.name === 's3' ? `"${resource}"` : resource;
  return {
    ...service.denied,
    message: `User: ${call.principal.arn} is not authorized to perform: ${action} on resource: ${named} ${why}`,
  };
}
