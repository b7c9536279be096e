import { parseArn } from '../document/arn.js';
import type { PolicyDocument } from '../document/document.js';
import { withoutScheme } from '../access/caller/issuers.js';
import type { RolePlace } from '../access/caller/web-identity.js';

/** What is said of the role, as far as it is. */
export interface KnownRole {
  readonly account?: string | undefined;
  readonly partition?: string | undefined;
  readonly role?: string | undefined;
}

/** Every text of a document's `Federated` principals. */
export function federatedIn({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Principal }) => (typeof Principal === 'object' ? (Principal['Federated'] ?? []) : []));
}

/** The issuer that the ARN of a provider is for, without its scheme; undefined for what is no OIDC provider. */
export function issuerOfProvider(federated: string): string | undefined {
  const resource = parseArn(federated)?.resource;
  if (resource === undefined) return /^arn:/.test(federated) ? undefined : federated;
  return /^oidc-provider\/(.+)$/s.exec(resource)?.[1];
}

/** Where the role is: as it is said, else where the policy's own provider of the issuer is, else any of its providers. */
export function placeOfRole(document: PolicyDocument, issuer: string, known: KnownRole): RolePlace {
  const said = known.role === undefined ? undefined : parseArn(known.role);
  const arns = federatedIn(document).flatMap((text) => {
    const arn = parseArn(text);
    return arn !== undefined && /^\d{12}$/.test(arn.account) ? [{ arn, issuer: issuerOfProvider(text) }] : [];
  });
  const found = (arns.find((one) => one.issuer === withoutScheme(issuer)) ?? arns[0])?.arn;
  return {
    account: known.account ?? said?.account ?? found?.account ?? '111122223333',
    partition: known.partition ?? said?.partition ?? found?.partition ?? 'aws',
    ...(known.role !== undefined && { role: known.role }),
  };
}
