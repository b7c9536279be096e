import type { Caller } from '../access/caller/caller.js';
import type { ContextValue } from '../access/request.js';
import type { TrustEntry } from '../use-case/trust.js';
import type { OptionsOf } from '../use-case/use-case.js';

/** The claims of a token, `iss` among them. */
export type Claims = Readonly<Record<string, unknown>>;

/** Somebody with AWS credentials, or a service of AWS, and what the request has besides. */
export interface AwsCaller {
  readonly principal: Caller;
  /** What is called, all of it: `sts:AssumeRole` where nothing is said. */
  readonly actions?: readonly string[];
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** A change of a sample's token or caller: other claims, or other context; null takes one away. */
export interface TokenCase {
  readonly change?: Readonly<Record<string, unknown>>;
  /** Another caller, where it is no token. */
  readonly principal?: Caller;
  readonly actions?: readonly string[];
  readonly why: string;
}

/** The trust policy for some options, with the tokens that show it to be right. */
export interface TrustSample<Options> {
  readonly name: string;
  readonly options: Options;
  /** A token with every claim that the provider documents, or a caller: what the others are changes of. */
  readonly token: Claims | AwsCaller;
  /** Who must get in. */
  readonly honest: readonly TokenCase[];
  /** Who must not. */
  readonly hostile: readonly TokenCase[];
  /** Who should not get in and cannot be told apart by AWS: the entry says so in `widenings`. */
  readonly alike?: readonly TokenCase[];
}

/** Types the samples of a trust entry by its options. */
export function defineTokens<T extends TrustEntry>(_entry: T, samples: readonly TrustSample<OptionsOf<T>>[]) {
  return samples;
}

const tags = { 'https://aws.amazon.com/tags': { principal_tags: { Project: ['shop'] } } };
const sourceIdentity = { 'https://aws.amazon.com/source_identity': 'mfontaine' };

/** Tokens that carry more than the role takes over: refused whole. */
export const carriesMore: readonly TokenCase[] = [
  { change: tags, why: 'session tags that the role does not take over' },
  { change: sourceIdentity, why: 'a source identity that the role does not take over' },
];

/** The same tokens where the role takes both over. */
export const carriesBoth: readonly TokenCase[] = [
  { change: { ...tags, ...sourceIdentity }, why: 'session tags and a source identity, both asked for' },
];
