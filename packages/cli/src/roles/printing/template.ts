import type { RolePolicy } from '@postern/core';
import { asYaml, substituted } from '../../printing/cloudformation-template.js';
import { mapTexts } from '../../printing/symbolic-place.js';
import type { TemplateMembers } from './by-environment.js';
import { stackSetOf } from './stack-set.js';
import { descriptionOf, type WholeRole, type WholeRoles } from '../whole-roles.js';

/** A CloudFormation template with the roles and their managed policies, as JSON. */
export function printTemplateJson(generated: WholeRoles): string {
  return `${JSON.stringify(templateOf(generated), null, 2)}\n`;
}

/** The same as YAML. */
export function printTemplateYaml(generated: WholeRoles): string {
  return asYaml(templateOf(generated));
}

/** One template for several environments, as JSON. */
export function printStackSetJson(byEnvironment: ReadonlyMap<string, WholeRoles>): string {
  return `${JSON.stringify(stackSetFor(byEnvironment), null, 2)}\n`;
}

/** The same as YAML. */
export function printStackSetYaml(byEnvironment: ReadonlyMap<string, WholeRoles>): string {
  return asYaml(stackSetFor(byEnvironment));
}

function stackSetFor(byEnvironment: ReadonlyMap<string, WholeRoles>): object {
  return stackSetOf(
    [...byEnvironment].map(([name, whole]) => ({
      name,
      place: whole.roles[0]?.role.place ?? {},
      template: templateOf(whole) as TemplateMembers,
    })),
  );
}

function templateOf({ roles }: WholeRoles): object {
  const outputs = roles.map(({ role, suffix }) => [
    `${suffix}RoleArn`,
    {
      Description: `The ARN of the role ${role.roleName}.`,
      Value: { 'Fn::GetAtt': [`${suffix}Role`, 'Arn'] },
    },
  ]);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: described(roles),
    Resources: Object.assign({}, ...roles.map(resourcesOf)) as object,
    Outputs: Object.fromEntries(outputs) as object,
  };
}

/** The description of a template has at most 1,024 bytes. */
function described(roles: readonly WholeRole[]): string {
  const names = roles.map(({ role }) => role.roleName).join(' and ');
  return names.length > 900 ? `${roles.length} roles of CI jobs` : `${names}: roles of CI jobs`;
}

function resourcesOf(whole: WholeRole): object {
  const { role, suffix } = whole;
  const { roleName, path, maxSessionDuration, trust, policies, boundary } = role;
  const ids = policies.map((_, index) => `${suffix}Policy${index === 0 ? '' : index + 1}`);
  const [ownBoundary, boundaryId] = [boundary?.policy, `${suffix}Boundary`];
  return {
    [`${suffix}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: roleName,
        Path: path,
        Description: descriptionOf(whole),
        MaxSessionDuration: maxSessionDuration,
        AssumeRolePolicyDocument: mapTexts(trust, substituted),
        ManagedPolicyArns: ids.map((id) => ({ Ref: id })),
        ...(boundary === undefined
          ? {}
          : { PermissionsBoundary: ownBoundary === undefined ? boundary.arn : { Ref: boundaryId } }),
      },
    },
    ...Object.fromEntries(policies.map((policy, index) => [ids[index]!, policyResource(policy)])),
    ...(ownBoundary === undefined ? {} : { [boundaryId]: policyResource(ownBoundary) }),
  };
}

function policyResource({ name, path, document }: RolePolicy): object {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: name, Path: path, PolicyDocument: mapTexts(document, substituted) },
  };
}
