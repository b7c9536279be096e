import {
  callerOfToken,
  decide,
  partitions,
  type AwsCaller,
  type Caller,
  type Claims,
  type ContextValue,
  type OptionsOf,
  type PolicyDocument,
  type TokenCase,
  type TrustEntry,
  type TrustSample,
} from '@postern/core';

/** A sample of any trust entry. */
export type AnyTrustSample = TrustSample<OptionsOf<TrustEntry>>;

/** Who asks in one case of a sample. */
export type TrustAsking =
  | { readonly claims: Claims }
  | {
      readonly principal: Caller;
      readonly context: Readonly<Record<string, ContextValue>>;
      readonly actions: readonly string[];
    };

function isCaller(token: Claims | AwsCaller): token is AwsCaller {
  return 'principal' in token && 'context' in token;
}

/** What a case asks with: the claims of its token, or its caller. */
export function askingOf({ token }: AnyTrustSample, { change = {}, principal, actions }: TokenCase): TrustAsking {
  const kept = (all: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries({ ...all, ...change }).filter(([, value]) => value !== null));
  if (!isCaller(token)) return { claims: kept(token) };
  return {
    principal: principal ?? token.principal,
    context: kept(token.context) as Record<string, ContextValue>,
    actions: actions ?? token.actions ?? ['sts:AssumeRole'],
  };
}

/** Where the role of a sample is. */
export interface SamplePlace {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

/** Where the role is: where the options, or the provider in them, say that tokens are taken; AWS callers come from elsewhere. */
export function placeOf({ token, options }: AnyTrustSample): SamplePlace {
  const given = options as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : undefined);
  const [, ofProvider, , , accountOfProvider] = text('provider')?.split(':') ?? [];
  const partition = ofProvider ?? text('partition') ?? 'aws';
  const own = '123456789012';
  return {
    account: isCaller(token) ? own : (accountOfProvider ?? text('account') ?? own),
    partition,
    region: text('region') ?? partitions[partition]?.regions[0] ?? 'eu-west-1',
  };
}

/** Whether a trust policy lets a case in, as core decides it. */
export function isLetIn(document: PolicyDocument, sample: AnyTrustSample, one: TokenCase): boolean {
  if (document.Statement.length === 0) return false;
  const asking = askingOf(sample, one);
  const { principal, context, actions } =
    'claims' in asking
      ? callerOfToken({ issuer: String(asking.claims['iss']), claims: asking.claims }, placeOf(sample))
      : asking;
  return actions.every(
    (action) => decide(document, { principal, context, action, resource: '*' }).decision === 'allowed',
  );
}
