import { isWhen, issuers as known, parse, trustEntries, type Role, type TrustEntry } from '@postern/core';
import type { FoundDocument } from '../policies/found.js';

/** Who issues the tokens that a trust policy lets in, without `https://`. */
export function issuersIn(trust: FoundDocument | undefined): string[] {
  if (trust === undefined) return [];
  const statements = parse(trust as object, { type: 'trust' }).document?.Statement ?? [];
  return statements.flatMap(({ Effect, Principal }) => {
    if (Effect !== 'Allow' || typeof Principal !== 'object') return [];
    return (Principal['Federated'] ?? []).flatMap((arn) => /:oidc-provider\/(.+)$/s.exec(arn)?.[1] ?? []);
  });
}

/**
 * Says whether an issuer is that of a CI system: one that the roles of a file are for, or one whose host a trust entry of the
 * catalog or AWS names. AWS's own issuers, such as those of EKS clusters, are none; hosts of one's own are known from the file alone.
 */
export function ciIssuers(roles: readonly Role[]): (issuer: string) => boolean {
  const own = new Set(roles.flatMap(({ trust }) => issuersIn(trust)));
  const patterns = [
    ...(trustEntries as readonly TrustEntry[]).flatMap(patternsOf),
    ...known.map(({ issuer }) => issuer),
  ];
  return (issuer) => own.has(issuer) || patterns.some((pattern) => pattern.test(issuer));
}

/** The issuers of an entry as patterns, where they begin with a host that is written out. */
function patternsOf({ issuer = [] }: TrustEntry): RegExp[] {
  return issuer.flatMap((switched) => {
    const template = isWhen(switched) ? switched.then : switched;
    const parts = typeof template === 'string' || 'slot' in template ? [template] : template;
    const source = parts.map((part) =>
      typeof part === 'string' ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : '[^/]+',
    );
    const text = source.join('');
    const isNamed = parts.some((part) => typeof part === 'string' && /[a-z0-9-]+\.[a-z]+(\/|$)/.test(part));
    return isNamed && !/amazonaws/.test(text) && !text.startsWith('[^/]+/') ? [new RegExp(`^${text}$`)] : [];
  });
}
