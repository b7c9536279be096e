import type { Role } from '@postern/core';
import type { WholeRoles } from '../whole-roles.js';

/** Roles as `aws iam get-account-authorization-details` has them, which the linter and `diff` read. */
export function printAccountDetails(generated: WholeRoles): string {
  return `${JSON.stringify(detailsOf(generated), null, 2)}\n`;
}

/** The same as a value. */
export function detailsOf({ roles }: WholeRoles): object {
  return {
    RoleDetailList: roles.map(({ role }) => roleDetail(role)),
    Policies: roles.flatMap(({ role }) => {
      const boundary = role.boundary?.policy;
      return [...role.policies, ...(boundary === undefined ? [] : [boundary])].map(({ name, path, document }) => ({
        PolicyName: name,
        Path: path,
        Arn: arnOf(role, `policy${path}${name}`),
        DefaultVersionId: 'v1',
        PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document }],
      }));
    }),
  };
}

function roleDetail(role: Role): object {
  const { roleName, path, maxSessionDuration, trust, policies, boundary } = role;
  return {
    RoleName: roleName,
    Path: path,
    Arn: arnOf(role, `role${path}${roleName}`),
    MaxSessionDuration: maxSessionDuration,
    AssumeRolePolicyDocument: trust,
    RolePolicyList: [],
    AttachedManagedPolicies: policies.map(({ name, path: itsPath }) => ({
      PolicyName: name,
      PolicyArn: arnOf(role, `policy${itsPath}${name}`),
    })),
    ...(boundary === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary.arn } }),
  };
}

/** The ARN of something that belongs to the role. */
export function arnOf({ place }: Role, resource: string): string {
  return `arn:${place.partition}:iam::${place.account}:${resource}`;
}
