import { Duration, Fn, type Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  CfnOIDCProvider,
  ManagedPolicy,
  OpenIdConnectProvider,
  PolicyStatement,
  Role,
  ServicePrincipal,
  type IRole,
} from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { build, compare, ecrDockerPush, ecrImagePull, githubActionsTrust, terraformRemoteStateS3 } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { chosen, CiRole, CiRolePair, type CiRoleProps } from '../src/index.js';
import { env, makeStack } from './stack.js';

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

function resourcesOf(stack: Stack, type: string): Resources[string][] {
  return Object.values(Template.fromStack(stack).toJSON()['Resources'] as Resources).filter((one) => one.Type === type);
}

const shop = { owner: 'acme', ownerId: '41000001', repository: 'shop', repositoryId: '712000001' };
const production = chosen(githubActionsTrust, { ...shop, environments: ['production'] });
const planners = [
  chosen(githubActionsTrust, { ...shop, branches: ['main'] }),
  chosen(githubActionsTrust, { ...shop, pullRequests: true, access: 'read' }),
];
const props: CiRoleProps = { trust: production, permissions: [chosen(ecrDockerPush, { repositories: ['my-app'] })] };

describe('a CiRole', () => {
  test('is a role with the documents of core, and makes the identity provider of the stack', () => {
    const stack = makeStack({ in: env });
    const role: IRole = new CiRole(stack, 'Deploy', {
      ...props,
      roleName: 'deploy',
      path: '/ci/',
      maxSessionDuration: Duration.hours(2),
    });
    expect(role).toBeInstanceOf(Role);
    const [made] = resourcesOf(stack, 'AWS::IAM::Role');
    expect(made!.Properties).toMatchObject({ RoleName: 'deploy', Path: '/ci/', MaxSessionDuration: 7200 });
    const expected = build(githubActionsTrust, {
      ...shop,
      environments: ['production'],
      account: env.account,
      partition: 'aws',
    });
    const text = JSON.stringify(made!.Properties['AssumeRolePolicyDocument']);
    expect(text.replace(/\{"Fn::GetAtt":\["PosternProvider[^"]*","Arn"\]\}/, '"PROVIDER"')).toBe(
      JSON.stringify(expected).replace(/"arn:aws:iam::[^"]*"/, '"PROVIDER"'),
    );
    expect(resourcesOf(stack, 'AWS::IAM::OIDCProvider').map(({ Properties }) => Properties)).toEqual([
      { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] },
    ]);
    const [policy] = resourcesOf(stack, 'AWS::IAM::ManagedPolicy');
    expect(policy!.Properties['ManagedPolicyName']).toBe('deploy');
    expect(JSON.stringify(policy!.Properties['PolicyDocument'])).toBe(
      JSON.stringify(build(ecrDockerPush, { repositories: ['my-app'], ...env })),
    );
  });

  test('shares the provider of a stack, and takes one that is there', () => {
    const stack = makeStack({ in: env });
    new CiRole(stack, 'One', props);
    new CiRole(stack, 'Two', {
      ...props,
      trust: chosen(githubActionsTrust, { ...shop, environments: ['production'], audience: 'acme' }),
    });
    expect(resourcesOf(stack, 'AWS::IAM::OIDCProvider').map(({ Properties }) => Properties['ClientIdList'])).toEqual([
      ['sts.amazonaws.com', 'acme'],
    ]);
    const withOwn = makeStack({ in: env });
    new OpenIdConnectProvider(withOwn, 'Provider', {
      url: 'https://token.actions.githubusercontent.com',
      clientIds: ['sts.amazonaws.com'],
    });
    new CiRole(withOwn, 'Role', props);
    expect(resourcesOf(withOwn, 'AWS::IAM::OIDCProvider')).toEqual([]);
    const principal = JSON.stringify(resourcesOf(withOwn, 'AWS::IAM::Role').map(({ Properties }) => Properties));
    expect(principal).toMatch(/"Federated":\[\{"Ref":"Provider[^"]*"\}\]/);
  });

  test.each<[string, (stack: Stack) => unknown, RegExp]>([
    [
      'an L2',
      (stack) => new OpenIdConnectProvider(stack, 'P', { url: 'https://token.actions.githubusercontent.com' }),
      /\{"Ref":"P[A-F0-9]+"\}/,
    ],
    [
      'an L1',
      (stack) => new CfnOIDCProvider(stack, 'P', { url: 'https://token.actions.githubusercontent.com' }),
      /\{"Fn::GetAtt":\["P","Arn"\]\}/,
    ],
    [
      'an import',
      () => `arn:aws:iam::${env.account}:oidc-provider/token.actions.githubusercontent.com`,
      /"arn:aws:iam::123456789012:oidc-provider/,
    ],
    ['a token', () => Fn.importValue('provider-arn'), /\{"Fn::ImportValue":"provider-arn"\}/],
  ])('takes %s as the provider', (_, make, expected) => {
    const stack = makeStack({ in: env });
    const given = make(stack);
    const provider = typeof given === 'string' && !given.startsWith('arn:') ? { arn: given } : given;
    new CiRole(stack, 'Role', {
      ...props,
      trust: chosen(githubActionsTrust, { ...shop, environments: ['production'], provider } as never),
    });
    expect(
      JSON.stringify(
        resourcesOf(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties['AssumeRolePolicyDocument']),
      ),
    ).toMatch(expected);
    expect(resourcesOf(stack, 'AWS::IAM::OIDCProvider')).toHaveLength(_ === 'an L1' ? 1 : 0);
  });

  test('takes constructs and tokens, in a stack of any place', () => {
    const stack = makeStack();
    const repository = new Repository(stack, 'Repository');
    new CiRole(stack, 'Role', {
      trust: production,
      permissions: [
        chosen(ecrDockerPush, { repositories: [repository] }),
        chosen(ecrImagePull, { repositories: ['base'] }),
      ],
      boundary: true,
    });
    const policies = resourcesOf(stack, 'AWS::IAM::ManagedPolicy');
    expect(policies).toHaveLength(2);
    expect(JSON.stringify(policies)).toMatch(/"Fn::GetAtt":\["Repository[A-F0-9]+","Arn"\]/);
    expect(JSON.stringify(policies)).not.toMatch(/\\u00|¤|¬|¶/);
    const boundary = policies.find(({ Properties }) => Properties['ManagedPolicyName'] !== undefined)!;
    expect(boundary.Properties['ManagedPolicyName']).toBe('Stack-Role-boundary');
    const [role] = resourcesOf(stack, 'AWS::IAM::Role');
    expect(JSON.stringify(role!.Properties['PermissionsBoundary'])).toMatch(/"Ref":"RoleBoundary/);
  });

  test('divides permissions over managed policies, which are all attached and together give the same', () => {
    const stack = makeStack({ in: env });
    const repositories = Array.from({ length: 300 }, (_, index) => `team/service-${index}`);
    const role = new CiRole(stack, 'Role', {
      trust: production,
      permissions: [chosen(ecrDockerPush, { repositories })],
      roleName: 'deploy',
    });
    const policies = resourcesOf(stack, 'AWS::IAM::ManagedPolicy');
    expect(policies.length).toBeGreaterThan(2);
    expect(role.policies).toHaveLength(policies.length);
    expect(policies.map(({ Properties }) => Properties['ManagedPolicyName'])).toEqual(
      policies.map((_, index) => (index === 0 ? 'deploy' : `deploy-${index + 1}`)),
    );
    const documents = policies.map(({ Properties }) => Properties['PolicyDocument'] as Record<string, unknown>);
    expect(compare(build(ecrDockerPush, { repositories, ...env }), documents).relation).toBe('equal');
    const [made] = resourcesOf(stack, 'AWS::IAM::Role');
    expect(made!.Properties['ManagedPolicyArns']).toHaveLength(policies.length);
  });

  test('is a role like any other: what is granted to it, and who else may assume it, is added', () => {
    const stack = makeStack({ in: env });
    const role = new CiRole(stack, 'Role', props);
    new Bucket(stack, 'Bucket').grantRead(role);
    const statement = { actions: ['sts:AssumeRole'], principals: [new ServicePrincipal('lambda.amazonaws.com')] };
    role.assumeRolePolicy!.addStatements(new PolicyStatement(statement));
    expect(resourcesOf(stack, 'AWS::IAM::Policy')).toHaveLength(1);
    const [made] = resourcesOf(stack, 'AWS::IAM::Role');
    const { Statement } = made!.Properties['AssumeRolePolicyDocument'] as { Statement: { Principal: unknown }[] };
    expect(Statement).toHaveLength(2);
    expect(Statement[1]!.Principal).toEqual({ Service: 'lambda.amazonaws.com' });
  });

  test.each<[string, (stack: Stack) => CiRoleProps['boundary'], unknown]>([
    ['a managed policy', (stack) => ManagedPolicy.fromManagedPolicyName(stack, 'B', 'fence'), expect.anything()],
    ['an ARN', () => `arn:aws:iam::${env.account}:policy/fence`, `arn:aws:iam::${env.account}:policy/fence`],
  ])('takes %s as its boundary', (_, make, expected) => {
    const stack = makeStack({ in: env });
    new CiRole(stack, 'Role', { ...props, boundary: make(stack)! });
    expect(resourcesOf(stack, 'AWS::IAM::Role')[0]!.Properties['PermissionsBoundary']).toEqual(expected);
  });

  test('is refused with its path and every problem at once, constructs and session too', () => {
    const stack = makeStack({ in: env });
    const bucket = new Bucket(stack, 'Bucket');
    const make = () =>
      new CiRole(stack, 'Role', {
        trust: chosen(githubActionsTrust, { owner: 'acme/shop', environments: ['production'] } as never),
        permissions: [chosen(ecrDockerPush, { repositories: [bucket] } as never)],
        path: 'ci',
        roleName: 'ci-*',
        maxSessionDuration: Duration.minutes(15),
        boundary: 'arn:aws:iam::999999999999:policy/fence',
      });
    const problems = [
      'permissions[0].repositories[0]: `Stack/Bucket` is an `AWS::S3::Bucket`',
      'roleName: `ci-*` holds a wildcard',
      'path: `ci` is no path',
      'maxSessionDuration: `900` is no length of a session',
      'trust.owner: `acme/shop` holds a slash',
      'boundary: `arn:aws:iam::999999999999:policy/fence` is in the account `999999999999`',
    ];
    expect(make).toThrow(/^Stack\/Role: role: /);
    for (const problem of problems) expect(make, problem).toThrow(problem);
  });

  test('is refused where pull requests get in and it writes, tokens or not', () => {
    const trust = chosen(githubActionsTrust, { ...shop, pullRequests: true, access: 'read' });
    const says = /permissions\[0\]: can write by `ecr:InitiateLayerUpload`.* lets pull requests in/;
    for (const place of [{ in: env }, {}]) {
      const stack = makeStack(place);
      const repositories = [new Repository(stack, 'App')];
      expect(
        () => new CiRole(stack, 'Push', { trust, permissions: [chosen(ecrDockerPush, { repositories })] }),
      ).toThrow(says);
      expect(
        () => new CiRole(stack, 'Pull', { trust, permissions: [chosen(ecrImagePull, { repositories })] }),
      ).not.toThrow();
    }
  });

  test('says so where a token stands for what must be known', () => {
    const stack = makeStack({ in: env });
    const lists = Fn.split(',', Fn.importValue('environments'));
    const make = () =>
      new CiRole(stack, 'Role', { ...props, trust: chosen(githubActionsTrust, { ...shop, environments: lists }) });
    expect(make).toThrow('trust.environments');
  });
});

describe('a CiRolePair', () => {
  const state = chosen(terraformRemoteStateS3, { bucket: 'acme-state', keys: ['shop.tfstate'] });

  test('makes a role that plans and one that applies, with one provider', () => {
    const stack = makeStack({ in: env });
    const { plan, apply } = new CiRolePair(stack, 'Terraform', {
      roleName: 'terraform',
      permissions: [state],
      plan: { trust: planners },
      apply: { trust: production },
      boundary: true,
    });
    expect(plan.trustDocument.Statement).toHaveLength(2);
    expect(apply.trustDocument.Statement).toHaveLength(1);
    const roles = resourcesOf(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties['RoleName']);
    expect(roles).toEqual(['terraform-plan', 'terraform-apply']);
    const names = resourcesOf(stack, 'AWS::IAM::ManagedPolicy').map(
      ({ Properties }) => Properties['ManagedPolicyName'],
    );
    expect(names.sort()).toEqual([
      'terraform-apply',
      'terraform-apply-boundary',
      'terraform-plan',
      'terraform-plan-boundary',
    ]);
    expect(resourcesOf(stack, 'AWS::IAM::OIDCProvider')).toHaveLength(1);
  });

  test.each([{ in: env }, {}])('is refused where somebody gets into both, in a stack of %j', (settings) => {
    const stack = makeStack(settings);
    const make = (plan: CiRoleProps['trust']) => () =>
      new CiRolePair(stack, 'Terraform', { permissions: [state], plan: { trust: plan }, apply: { trust: production } });
    expect(make(production)).toThrow(
      /^Stack\/Terraform: roles: plan\.trust: the trust policies do not exclude each other/,
    );
  });
});
