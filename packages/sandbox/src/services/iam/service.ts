import { ServiceError, type Call, type Operation, type Rule } from '../../server/call.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

const reference =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html';

const arn = (call: Call, resource: string) => `arn:${call.world.partition}:iam::${call.principal.account}:${resource}`;

const on = (action: string, resource: (call: Call) => string): Rule => ({
  source: reference,
  checks: (call) => [{ action, resource: resource(call) }],
});

/** A request names a role without its path, and the ARN holds it. */
function role(call: Call): string {
  const name = String(call.input['RoleName'] ?? '');
  const known = roleNamed(call, name);
  if (known !== undefined) return known.arn;
  call.world.assumed.set(
    `the role \`${name}\` is taken to have no path: \`aws iam get-role --role-name ${name}\` shows its ARN`,
    `role/${name}`,
  );
  return arn(call, `role/${name}`);
}

const roleNamed = ({ world }: Call, name: string) => [...world.roles.values()].find((one) => one.name === name);

const policy = (call: Call) => String(call.input['PolicyArn'] ?? '');

const rules: Readonly<Record<string, Rule>> = {
  GetUser: {
    source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html: without a name, the caller itself',
    checks: (call) => {
      const named = call.input['UserName'];
      const name = typeof named === 'string' ? named : call.principal.name;
      return [{ action: 'iam:GetUser', resource: arn(call, `user/${name}`) }];
    },
  },
  GetRole: on('iam:GetRole', role),
  ListRoles: on('iam:ListRoles', () => '*'),
  ListUsers: on('iam:ListUsers', () => '*'),
  ListPolicies: on('iam:ListPolicies', () => '*'),
  ListAccountAliases: on('iam:ListAccountAliases', () => '*'),
  ListRolePolicies: on('iam:ListRolePolicies', role),
  ListAttachedRolePolicies: on('iam:ListAttachedRolePolicies', role),
  GetPolicy: on('iam:GetPolicy', policy),
  GetPolicyVersion: on('iam:GetPolicyVersion', policy),
};

const unfound = (what: string): never => {
  throw new ServiceError('NoSuchEntity', `${what} cannot be found: the sandbox holds none`, 404);
};

const operations: Readonly<Record<string, Operation>> = {
  GetUser: (call) => {
    const { principal } = call;
    if (call.input['UserName'] === undefined && principal.kind === 'role')
      throw new ServiceError('ValidationError', 'Must specify userName when calling with non-User credentials');
    const name = String(call.input['UserName'] ?? principal.name);
    const User = {
      UserName: name,
      UserId: principal.userId,
      Path: '/',
      Arn: arn(call, `user/${name}`),
      CreateDate: '2026-01-01T00:00:00Z',
    };
    return { User };
  },
  GetRole: (call) => {
    const name = String(call.input['RoleName'] ?? '');
    const known = roleNamed(call, name);
    const trust = known?.trust ?? '{}';
    const Role = {
      RoleName: name,
      RoleId: 'AROAPOSTERNSANDBOX',
      Path: known?.path ?? '/',
      Arn: known?.arn ?? arn(call, `role/${name}`),
      CreateDate: '2026-01-01T00:00:00Z',
      AssumeRolePolicyDocument: encodeURIComponent(typeof trust === 'string' ? trust : JSON.stringify(trust)),
      MaxSessionDuration: known?.maxSessionDuration,
    };
    return { Role };
  },
  ListRoles: () => ({ Roles: [], IsTruncated: false }),
  ListUsers: () => ({ Users: [], IsTruncated: false }),
  ListPolicies: () => ({ Policies: [], IsTruncated: false }),
  ListAccountAliases: () => ({ AccountAliases: ['sandbox'], IsTruncated: false }),
  ListRolePolicies: () => ({ PolicyNames: [], IsTruncated: false }),
  ListAttachedRolePolicies: () => ({ AttachedPolicies: [], IsTruncated: false }),
  GetPolicy: (call) => unfound(`the policy ${policy(call)}`),
  GetPolicyVersion: (call) => unfound(`the policy ${policy(call)}`),
};

export const iam = defineService({
  name: 'iam',
  model,
  rules,
  operations,
  described,
});
