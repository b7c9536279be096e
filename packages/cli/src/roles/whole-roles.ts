import type { PolicyDocument, Role } from '@postern/core';
import type { GivenEntry } from './given-role.js';

/** Roles to print: one, or one that plans and one that applies. */
export interface WholeRoles {
  readonly roles: readonly WholeRole[];
  /** Where plan and apply are apart: the use cases that both have, for programs, which name them once. */
  readonly pair: { readonly roleName: string; readonly shared: readonly GivenEntry[] } | undefined;
  /** The settings of the role, or of both, as they were given. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A role with what it was made of. */
export interface WholeRole {
  readonly role: Role;
  readonly trust: readonly GivenEntry[];
  /** Without what both roles of a pair have. */
  readonly permissions: readonly GivenEntry[];
  /** What tells its resources from those of the others, in letters and digits: nothing where there is one. */
  readonly suffix: string;
}

/** Every document of the roles. */
export function documentsIn({ roles }: WholeRoles): PolicyDocument[] {
  return roles.flatMap(({ role }) => [
    role.trust,
    ...role.policies.map(({ document }) => document),
    ...(role.boundary?.policy === undefined ? [] : [role.boundary.policy.document]),
  ]);
}

/** What is said of a role where somebody reads it. */
export function descriptionOf({ trust }: WholeRole): string {
  return `For: ${trust.map(({ entry }) => entry.title).join(', ')}`;
}
