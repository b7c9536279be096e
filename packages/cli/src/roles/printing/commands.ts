import { print, type Role, type RolePolicy } from '@postern/core';
import { lined, shellQuoted } from '../../printing/shell.js';
import { descriptionOf, type WholeRole, type WholeRoles } from '../whole-roles.js';
import { arnOf } from './account-details.js';

/** The commands of the AWS CLI that make the policies and the role, and attach them. */
export function printCommands({ roles }: WholeRoles): string {
  return roles.flatMap(commandsFor).map(lined).join('\n');
}

function commandsFor(whole: WholeRole): string[][] {
  const { role } = whole;
  const { roleName, path, maxSessionDuration, trust, policies, boundary } = role;
  return [
    ...policies.map(createPolicy),
    ...(boundary?.policy === undefined ? [] : [createPolicy(boundary.policy)]),
    [
      'aws iam create-role',
      `--role-name ${shellQuoted(roleName)}`,
      `--path ${shellQuoted(path)}`,
      `--description ${shellQuoted(descriptionOf(whole))}`,
      `--max-session-duration ${maxSessionDuration}`,
      ...(boundary === undefined ? [] : [`--permissions-boundary ${shellQuoted(boundary.arn)}`]),
      `--assume-role-policy-document ${shellQuoted(print(trust, 0))}`,
    ],
    ...policies.map((policy) => attachPolicy(role, policy)),
  ];
}

function createPolicy({ name, path, document }: RolePolicy): string[] {
  return [
    'aws iam create-policy',
    `--policy-name ${shellQuoted(name)}`,
    `--path ${shellQuoted(path)}`,
    `--policy-document ${shellQuoted(print(document, 0))}`,
  ];
}

function attachPolicy(role: Role, { name, path }: RolePolicy): string[] {
  return [
    'aws iam attach-role-policy',
    `--role-name ${shellQuoted(role.roleName)}`,
    `--policy-arn ${shellQuoted(arnOf(role, `policy${path}${name}`))}`,
  ];
}
