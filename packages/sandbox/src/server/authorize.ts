import type { ContextValue, Request } from '@postern/core';
import { services } from '../services/services.js';
import type { Call, Check, Failure } from './call.js';
import type { CheckResult } from './log.js';
import type { Service } from './service.js';

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
  const { decide } = call.principal;
  // Which resource it is may be known to AWS alone: any of those that it may be decides.
  const any = services.flatMap(({ standsFor }) => standsFor?.(check.resource, call.principal) ?? []);
  const decisions = (any.length === 0 ? [check.resource] : any).map((resource) => decide({ ...asked, resource }));
  const decision = decisions.find((one) => one.decision === 'allowed') ?? decisions[0]!;
  return { ...check, advisory, asked, decision };
}

/**
 * The global condition keys of a request. The loopback stands for AWS's TLS endpoints, so `aws:SecureTransport` is true
 * however the sandbox was reached.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function globalContext({ principal, region, http, world }: Call): Record<string, ContextValue> {
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
    ...principal.context,
    ...(http.headers['user-agent'] === undefined ? {} : { 'aws:UserAgent': http.headers['user-agent'] }),
  };
}

/** The refusal in AWS's own words, so that what reads its messages can read ours. */
export function refusalOf({ denied: { status, code, quoted } }: Service, call: Call, check: CheckResult): Failure {
  return { status, code, message: refusalText(call, check, quoted) };
}

/** @param quoted whether the resource stands in quotation marks */
function refusalText(call: Call, { action, resource, decision }: CheckResult, quoted = false): string {
  const of = decision.byBoundary ? 'permissions boundary' : 'identity-based policy';
  const why =
    decision.decision === 'explicitDeny'
      ? `with an explicit deny in ${decision.byBoundary ? 'a' : 'an'} ${of}`
      : `because no ${of} allows the ${action} action`;
  const named = quoted ? `"${resource}"` : resource;
  return `User: ${call.principal.arn} is not authorized to perform: ${action} on resource: ${named} ${why}`;
}
