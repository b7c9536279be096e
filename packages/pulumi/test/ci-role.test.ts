import * as pulumi from '@pulumi/pulumi';
import {
  build,
  buildPair,
  buildRole,
  compare,
  ecrDockerPush,
  ecrImagePull,
  eksDeploy,
  githubActionsTrust,
  print,
  terraformRemoteStateS3,
} from '@postern/core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chosen, CiRole, CiRolePair } from '../src/index.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const registered: { type: string; name: string; inputs: Record<string, unknown> }[] = [];

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      registered.push({ type, name, inputs: inputs as Record<string, unknown> });
      const its = inputs as { name?: string; url?: string };
      const arn =
        its.url === undefined
          ? `arn:aws:iam::${place.account}:x/${name}`
          : `arn:aws:iam::${place.account}:oidc-provider/${its.url.replace('https://', '')}`;
      return { id: `${name}-id`, state: { name, ...inputs, arn } };
    },
    call({ token }) {
      if (token.endsWith('getCallerIdentity')) return { accountId: place.account };
      return token.endsWith('getRegion') ? { region: place.region } : { partition: 'aws' };
    },
  }),
);

beforeEach(() => {
  registered.length = 0;
});

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** What was registered of a type under names that begin so, once all that is on its way has been. */
async function made(type: string, start = ''): Promise<{ name: string; inputs: Record<string, unknown> }[]> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return registered.filter((one) => one.type === type && one.name.startsWith(start));
}

const shop = { owner: 'acme', ownerId: '41000001', repository: 'shop', repositoryId: '712000001' };
const production = chosen(githubActionsTrust, { ...shop, environments: ['production'] });
const push = chosen(ecrDockerPush, { repositories: ['my-app'] });
const inCore = {
  trust: { entry: githubActionsTrust, options: { ...shop, environments: ['production'] } },
  permissions: [{ entry: ecrDockerPush, options: { repositories: ['my-app'] } }],
  ...place,
};

describe('a CiRole', () => {
  test('says once what a name, in the place of the provider, and an ARN turn out to say alike', async () => {
    const named = { clusters: ['c'], describeRole: 'deployer' };
    for (const tokenRole of [`arn:aws:iam::${place.account}:role/deployer`, pulumi.output('deployer')]) {
      const role = new CiRole('alike', {
        trust: production,
        permissions: [chosen(eksDeploy, { ...named, tokenRole })],
        boundary: true,
      });
      const [text] = await Promise.all(role.policyJsons.map(valueOf));
      expect(text).toBe(print(build(eksDeploy, { ...named, tokenRole: 'deployer', ...place }), 0));
      expect(JSON.parse(text!)).toMatchObject({ Statement: [{ Resource: [expect.any(String)] }] });
    }
    expect(await made('aws:iam/role:Role')).toHaveLength(2);
  });

  test('is a role with the documents of core, and its policies attached', async () => {
    const role = new CiRole('ci', {
      trust: production,
      permissions: [push],
      boundary: true,
      roleName: 'deploy',
      path: '/ci/',
      maxSessionDuration: 7200,
    });
    const expected = buildRole({ ...inCore, roleName: 'deploy', path: '/ci/', boundary: true });
    expect(await valueOf(role.trustJson)).toBe(print(expected.trust, 0));
    expect(await Promise.all(role.policyJsons.map(valueOf))).toEqual(
      expected.policies.map(({ document }) => print(document, 0)),
    );
    const [made_] = await made('aws:iam/role:Role');
    expect(made_!.inputs).toMatchObject({
      name: 'deploy',
      path: '/ci/',
      maxSessionDuration: 7200,
      assumeRolePolicy: print(expected.trust, 0),
      permissionsBoundary: `arn:aws:iam::${place.account}:x/ci-boundary`,
    });
    const policies = await made('aws:iam/policy:Policy');
    expect(policies.map(({ inputs }) => [inputs['name'], inputs['path']])).toEqual([
      ['deploy', '/ci/'],
      ['deploy-boundary', '/ci/'],
    ]);
    expect(policies[1]!.inputs['policy']).toBe(print(expected.boundary!.policy!.document, 0));
    const attachments = await made('aws:iam/rolePolicyAttachment:RolePolicyAttachment');
    expect(attachments.map(({ inputs }) => inputs['policyArn'])).toEqual([`arn:aws:iam::${place.account}:x/ci`]);
  });

  test('divides known permissions over managed policies that together give the same', async () => {
    const repositories = Array.from({ length: 300 }, (_, index) => `team/service-${index}`);
    const role = new CiRole('large', { trust: production, permissions: [chosen(ecrDockerPush, { repositories })] });
    expect(role.policies.length).toBeGreaterThan(2);
    const documents = (await Promise.all(role.policyJsons.map(valueOf))).map((text) => JSON.parse(text) as object);
    const whole = buildRole({ ...inCore, permissions: [{ entry: ecrDockerPush, options: { repositories } }] });
    const expected = whole.policies.map(({ document }) => document);
    expect(compare(expected, documents as never).relation).toBe('equal');
  });

  test('takes outputs and resources: each use case then has a policy of its own', async () => {
    const { Repository } = await import('@pulumi/aws/ecr/repository.js');
    const { OpenIdConnectProvider } = await import('@pulumi/aws/iam/openIdConnectProvider.js');
    const provider = new OpenIdConnectProvider('github', {
      url: 'https://token.actions.githubusercontent.com',
      clientIdLists: ['sts.amazonaws.com'],
    });
    const repository = new Repository('app', { name: 'my-app' });
    const role = new CiRole('later', {
      trust: chosen(githubActionsTrust, { ...shop, environments: [pulumi.output('production')], provider }),
      permissions: [
        chosen(ecrDockerPush, { repositories: [repository.name] }),
        chosen(ecrImagePull, { repositories: pulumi.output(['base']) }),
      ],
      boundary: { name: 'fence' },
    });
    const expected = buildRole({
      ...inCore,
      boundary: { name: 'fence' },
      permissions: [...inCore.permissions, { entry: ecrImagePull, options: { repositories: ['base'] } }],
    });
    expect(await valueOf(role.trustJson)).toBe(print(expected.trust, 0));
    expect(role.policies).toHaveLength(2);
    const documents = (await Promise.all(role.policyJsons.map(valueOf))).map((text) => JSON.parse(text) as object);
    expect(
      compare(
        expected.policies.map(({ document }) => document),
        documents as never,
      ).relation,
    ).toBe('equal');
    const [boundary] = await made('aws:iam/policy:Policy', 'later-boundary');
    expect(boundary!.inputs).toMatchObject({ name: 'fence', policy: print(expected.boundary!.policy!.document, 0) });
  });

  test('takes a policy, an ARN or an output of one as its boundary', async () => {
    const { Policy } = await import('@pulumi/aws/iam/policy.js');
    const fence = new Policy('fence', { policy: '{}' });
    const arn = `arn:aws:iam::${place.account}:policy/fence`;
    for (const [name, boundary] of Object.entries({ resource: fence, text: arn, output: pulumi.output(arn) }))
      new CiRole(name, { trust: production, permissions: [push], boundary });
    const roles = await made('aws:iam/role:Role');
    const found = roles.map(({ name, inputs }) => [name, inputs['permissionsBoundary']]);
    expect(Object.fromEntries(found)).toEqual({
      resource: `arn:aws:iam::${place.account}:x/fence`,
      text: arn,
      output: arn,
    });
  });

  test('is refused where outputs would need more than ten policies', () => {
    const permissions = Array.from({ length: 11 }, () =>
      chosen(ecrDockerPush, { repositories: pulumi.output(['a-a']) }),
    );
    expect(() => new CiRole('ci', { trust: production, permissions })).toThrow(
      'ci: role: permissions: with outputs each of the 11 use cases has a managed policy, and a role takes 10',
    );
  });

  test('is refused with its name and every problem at once', () => {
    const make = () =>
      new CiRole('ci', {
        trust: chosen(githubActionsTrust, { owner: 'acme/shop', environments: ['production'] }),
        permissions: [chosen(ecrDockerPush, { repositories: ['UP'] })],
        path: 'ci',
        roleName: 'ci-*',
        maxSessionDuration: 60,
      });
    expect(make).toThrow(/^ci: role: /);
    for (const problem of [
      'roleName: `ci-*` holds a wildcard',
      'path: `ci` is no path',
      'maxSessionDuration: `60` is no length of a session',
      'trust.owner: `acme/shop` holds a slash',
      'permissions[0].repositories[0]: `UP` is no ECR repository',
    ])
      expect(make).toThrow(problem);
  });
});

describe('a CiRole for pull requests', () => {
  const trust = chosen(githubActionsTrust, { ...shop, pullRequests: true, access: 'read' });
  const says = /permissions\[0\]: can write by `ecr:InitiateLayerUpload`.* lets pull requests in/;

  test('is refused at once where it writes, and made where it reads', async () => {
    expect(() => new CiRole('push', { trust, permissions: [push] })).toThrow(says);
    const pull = new CiRole('pull', { trust, permissions: [chosen(ecrImagePull, { repositories: ['base'] })] });
    await valueOf(pull.trustJson);
    expect(await made('aws:iam/role:Role')).toHaveLength(1);
  });
});

describe('a CiRolePair', () => {
  const state = chosen(terraformRemoteStateS3, { bucket: 'acme-state', keys: ['shop.tfstate'] });
  const planner = chosen(githubActionsTrust, { ...shop, branches: ['main'] });

  test('makes a role that plans and one that applies', async () => {
    const { plan, apply } = new CiRolePair('terraform', {
      roleName: 'terraform',
      permissions: [state],
      plan: { trust: planner },
      apply: { trust: production, permissions: [push] },
    });
    const expected = buildPair({
      ...place,
      permissions: [{ entry: terraformRemoteStateS3, options: { bucket: 'acme-state', keys: ['shop.tfstate'] } }],
      plan: { trust: { entry: githubActionsTrust, options: { ...shop, branches: ['main'] } } },
      apply: inCore,
    });
    expect(await valueOf(plan.policyJsons[0]!)).toBe(print(expected.plan.policies[0]!.document, 0));
    expect(await valueOf(apply.policyJsons[0]!)).toBe(print(expected.apply.policies[0]!.document, 0));
    expect((await made('aws:iam/role:Role')).map(({ inputs }) => inputs['name'])).toEqual([
      'terraform-plan',
      'terraform-apply',
    ]);
  });

  test('is refused where somebody gets into both, before anything is made', async () => {
    const make = () =>
      new CiRolePair('terraform', { permissions: [state], plan: { trust: production }, apply: { trust: production } });
    expect(make).toThrow(/^terraform: roles: plan\.trust: the trust policies do not exclude each other/);
    expect(await made('aws:iam/role:Role')).toEqual([]);
  });
});
