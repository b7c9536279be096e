import { parseArn } from '../document/arn.js';
import type { PolicyDocument } from '../document/document.js';
import { quote } from '../document/problem.js';
import { withoutScheme } from '../access/caller/issuers.js';
import type { WebIdentity, WebIdentityCaller } from '../access/caller/web-identity.js';
import type { TrustExplanation } from './explain.js';
import { federatedIn, issuerOfProvider } from './place.js';

/** Says why no statement is for the provider of the token. */
export function explainPrincipal(
  document: PolicyDocument,
  { principal }: WebIdentityCaller,
  token: WebIdentity,
): TrustExplanation {
  const issuer = withoutScheme(token.issuer);
  const own = typeof principal === 'object' ? (Object.values(principal)[0] ?? '') : '';
  const named = federatedIn(document);
  if (named.length === 0) {
    const types = [
      ...new Set(
        document.Statement.flatMap(({ Principal }) => (typeof Principal === 'object' ? Object.keys(Principal) : [])),
      ),
    ];
    const says = `no statement is for a web identity: the policy names ${types.map((type) => `\`${type}\``).join(', ') || 'nobody'} principals, which assume the role by AssumeRole and with credentials of their own, not with a token`;
    return { cause: 'no web identity', says };
  }
  const wants = `the policy is for ${named.slice(0, 4).map(quote).join(', ')}, and the provider of the token (issuer ${quote(token.issuer)}) is ${quote(own)}`;
  const hint = named.map((text) => hintFor(text, own, issuer)).find((text) => text !== undefined);
  return { cause: 'provider', says: hint === undefined ? wants : `${hint}: ${wants}` };
}

function hintFor(text: string, own: string, issuer: string): string | undefined {
  const found = issuerOfProvider(text);
  const arn = parseArn(text);
  if (arn === undefined && found === issuer)
    return `${quote(text)} is a host alone, and a provider is named by its ARN`;
  if (found === undefined) return arn === undefined ? undefined : `${quote(text)} is no OpenID Connect provider`;
  const ownArn = parseArn(own);
  if (found === issuer && arn !== undefined && ownArn !== undefined) {
    if (arn.account !== ownArn.account)
      return `the provider is in another account (${quote(arn.account)}) than the role`;
    if (arn.partition !== ownArn.partition)
      return `the provider is in another partition (${quote(arn.partition)}) than the role`;
  }
  if (/^https?:\/\//.test(found)) return 'the ARN of a provider has no scheme';
  if (found.replace(/\/$/, '') === issuer.replace(/\/$/, '')) {
    return `the issuer ${issuer.endsWith('/') ? 'ends in a slash and the policy leaves it out' : 'has no slash at its end and the policy has one'}`;
  }
  if (found.startsWith(`${issuer}/`) || issuer.startsWith(`${found}/`)) {
    return 'the issuer of an enterprise or organization has its name behind the host, and only one of the two has it';
  }
  return found.toLowerCase() === issuer.toLowerCase() ? 'the two differ only in letter case' : undefined;
}
