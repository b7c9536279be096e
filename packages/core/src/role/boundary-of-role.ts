import type { PolicyDocument } from '../document/document.js';
import { boundaryOf } from '../use-case/boundary.js';
import type { Concealed } from './concealed.js';
import { isBoundaryName } from './identity.js';
import type { Role, RoleBoundary, RoleInput } from './role.js';

/**
 * The permissions boundary of a role, as it is asked for: one that is there, or one that contains the permissions and denies
 * changing itself.
 * @param role what is known of it so far
 * @param permissions all that it may do, concealed
 * @throws {RangeError} where the boundary is larger than a managed policy may be, or nothing tells where it is
 */
export function boundaryOfRole(
  { boundary }: Pick<RoleInput, 'boundary'>,
  role: Role,
  permissions: PolicyDocument,
  { conceal, reveal }: Concealed,
): RoleBoundary | undefined {
  if (boundary === undefined || boundary === false) return undefined;
  if (typeof boundary === 'string') return { arn: boundary };
  const { name = `${role.roleName}-boundary`, path = role.path } = isBoundaryName(boundary) ? boundary : {};
  const { account, partition } = role.place;
  if (account === undefined || partition === undefined) {
    throw new RangeError(
      'the boundary needs to know where the role is: give its `account`, and its `region` or `partition`',
    );
  }
  const arn = `arn:${partition}:iam::${account}:policy${path}${name}`;
  return { arn, policy: { name, path, document: reveal(boundaryOf(permissions, conceal(arn))) } };
}
