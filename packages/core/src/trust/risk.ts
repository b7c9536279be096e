import type { WebIdentity } from '../access/caller/web-identity.js';
import type { Statement } from '../document/document.js';
import type { Test } from './probe.js';

/** What a trust policy lets in that it should not, or asks for in vain, by its code. */
export interface TrustRisk {
  /** `T01` to `T23`. */
  readonly code: string;
  /** Where, such as `Statement[0].Condition.StringLike.KEY`. */
  readonly path: string;
  /** Who gets in, or what does not work: no capital, no full stop. */
  readonly what: string;
  readonly instead: string;
  /** Whether it is about who the customer is, where that makes it worse. */
  readonly onTenancy?: boolean;
  /** A token that is let in and should not be, made up and confirmed by `decide`. */
  readonly token?: WebIdentity;
  /** What the request has besides, where the policy asks for it. */
  readonly context?: Readonly<Record<string, string>>;
}

/** The identity providers that a statement names. */
export function federatedOf({ Principal }: Statement): readonly string[] {
  return typeof Principal === 'object' ? (Principal['Federated'] ?? []) : [];
}

/** Whether a test is of a key that a token brings. */
export const isIssuerKey = ({ prefix }: Test): boolean => prefix.includes('.');
