import { size, type Host, type Role } from '@postern/core';
import { describeParts } from '../documents/parts.js';
import { writeLine, type Io } from '../io.js';
import { isSymbolic, piecesOf, symbolicPlace, typicalDocument } from '../printing/symbolic-place.js';
import type { WholeRoles } from './whole-roles.js';

/** What is not given of the place is open, and left to the format. */
export const openPlace: Host = { ...symbolicPlace, deferred: isSymbolic, pieces: piecesOf };

/** How large the documents of a role are, in lines. */
export function sizesOf({ roleName, trust, policies, boundary }: Role): string[] {
  const typical = policies.map(({ document }) => typicalDocument(document));
  const boundarySize =
    boundary?.policy === undefined ? '' : `, boundary ${size(typicalDocument(boundary.policy.document))}`;
  return [
    `${roleName}: ${describeParts(typical)}`,
    `${roleName}: trust policy ${size(typicalDocument(trust))} characters${boundarySize}`,
  ];
}

/** Says how large the documents of a role are. */
export function describeRole(role: Role, io: Io): void {
  for (const line of sizesOf(role)) writeLine(io.stderr, line);
}

/** The identity providers that the account needs. The programs for CDK make the provider of the stack. */
export function providerNotes({ roles }: Pick<WholeRoles, 'roles'>, format: string): string[] {
  if (format === 'cdk') return [];
  const providers = roles.flatMap(({ role: one }) =>
    one.trust.Statement.flatMap(({ Principal, Condition }) => {
      const federated = typeof Principal === 'object' ? (Principal['Federated'] ?? []) : [];
      const issuers = federated.flatMap((arn) => /:oidc-provider\/(.+)$/s.exec(arn)?.[1] ?? []);
      return issuers.map((issuer) => {
        const audiences = Condition?.['StringEquals']?.[`${issuer}:aud`] ?? [];
        return `the account needs the identity provider of ${issuer}, once: \`aws iam create-open-id-connect-provider --url https://${issuer} --client-id-list ${audiences.join(' ')}\``;
      });
    }),
  );
  return [...new Set(providers)];
}
