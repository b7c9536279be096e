import * as pulumi from '@pulumi/pulumi';
import type { Bucket } from '@pulumi/aws/s3/bucket.js';
import type { Key } from '@pulumi/aws/kms/key.js';
import type { Role as IamRole } from '@pulumi/aws/iam/role.js';
import type { Repository as EcrRepository } from '@pulumi/aws/ecr/repository.js';
import { build, ecrDockerPush, ecsServiceDeployment, print, terraformRemoteStateS3 } from '@postern/core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Adapter from '../src/index.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const prefix = (service: string) => `arn:aws:${service}:${place.region}:${place.account}:`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** The ARNs that AWS would give. */
const arns: Readonly<Record<string, (inputs: Record<string, string>) => object>> = {
  'aws:ecr/repository:Repository': ({ name }) => ({ arn: `${prefix('ecr')}repository/${name}` }),
  'aws:iam/role:Role': ({ name, path }) => ({ arn: `arn:aws:iam::${place.account}:role${path ?? '/'}${name}` }),
  'aws:kms/key:Key': () => ({ arn: `${prefix('kms')}key/${keyId}`, keyId }),
  'aws:kms/alias:Alias': ({ name }) => ({ arn: `${prefix('kms')}${name}` }),
  'aws:s3/bucket:Bucket': ({ bucket }) => ({ arn: `arn:aws:s3:::${bucket}` }),
  'aws:dynamodb/table:Table': ({ name }) => ({ arn: `${prefix('dynamodb')}table/${name}` }),
  'aws:ecs/cluster:Cluster': ({ name }) => ({ arn: `${prefix('ecs')}cluster/${name}` }),
  'aws:ecs/service:Service': ({ name, cluster }) => ({
    arn: `${prefix('ecs')}service/${String(cluster).split('/').at(-1)}/${name}`,
  }),
  'aws:ecs/taskDefinition:TaskDefinition': ({ family }) => ({
    arn: `${prefix('ecs')}task-definition/${family}:7`,
    arnWithoutRevision: `${prefix('ecs')}task-definition/${family}`,
  }),
  'aws:codedeploy/application:Application': ({ name }) => ({
    arn: `${prefix('codedeploy')}application:${name}`,
    applicationId: 'an-id',
  }),
  'aws:codedeploy/deploymentGroup:DeploymentGroup': ({ appName, deploymentGroupName }) => ({
    arn: `${prefix('codedeploy')}deploymentgroup:${appName}/${deploymentGroupName}`,
  }),
};

const made: { type: string; name: string; inputs: Record<string, unknown> }[] = [];
const logged: string[] = [];
let adapter: typeof Adapter;

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        made.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: { ...inputs, ...arns[type]?.(inputs as Record<string, string>) } };
      },
      call: () => ({}),
    },
    'project',
    'stack',
    false,
  );
  adapter = await import('../src/index.js');
  const { info } = pulumi.log;
  Object.assign(pulumi.log, {
    info: (text: string, ...rest: []) => {
      logged.push(text);
      return info(text, ...rest);
    },
  });
});

beforeEach(() => {
  made.length = 0;
  logged.length = 0;
});

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

async function role(name: string, args: object = {}): Promise<IamRole> {
  const { Role } = await import('@pulumi/aws/iam/role.js');
  return new Role(name, { name, assumeRolePolicy: '{}', ...args });
}

describe('resources of each kind', () => {
  test('repositories, whole, by ARN, by name, and as what a data source found', async () => {
    const { Repository } = await import('@pulumi/aws/ecr/repository.js');
    const [one, two, three] = ['one', 'two', 'three'].map((name) => new Repository(name, { name }));
    const found = pulumi.output({ arn: `${prefix('ecr')}repository/four`, name: 'four' });
    const { policyJson } = new adapter.EcrDockerPushPolicy('push', {
      repositories: [one!, two!.arn, three!.name, found, { name: pulumi.output('five') }],
      ...place,
    });
    const expected = build(ecrDockerPush, { repositories: ['one', 'two', 'three', 'four', 'five'], ...place });
    expect(await valueOf(policyJson)).toBe(print(expected, 0));
  });

  test('a bucket, a table, a key and roles with a path', async () => {
    const [{ Bucket }, { Table }, { Key }] = await Promise.all([
      import('@pulumi/aws/s3/bucket.js'),
      import('@pulumi/aws/dynamodb/table.js'),
      import('@pulumi/aws/kms/key.js'),
    ]);
    const { policyJson } = new adapter.TerraformRemoteStateS3Policy('state', {
      bucket: new Bucket('state', { bucket: 'acme-state' }),
      keys: ['k'],
      lock: 'dynamodb',
      lockTable: new Table('locks', { name: 'locks', attributes: [], hashKey: 'LockID' }),
      kmsKey: new Key('key', {}),
      assumeRoles: [await role('deploy', { path: '/ci/' })],
      ...place,
    });
    const expected = build(terraformRemoteStateS3, {
      bucket: 'acme-state',
      keys: ['k'],
      lock: 'dynamodb',
      lockTable: 'locks',
      kmsKey: keyId,
      assumeRoles: ['ci/deploy'],
      ...place,
    });
    expect(await valueOf(policyJson)).toBe(print(expected, 0));
  });

  test('what a resource knows is used: cluster, roles, application, configuration, key', async () => {
    const [{ Cluster }, { Service }, { TaskDefinition }, { DeploymentGroup }, { Bucket }] = await Promise.all([
      import('@pulumi/aws/ecs/cluster.js'),
      import('@pulumi/aws/ecs/service.js'),
      import('@pulumi/aws/ecs/taskDefinition.js'),
      import('@pulumi/aws/codedeploy/deploymentGroup.js'),
      import('@pulumi/aws/s3/bucket.js'),
    ]);
    const definition = new TaskDefinition('web', {
      family: 'web',
      containerDefinitions: '[]',
      taskRoleArn: (await role('web-task')).arn,
      executionRoleArn: (await role('web-execution')).arn,
    });
    const cluster = new Cluster('production', { name: 'production' });
    const { policyJson } = new adapter.EcsServiceDeploymentPolicy('deploy', {
      services: [new Service('web', { name: 'web', cluster: cluster.arn })],
      taskDefinitionFamilies: [definition],
      codeDeployDeploymentGroup: new DeploymentGroup('group', {
        appName: 'web-app',
        deploymentGroupName: 'web-group',
        deploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
        serviceRoleArn: 'arn:aws:iam::123456789012:role/x',
      }),
      ...place,
    });
    const expected = build(ecsServiceDeployment, {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      passRoles: ['web-task', 'web-execution'],
      codeDeployApplication: 'web-app',
      codeDeployDeploymentGroup: 'web-group',
      codeDeployDeploymentConfig: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
      ...place,
    });
    expect(await valueOf(policyJson)).toBe(print(expected, 0));
    const encrypted = (name: string) =>
      new Bucket(name, {
        bucket: 'acme',
        serverSideEncryptionConfiguration: {
          rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyId } },
        },
      });
    const state = { keys: ['k'], ...place };
    const taken = new adapter.TerraformRemoteStateS3Policy('taken', { bucket: encrypted('a'), ...state });
    const left = new adapter.TerraformRemoteStateS3Policy('left', { bucket: encrypted('b'), kmsKey: null, ...state });
    expect(await valueOf(taken.policyJson)).toContain(keyId);
    expect(await valueOf(left.policyJson)).not.toContain(keyId);
  });

  test('a resource of another kind is refused at once, with the name of the component', async () => {
    const { Alias } = await import('@pulumi/aws/kms/alias.js');
    const wrong = await role('someone');
    const alias = new Alias('alias', { name: 'alias/state', targetKeyId: keyId });
    for (const kmsKey of [wrong, alias] as never[]) {
      const make = () => new adapter.TerraformRemoteStateS3Policy('bad', { bucket: 'acme', keys: ['k'], kmsKey });
      expect(make).toThrow(/^bad: terraform-remote-state-s3: kmsKey: `(someone|alias)` is an `aws:(iam|kms)/);
    }
  });

  test('the notes of the use case are logged', async () => {
    const { policyJson } = new adapter.EcrDockerPushPolicy('noted', {
      repositories: ['app'],
      createRepository: true,
      ...place,
    });
    await valueOf(policyJson);
    expect(logged.join('\n')).toContain('creating a repository with tags needs ecr:TagResource');
  });
});

describe('attachments', () => {
  async function attachments(args: Omit<Adapter.EcrDockerPushPolicyArgs, 'repositories'>): Promise<string[]> {
    const { policy } = new adapter.EcrDockerPushPolicy('push', { repositories: ['app'], ...place, ...args });
    await valueOf(policy.urn);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return made.flatMap(({ type, name, inputs }) =>
      type.includes('PolicyAttachment')
        ? [`${name}: ${String(inputs['role'] ?? inputs['user'] ?? inputs['group'])}`]
        : [],
    );
  }

  test('are named after what they attach, whatever stands before it in the list', async () => {
    const deploy = await role('deploy');
    const [{ User }, { Group }] = await Promise.all([
      import('@pulumi/aws/iam/user.js'),
      import('@pulumi/aws/iam/group.js'),
    ]);
    const found = await attachments({
      roles: ['ci', deploy, (await role('release')).name, 'x'],
      users: [new User('bot', { name: 'bot' })],
      groups: [new Group('team', { name: 'team' }), 'others'],
    });
    expect(found.sort()).toEqual([
      'push-group-others: others',
      'push-group-team: team',
      'push-role-ci: ci',
      'push-role-deploy: deploy',
      'push-role-release: release',
      'push-role-x: x',
      'push-user-bot: bot',
    ]);
  });

  test('by ARN, and by what a data source found; nothing else', async () => {
    const arn = (kind: string, name: string) => `arn:aws:iam::${place.account}:${kind}/path/${name}`;
    const found = await attachments({
      roles: {
        one: arn('role', 'one'),
        two: (await role('two')).arn,
        three: pulumi.output({ name: 'three' }) as never,
      },
      users: [arn('user', 'bot')],
    });
    expect(found.sort()).toEqual([
      'push-role-one: one',
      'push-role-three: three',
      'push-role-two: two',
      'push-user-bot: bot',
    ]);
    const { User } = await import('@pulumi/aws/iam/user.js');
    const attach = (roles: unknown) => () =>
      new adapter.EcrDockerPushPolicy('push', { repositories: ['app'], ...place, roles } as never);
    expect(attach([new User('no-role', { name: 'x' })])).toThrow(
      'push: roles[0]: `no-role` is an `aws:iam/user:User`: give a role, its name or its ARN',
    );
    expect(attach([arn('user', 'bot')])).toThrow(/^push: roles\[0\]: `arn:[^`]*` is no role/);
    expect(attach(pulumi.output(['a', 'b']))).toThrow(
      /^push: roles: the list is known only later, .*: give the roles by name/,
    );
  });

  test('may be named in the program, and must be where nothing else tells them apart', async () => {
    const unnamed = () => pulumi.output(Promise.resolve('later'));
    expect(await attachments({ roles: { first: unnamed(), second: unnamed() } })).toEqual([
      'push-role-first: later',
      'push-role-second: later',
    ]);
    const both = { repositories: ['app'], ...place, roles: [unnamed(), unnamed()] };
    expect(() => new adapter.EcrDockerPushPolicy('push', both)).toThrow(
      'push: roles[1]: has no name before it is made: give the roles by name, such as `roles: { deploy: … }`',
    );
    const twice = { repositories: ['app'], ...place, roles: ['ci', 'ci'] };
    expect(() => new adapter.EcrDockerPushPolicy('push', twice)).toThrow(/roles\[1\]: has the name `ci` of another/);
  });
});

describe('what is known only later', () => {
  const ecrArn = (name: string) => `${prefix('ecr')}repository/${name}`;

  test('promises and data sources of every shape', async () => {
    const repositories = [
      Promise.resolve({ arn: ecrArn('one'), name: 'one', repositoryUrl: 'x' }),
      pulumi.output({ arn: ecrArn('two'), repositoryUrl: 'x' }),
      Promise.resolve('three'),
    ];
    const { policyJson } = new adapter.EcrDockerPushPolicy('later', { repositories, ...place });
    expect(await valueOf(policyJson)).toBe(
      print(build(ecrDockerPush, { repositories: ['one', 'two', 'three'], ...place }), 0),
    );
  });

  test('a definition that a data source found is its family', async () => {
    const found = pulumi.output({
      arn: `${prefix('ecs')}task-definition/web:7`,
      arnWithoutRevision: `${prefix('ecs')}task-definition/web`,
    });
    const options = { cluster: 'c', services: ['web'], taskDefinitionFamilies: ['web'], ...place };
    const { policyJson } = new adapter.EcsServiceDeploymentPolicy('found', {
      ...options,
      taskDefinitionFamilies: [found],
    });
    expect(await valueOf(policyJson)).toBe(print(build(ecsServiceDeployment, options), 0));
  });

  test('a service brings the family that it runs', async () => {
    const { Service } = await import('@pulumi/aws/ecs/service.js');
    const taskDefinition = `${prefix('ecs')}task-definition/web:7`;
    const service = new Service('runs', { name: 'runs', cluster: `${prefix('ecs')}cluster/c`, taskDefinition });
    const { policyJson } = new adapter.EcsServiceDeploymentPolicy('brings', { services: [service], ...place });
    expect(await valueOf(policyJson)).toContain('task-definition/web:*');
  });

  test.each<
    [string, (make: (name: string, args: object) => pulumi.Output<string>) => Promise<pulumi.Output<string>>, RegExp]
  >([
    [
      'services of several clusters',
      async (make) => {
        const { Service } = await import('@pulumi/aws/ecs/service.js');
        const services = ['c1', 'c2'].map((cluster) => new Service(`in-${cluster}`, { name: cluster, cluster }));
        return make('ecs', { services, taskDefinitionFamilies: ['web'] });
      },
      /cluster: missing, and `services` belong to several, `c1`, `c2`: make a policy for each/,
    ],
    [
      'a document over the quota',
      (make) =>
        Promise.resolve(make('ecr', { repositories: Array.from({ length: 90 }, (_, index) => `team/app-${index}`) })),
      /ecr: the document has \d+ characters, and managed policy at most 6144: give fewer names and make another/,
    ],
  ])('%s: an error', async (_, make, message) => {
    const failed: unknown[] = [];
    const keep = (error: unknown) => failed.push(error);
    const before = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', keep);
    try {
      await make((name, args) => {
        const Made = name === 'ecr' ? adapter.EcrDockerPushPolicy : adapter.EcsServiceDeploymentPolicy;
        return new Made(name, { ...args, ...place } as never).policyJson;
      });
      await expect
        .poll(() => failed.map((error) => String((error as Error).message)).find((one) => message.test(one)))
        .toBeDefined();
    } finally {
      process.removeListener('unhandledRejection', keep);
      for (const one of before) process.on('unhandledRejection', one);
    }
  });
});

test('types: each option takes the resources of its kind, and no other', () => {
  type State = Adapter.TerraformRemoteStateS3PolicyArgs;
  const refused = (aRole: IamRole, bucket: Bucket, key: Key, repository: EcrRepository) => {
    const fine: State = { bucket, keys: ['k'], kmsKey: key, assumeRoles: [aRole, aRole.arn, { name: aRole.name }] };
    const push: Adapter.EcrDockerPushPolicyArgs = { repositories: [repository, pulumi.output(repository)] };
    // @ts-expect-error a role is no KMS key
    const one: State = { bucket: 'acme', keys: ['k'], kmsKey: aRole };
    // @ts-expect-error a role is no bucket
    const two: State = { bucket: aRole, keys: ['k'] };
    // @ts-expect-error a bucket is no text
    const three: State = { bucket, keys: [bucket] };
    // @ts-expect-error a repository is no role
    const four: State = { bucket, keys: ['k'], assumeRoles: [repository] };
    // @ts-expect-error a role is no repository
    const five: Adapter.EcrDockerPushPolicyArgs = { repositories: [aRole] };
    // @ts-expect-error the bucket is required
    const six: State = { keys: ['k'] };
    return [fine, push, one, two, three, four, five, six];
  };
  expect(typeof refused).toBe('function');
});
