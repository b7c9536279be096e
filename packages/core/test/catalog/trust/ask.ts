import type { AwsCaller, Claims, TokenCase } from '../../../src/catalog/tokens.js';
import {
  callerOfToken,
  decide,
  partitionOfRegion,
  type Caller,
  type ContextValue,
  type PolicyDocument,
} from '../../../src/index.js';
import type { AnyTrustSample } from './entries.js';

/** Who asks, with which keys, and for what. */
export interface AskedToken {
  readonly principal: Caller;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly actions: readonly string[];
}

function isCaller(token: Claims | AwsCaller): token is AwsCaller {
  return 'principal' in token && 'context' in token;
}

/** What AWS makes of a case of a sample, in the place where its policy goes. */
export function askedBy(
  { token, options }: AnyTrustSample,
  { change = {}, principal, actions }: TokenCase,
): AskedToken {
  const kept = (all: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries({ ...all, ...change }).filter(([, value]) => value !== null));
  if (isCaller(token)) {
    return {
      principal: principal ?? token.principal,
      context: kept(token.context) as Record<string, ContextValue>,
      actions: actions ?? token.actions ?? ['sts:AssumeRole'],
    };
  }
  const claims = kept(token);
  const { account, partition, provider, region } = options as Record<string, string | undefined>;
  const [, givenPartition, , , givenAccount] = provider?.split(':') ?? [];
  const place = {
    account: givenAccount ?? account ?? '',
    partition: givenPartition ?? partition ?? partitionOfRegion.get(region ?? '') ?? 'aws',
  };
  return callerOfToken({ issuer: String(claims['iss']), claims }, place);
}

/** Whether a trust policy lets it in: it allows all that is called. */
export function letsIn(document: PolicyDocument, { principal, context, actions }: AskedToken): boolean {
  return actions.every(
    (action) => decide(document, { principal, context, action, resource: '*' }).decision === 'allowed',
  );
}
