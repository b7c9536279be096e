import * as pulumi from '@pulumi/pulumi';
import { beforeAll, describe, expect, test } from 'vitest';
import { build, ecrDockerPush, print, terraformRemoteStateS3 } from '@postern/core';

const place = { account: '123456789012', region: 'eu-west-1' };
const registered: { type: string; name: string; inputs: Record<string, unknown> }[] = [];

beforeAll(() => {
  void pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: { ...inputs, arn: `arn:aws:x:::${name}` } };
      },
      call({ token }) {
        if (token === 'aws:index/getCallerIdentity:getCallerIdentity') return { accountId: place.account };
        if (token === 'aws:index/getRegion:getRegion') return { region: place.region };
        if (token === 'aws:index/getPartition:getPartition') return { partition: 'aws' };
        throw new Error(`unexpected call of ${token}`);
      },
    },
    'project',
    'stack',
    false,
  );
});

async function load() {
  return import('../src/index.js');
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

describe('the document', () => {
  test('is that of core, byte for byte, with the place of the provider', async () => {
    const { EcrDockerPushPolicy } = await load();
    const { policyJson } = new EcrDockerPushPolicy('push', { repositories: ['b-b', 'a-a'] });
    expect(await valueOf(policyJson)).toBe(print(build(ecrDockerPush, { repositories: ['b-b', 'a-a'], ...place }), 0));
  });

  test('takes inputs of lists and lists of inputs', async () => {
    const { EcrDockerPushPolicy } = await load();
    const expected = print(build(ecrDockerPush, { repositories: ['a-a', 'b-b'], ...place }), 0);
    const lists = new EcrDockerPushPolicy('lists', { repositories: pulumi.output(['a-a', 'b-b']), ...place });
    const items = new EcrDockerPushPolicy('items', {
      repositories: ['a-a', pulumi.output('b-b')],
      ...place,
      pull: pulumi.output(false),
    });
    expect(await valueOf(lists.policyJson)).toBe(expected);
    expect(await valueOf(items.policyJson)).toBe(expected);
  });

  test('takes resources of @pulumi/aws', async () => {
    const { TerraformRemoteStateS3Policy } = await load();
    const { Table } = await import('@pulumi/aws/dynamodb/table.js');
    const table = new Table('locks', { name: 'locks', attributes: [], hashKey: 'LockID' });
    const arn = `arn:aws:dynamodb:${place.region}:${place.account}:table/locks`;
    const { policyJson } = new TerraformRemoteStateS3Policy('state', {
      bucket: 'acme',
      keys: ['k'],
      lock: 'dynamodb',
      ...place,
      lockTable: { arn: table.arn.apply(() => arn), name: table.name },
    });
    const options = { bucket: 'acme', keys: ['k'], lock: 'dynamodb', lockTable: arn, ...place } as const;
    expect(await valueOf(policyJson)).toBe(print(build(terraformRemoteStateS3, options), 0));
  });

  test('stays secret where an input is', async () => {
    const { EcrDockerPushPolicy } = await load();
    const { policyJson } = new EcrDockerPushPolicy('secret', { repositories: [pulumi.secret('a-a')], ...place });
    expect(await pulumi.isSecret(policyJson)).toBe(true);
  });
});

describe('the resources', () => {
  test('the managed policy has the name of the component and gets exactly the document', async () => {
    const { EcrDockerPushPolicy } = await load();
    const { policyJson, policy } = new EcrDockerPushPolicy('named', { repositories: ['a-a'], ...place, roles: ['ci'] });
    await valueOf(policy.urn);
    await valueOf(pulumi.output(new Promise((resolve) => setTimeout(resolve, 50))));
    const made = registered.find(({ type, name }) => type === 'aws:iam/policy:Policy' && name === 'named');
    expect(made?.inputs['policy']).toBe(await valueOf(policyJson));
    const attached = registered.find(({ type }) => type === 'aws:iam/rolePolicyAttachment:RolePolicyAttachment');
    expect(attached).toMatchObject({ name: 'named-role-ci', inputs: { role: 'ci' } });
  });

  test('invalid options fail with the name of the resource, all at once', async () => {
    const { EcrDockerPushPolicy } = await load();
    expect(() => new EcrDockerPushPolicy('bad', { repositories: ['A', 'b-*'] })).toThrow(
      /^bad: ecr-docker-push: repositories\[0\]: .*; repositories\[1\]: /,
    );
  });
});
