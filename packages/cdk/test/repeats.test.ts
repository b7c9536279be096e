import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Aws, Fn, Lazy, type App } from 'aws-cdk-lib/core';
import { arn as arnSlot } from '@postern/core';
import { describe, expect, test } from 'vitest';
import {
  chosen,
  CiRole,
  EksDeployPolicy,
  accountPrincipalTrust,
  ecrDockerPush,
  eksDeploy,
  UseCasePolicy,
} from '../src/index.js';
import { env, makeStack, resourcesIn, statementsOf } from './stack.js';

const arn = `arn:aws:iam::${env.account}:role/deployer`;
/** Another token each time, which nobody can tell from the others before synthesis. */
const token = (text: string) => Lazy.string({ produce: () => text });
const twice = (text: string) => [token(text), token(text)] as const;
const joined = () => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${token('deployer')}`;

describe('what two tokens turn out to say alike stands in the policy once', () => {
  test.each<[string, unknown, unknown, unknown]>([
    ['two tokens', ...twice(arn), arn],
    ['a token and a text', token(arn), arn, arn],
    [
      'a text with a token in it, and a token',
      `arn:aws:iam::${env.account}:role/${token('deployer')}`,
      token(arn),
      arn,
    ],
    ['two imported values', Fn.importValue('Role'), Fn.importValue('Role'), { 'Fn::ImportValue': 'Role' }],
  ])('%s, in two options of one statement', (_, describeRole, tokenRole, expected) => {
    const stack = makeStack({ in: env });
    new EksDeployPolicy(stack, 'P', {
      clusters: ['c'],
      describeRole: { arn: describeRole as string },
      tokenRole: { arn: tokenRole as string },
    });
    expect(JSON.parse(resourcesIn(stack, 'AssumeRoles'))).toEqual([expected]);
  });

  test('in an inline policy, and where statements are added', () => {
    const stack = makeStack({ in: env });
    const role = new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() });
    const [one, two] = twice(arn);
    const policy = new EksDeployPolicy(stack, 'P', {
      clusters: ['c'],
      describeRole: { arn: one },
      tokenRole: { arn: two },
      inline: true,
      roles: [role],
    });
    policy.inlinePolicy.addStatements(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
    expect(statementsOf(stack, 'AWS::IAM::Policy').find(({ Sid }) => Sid === 'AssumeRoles')?.Resource).toEqual([arn]);
  });

  test('in a stack of any place; what a function joins twice is left alone', () => {
    const stack = makeStack();
    new EksDeployPolicy(stack, 'P', {
      clusters: ['c'],
      describeRole: { arn: joined() },
      tokenRole: { arn: joined() },
      chartRepositories: [{ arn: Fn.join(':', ['arn:aws:ecr', 'x', 'x', 'repository/a', Aws.REGION, Aws.REGION]) }],
    });
    expect(JSON.parse(resourcesIn(stack, 'AssumeRoles'))).toEqual([
      {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/deployer']],
      },
    ]);
    const region = { Ref: 'AWS::Region' };
    expect(JSON.parse(resourcesIn(stack, 'PullCharts'))).toEqual([
      { 'Fn::Join': [':', ['arn:aws:ecr:x:x:repository/a', region, region]] },
    ]);
  });

  test('as values of a condition, and as who may call', () => {
    const [statement] = eksDeploy.statements;
    const condition = {
      operator: 'ArnLike',
      key: 'aws:PrincipalArn',
      values: [arnSlot('describeRole'), arnSlot('tokenRole')],
    };
    const stack = makeStack({ in: env });
    const [one, two] = twice(arn);
    new UseCasePolicy(
      stack,
      'P',
      { ...eksDeploy, statements: [{ ...statement!, when: undefined, conditions: [condition] }] } as never,
      { clusters: ['c'], describeRole: { arn: one }, tokenRole: { arn: two } } as never,
    );
    expect(statementsOf(stack)).toMatchObject([{ Condition: { ArnLike: { 'aws:PrincipalArn': [arn] } } }]);
  });

  test('in the permissions and the boundary of a role, with what is added to them', () => {
    const stack = makeStack({ in: env });
    const [one, two] = twice(arn);
    const role = new CiRole(stack, 'Role', {
      trust: [
        chosen(accountPrincipalTrust, { roles: [{ arn: token(arn) }] }),
        chosen(accountPrincipalTrust, { roles: [arn] }),
      ],
      permissions: [
        chosen(ecrDockerPush, { repositories: ['app'] }),
        chosen(eksDeploy, { clusters: ['c'], describeRole: { arn: one }, tokenRole: { arn: two } }),
      ],
      boundary: true,
    });
    const added = new PolicyStatement({ sid: 'Added', actions: ['sns:Publish'], resources: ['*'] });
    role.policies[0]!.addStatements(added);
    const statements = statementsOf(stack);
    expect(statements.filter(({ Sid }) => Sid === 'Added')).toHaveLength(1);
    expect(statements.filter(({ Action }) => JSON.stringify(Action) === '["sts:AssumeRole"]')).toMatchObject([
      { Resource: [arn] },
      { Resource: [arn] },
    ]);
  });

  test('what is added to the policy of a role is checked as what is added to any other', () => {
    const stack = makeStack({ in: env });
    const role = new CiRole(stack, 'Role', {
      trust: chosen(accountPrincipalTrust, { roles: [arn] }),
      permissions: [chosen(ecrDockerPush, { repositories: ['app'] })],
    });
    role.policies[0]!.addStatements(new PolicyStatement({ sid: 'LogIn', actions: ['sns:Publish'], resources: ['*'] }));
    expect(() => (stack.node.root as App).synth()).toThrow(/Sid `LogIn`, which is there already/);
  });
});
