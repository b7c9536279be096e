import { AttributeType, CfnTable, Table, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Repository, type CfnRepository } from 'aws-cdk-lib/aws-ecr';
import {
  EcsApplication,
  EcsDeploymentConfig,
  EcsDeploymentGroup,
  type LambdaApplication,
} from 'aws-cdk-lib/aws-codedeploy';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnCluster,
  CfnService,
  CfnTaskDefinition,
  Cluster,
  ContainerImage,
  FargateService,
  FargateTaskDefinition,
  TaskDefinition,
  type IBaseService,
  type ICluster,
  type ITaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { CfnRole, Role, type IRole } from 'aws-cdk-lib/aws-iam';
import { Alias, CfnAlias, CfnKey, Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { aws_iam, aws_s3 } from 'aws-cdk-lib/interfaces';
import { Annotations as Seen, Match } from 'aws-cdk-lib/assertions';
import { CfnParameter, CfnResource, Stack, type App } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { build, ecsServiceDeployment } from '@postern/core';
import {
  EcrDockerPushPolicy,
  EcsServiceDeploymentPolicy,
  TerraformRemoteStateS3Policy,
  TerragruntPolicy,
  type EcsServiceDeploymentPolicyProps,
} from '../src/index.js';
import { env, makeStack, resourcesIn, statementsOf } from './stack.js';

const state = { bucket: 'acme', keys: ['k'] } as const;

/** What the construct says of itself when synthesized. */
function notesOf(stack: Stack): string {
  return Seen.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => String(entry.data))
    .join('\n');
}

describe('resources of the first level', () => {
  test('give their ARN and their name, as attributes', () => {
    const stack = makeStack();
    const table = new CfnTable(stack, 'Locks', { keySchema: [], attributeDefinitions: [] });
    new TerraformRemoteStateS3Policy(stack, 'P', {
      bucket: new CfnBucket(stack, 'State'),
      keys: ['k'],
      lock: 'dynamodb',
      lockTable: table,
      kmsKey: new CfnKey(stack, 'Key'),
      assumeRoles: [new CfnRole(stack, 'Role', { assumeRolePolicyDocument: {} })],
    });
    const text = JSON.stringify(statementsOf(stack));
    expect(text).toContain('"Resource":[{"Fn::GetAtt":["State","Arn"]}]');
    expect(text).toContain('{"Fn::Join":["",[{"Ref":"State"},"/k"]]}');
    expect(text).toContain('"Resource":[{"Fn::GetAtt":["Locks","Arn"]}]');
    expect(text).toContain('"Resource":[{"Fn::GetAtt":["Key","Arn"]}]');
    expect(text).toContain('"Resource":[{"Fn::GetAtt":["Role","Arn"]}]');
  });

  test('of ECS: a definition is its family, whatever the revision', () => {
    const stack = makeStack({ in: env });
    new EcsServiceDeploymentPolicy(stack, 'P', {
      cluster: new CfnCluster(stack, 'C'),
      services: [new CfnService(stack, 'S')],
      taskDefinitionFamilies: [new CfnTaskDefinition(stack, 'T', { family: 'web' })],
    });
    expect(resourcesIn(stack, 'RegisterTaskDefinitions')).toBe(
      '["arn:aws:ecs:eu-west-1:123456789012:task-definition/web:*"]',
    );
    expect(resourcesIn(stack, 'DeployServices')).toBe('[{"Ref":"S"}]');
    const nameless = new CfnTaskDefinition(stack, 'N');
    const options = { cluster: 'c', services: ['s'], taskDefinitionFamilies: [nameless] };
    expect(() => new EcsServiceDeploymentPolicy(stack, 'Q', options)).toThrow(/the name of `Stack\/N` is not known/);
  });
});

test('a resource made of its type alone says its ARN, and no more', () => {
  const stack = makeStack({ in: env });
  const first = new CfnResource(stack, 'R', { type: 'AWS::ECR::Repository' });
  const make = (id: string, repository: unknown) =>
    new EcrDockerPushPolicy(stack, id, { repositories: [repository as string] });
  const nothing = /nothing is known of `Stack\/R` but its type: give `\{ arn: … \}` or `\{ name: … \}`/;
  expect(() => make('A', first)).toThrow(nothing);
  expect(() => make('B', first.ref)).toThrow(nothing);
  make('C', first.getAtt('Arn').toString());
  expect(resourcesIn(stack, 'PushImages')).toBe('[{"Fn::GetAtt":["R","Arn"]}]');
});

describe('an alias of a KMS key', () => {
  test('is its key', () => {
    const stack = makeStack();
    const targetKey = new Key(stack, 'Key');
    const alias = new Alias(stack, 'Alias', { aliasName: 'alias/state', targetKey });
    new TerraformRemoteStateS3Policy(stack, 'P', { ...state, kmsKey: alias });
    expect(resourcesIn(stack, 'StateKey')).toMatch(/^\[\{"Fn::GetAtt":\["Key\w+","Arn"\]\}\]$/);
    const imported = Alias.fromAliasAttributes(stack, 'I', { aliasName: 'alias/y', aliasTargetKey: targetKey });
    new TerragruntPolicy(stack, 'Q', { ...state, bucket: new Bucket(stack, 'B', { encryptionKey: imported }) });
    expect(notesOf(stack)).toContain('`kmsKey` is taken from `bucket`');
  });

  test('is refused where its key is not known', () => {
    const stack = makeStack();
    const byName: IKey = Alias.fromAliasName(stack, 'N', 'alias/y');
    expect(() => new TerraformRemoteStateS3Policy(stack, 'P', { ...state, kmsKey: byName })).toThrow(
      /^Stack\/P: terraform-remote-state-s3: kmsKey: `Stack\/N` is an alias whose key is not known/,
    );
    const first = new CfnAlias(stack, 'F', { aliasName: 'alias/x', targetKeyId: 'x' });
    expect(() => new TerraformRemoteStateS3Policy(stack, 'Q', { ...state, kmsKey: first as never })).toThrow(
      /kmsKey: `Stack\/F` is an `AWS::KMS::Alias`/,
    );
  });
});

describe('every rule for text holds for constructs', () => {
  test.each<[string, (stack: Stack) => unknown, RegExp]>([
    [
      'a wildcard in an imported name',
      (of) => new EcrDockerPushPolicy(of, 'P', { repositories: [Repository.fromRepositoryName(of, 'R', 'team/*')] }),
      /`team\/\*` holds a character that IAM reads as a wildcard/,
    ],
    [
      'a wildcard in an imported ARN',
      (of) =>
        new EcrDockerPushPolicy(of, 'P', {
          repositories: [Repository.fromRepositoryArn(of, 'R', 'arn:aws:ecr:eu-west-1:123456789012:repository/*')],
        }),
      /holds a character that IAM reads as a wildcard/,
    ],
    [
      'a name that is no name of the kind',
      (of) => new EcrDockerPushPolicy(of, 'P', { repositories: [Repository.fromRepositoryName(of, 'R', 'App')] }),
      /`App` is no ECR repository/,
    ],
    [
      'a name given to a new resource',
      (of) => new TerragruntPolicy(of, 'P', { keys: ['k'], bucket: new CfnBucket(of, 'B', { bucketName: 'a..b' }) }),
      /two dots in a row/,
    ],
    [
      'a role in another account than the definition beside it',
      (of) =>
        new EcsServiceDeploymentPolicy(of, 'P', {
          cluster: Cluster.fromClusterArn(of, 'C', 'arn:aws:ecs:eu-west-1:123456789012:cluster/production'),
          services: ['web'],
          taskDefinitionFamilies: ['web'],
          passRoles: [Role.fromRoleArn(of, 'R', 'arn:aws:iam::999999999999:role/x')],
        }),
      /has the account `999999999999`, and `cluster` says `123456789012`: make them agree/,
    ],
    [
      'a definition with a revision',
      (of) =>
        new EcsServiceDeploymentPolicy(of, 'P', {
          cluster: 'c',
          services: ['web'],
          taskDefinitionFamilies: [
            TaskDefinition.fromTaskDefinitionArn(of, 'T', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3'),
          ],
        }),
      /revision/,
    ],
    [
      'a table in another region than the option',
      (of) =>
        new TerraformRemoteStateS3Policy(of, 'P', {
          ...state,
          lock: 'dynamodb',
          lockTable: new Table(of, 'T', { partitionKey: { name: 'LockID', type: AttributeType.STRING } }),
          region: 'us-east-1',
        }),
      /has the region `eu-west-1`, and `region` says `us-east-1`/,
    ],
    [
      'the same repository twice, as text and as a construct',
      (of) =>
        new EcrDockerPushPolicy(of, 'P', { repositories: ['app', Repository.fromRepositoryName(of, 'R', 'app')] }),
      /`app` already stands at/,
    ],
    [
      'the construct of another kind',
      (of) => new EcrDockerPushPolicy(of, 'P', { repositories: [new Bucket(of, 'B') as never] }),
      /repositories\[0\]: `Stack\/B` is an `AWS::S3::Bucket`/,
    ],
  ])('%s', (_, make, message) => {
    expect(() => make(makeStack({ in: env }))).toThrow(message);
  });

  test('a new resource in another stack of another region', () => {
    const app = makeStack({ in: env }).node.root as App;
    const far = new Stack(app, 'Far', { env: { account: env.account, region: 'us-east-1' } });
    const near = new Stack(app, 'Near', { env });
    const repositories = [new Repository(far, 'R', { repositoryName: 'app' }), new Repository(near, 'R')];
    expect(() => new EcrDockerPushPolicy(near, 'P', { repositories })).toThrow(/make them agree/);
  });
});

describe('what a construct knows', () => {
  function serviceIn(stack: Stack): FargateService {
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-1'],
    });
    const cluster = Cluster.fromClusterAttributes(stack, 'Cluster', { vpc, clusterName: 'production' });
    const taskDefinition = new FargateTaskDefinition(stack, 'Web', {
      family: 'web',
      executionRole: Role.fromRoleName(stack, 'Execution', 'web-execution'),
      taskRole: Role.fromRoleName(stack, 'Task', 'web-task'),
    });
    taskDefinition.addContainer('web', { image: ContainerImage.fromRegistry('nginx') });
    return new FargateService(stack, 'Service', { cluster, taskDefinition, serviceName: 'web' });
  }

  test('is used: a service brings its cluster, its definition and the roles', () => {
    const stack = makeStack({ in: env });
    new EcsServiceDeploymentPolicy(stack, 'P', { services: [serviceIn(stack)] });
    const { Statement } = build(ecsServiceDeployment, {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      passRoles: ['web-task', 'web-execution'],
      ...env,
    });
    const statements = statementsOf(stack);
    expect(statements.map(({ Sid, Action }) => [Sid, Action])).toEqual(
      Statement.map(({ Sid, Action }) => [Sid, Action]),
    );
    expect(resourcesIn(stack, 'RegisterTaskDefinitions')).toBe(
      '["arn:aws:ecs:eu-west-1:123456789012:task-definition/web:*"]',
    );
    expect(resourcesIn(stack, 'PassTaskRoles')).toMatch(/role\/web-task.*role\/web-execution/);
    expect(notesOf(stack)).toContain('`cluster` is taken from `services`: `Stack/Cluster`');
  });

  test('is used of resources of the first level too, with what stands behind them', () => {
    const stack = makeStack({ in: env });
    const cluster = new CfnCluster(stack, 'C');
    const definition = new CfnTaskDefinition(stack, 'T', {
      family: 'web',
      taskRoleArn: 'arn:aws:iam::123456789012:role/task',
      executionRoleArn: new CfnRole(stack, 'R', { assumeRolePolicyDocument: {} }).attrArn,
    });
    const service = new CfnService(stack, 'S', { cluster: cluster.ref, taskDefinition: definition.ref });
    new EcsServiceDeploymentPolicy(stack, 'P', { services: [service] });
    expect(notesOf(stack)).toContain('`cluster` is taken from `services`: `Stack/C`');
    expect(resourcesIn(stack, 'RegisterTaskDefinitions')).toContain('task-definition/web:*');
    expect(resourcesIn(stack, 'PassTaskRoles')).toBe(
      '["arn:aws:iam::123456789012:role/task",{"Fn::GetAtt":["R","Arn"]}]',
    );
  });

  test.each([
    ['a key', (of: Stack) => new CfnKey(of, 'K').attrArn, /\{"Fn::GetAtt":\["K","Arn"\]\}/, /`kmsKey` is taken/],
    ['an alias', () => 'alias/state', undefined, /`Stack\/B` has `kmsMasterKeyId`.*: give `kmsKey`/],
    ['a parameter', (of: Stack) => new CfnParameter(of, 'N').valueAsString, undefined, /give `kmsKey`/],
  ])('of a bucket of the first level: %s', (_, make, resource, note) => {
    const stack = makeStack({ in: env });
    const encryption = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: make(stack) };
    const bucketEncryption = { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: encryption }] };
    const bucket = new CfnBucket(stack, 'B', { bucketEncryption });
    new TerraformRemoteStateS3Policy(stack, 'P', { bucket, keys: ['k'] });
    const found = resourcesIn(stack, 'StateKey');
    if (resource === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(resource);
    expect(notesOf(stack)).toMatch(note);
  });

  test('is said where it is an alias whose key is not known', () => {
    const stack = makeStack({ in: env });
    const bucket = new Bucket(stack, 'B', { encryptionKey: Alias.fromAliasName(stack, 'A', 'alias/state') });
    new TerraformRemoteStateS3Policy(stack, 'P', { bucket, keys: ['k'] });
    expect(notesOf(stack)).toContain('`Stack/B` has `encryptionKey`, in a form that cannot be read: give `kmsKey`');
  });

  test('is refused where services are in several clusters', () => {
    const stack = makeStack({ in: env });
    const services = ['One', 'Two'].map((id) => new CfnService(stack, id, { cluster: id }));
    expect(() => new EcsServiceDeploymentPolicy(stack, 'P', { services, taskDefinitionFamilies: ['web'] })).toThrow(
      /cluster: missing, and `services` belong to several, `One`, `Two`: make a policy for each/,
    );
  });

  test('a service imported by its name has an ARN without the cluster, which is not used', () => {
    const stack = makeStack({ in: env });
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });
    const cluster = Cluster.fromClusterAttributes(stack, 'C', { vpc, clusterName: 'production' });
    const service = FargateService.fromFargateServiceAttributes(stack, 'S', { cluster, serviceName: 'web' });
    new EcsServiceDeploymentPolicy(stack, 'P', { services: [service], taskDefinitionFamilies: ['web'] });
    expect(resourcesIn(stack, 'DeployServices')).toBe('["arn:aws:ecs:eu-west-1:123456789012:service/production/web"]');
  });

  test('is not used where the option is given, or null', () => {
    const stack = makeStack({ in: env });
    const bucket = new Bucket(stack, 'B', { encryption: BucketEncryption.KMS });
    new TerraformRemoteStateS3Policy(stack, 'With', { bucket, keys: ['k'] });
    expect(resourcesIn(stack, 'StateKey')).toMatch(/BKey\w+/);
    const without = makeStack({ in: env });
    const another = new Bucket(without, 'B', { encryption: BucketEncryption.KMS });
    new TerraformRemoteStateS3Policy(without, 'P', { bucket: another, keys: ['k'], kmsKey: null });
    expect(statementsOf(without).map(({ Sid }) => Sid)).not.toContain('StateKey');
  });

  test('is said where it disagrees, and where it is not known yet', () => {
    const stack = makeStack({ in: env });
    new EcsServiceDeploymentPolicy(stack, 'P', {
      cluster: 'staging',
      services: [serviceIn(stack)],
      taskDefinitionFamilies: [new FargateTaskDefinition(stack, 'Late')],
    });
    expect(notesOf(stack)).toContain('`Stack/Late` has no `executionRole` so far');
    Seen.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('`services` belongs to `Stack/Cluster`, and `cluster`'),
    );
  });

  test('the notes of the use case are annotations', () => {
    const stack = makeStack({ in: env });
    new EcrDockerPushPolicy(stack, 'P', { repositories: ['app'], createRepository: true });
    expect(notesOf(stack)).toContain('creating a repository with tags needs ecr:TagResource');
    const notes = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:info'));
    expect(notes).not.toEqual([]);
    // A stack trace for each note would take more time than all of the rest.
    expect(notes.filter(({ trace }) => trace !== undefined)).toEqual([]);
  });

  test('a deployment group brings its application and its configuration', () => {
    const stack = makeStack({ in: env });
    const group = EcsDeploymentGroup.fromEcsDeploymentGroupAttributes(stack, 'G', {
      application: EcsApplication.fromEcsApplicationName(stack, 'A', 'web-app'),
      deploymentGroupName: 'web-group',
      deploymentConfig: EcsDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    });
    new EcsServiceDeploymentPolicy(stack, 'P', {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      codeDeployDeploymentGroup: group,
    });
    const text = JSON.stringify(statementsOf(stack));
    expect(text).toContain('application:web-app');
    expect(text).toContain('deploymentgroup:web-app/web-group');
    expect(text).toContain('deploymentconfig:CodeDeployDefault.ECSCanary10Percent5Minutes');
  });
});

describe('types', () => {
  test('each option takes the constructs of its kind, and no other', () => {
    type Take<Name extends keyof EcsServiceDeploymentPolicyProps> = NonNullable<EcsServiceDeploymentPolicyProps[Name]>;
    const accepted = (
      cluster: ICluster,
      service: IBaseService,
      definition: ITaskDefinition,
      role: IRole,
      roleRef: aws_iam.IRoleRef,
      bucketRef: aws_s3.IBucketRef,
      tableV2: TableV2,
      key: IKey,
    ) => {
      const a: Take<'cluster'> = cluster;
      const b: Take<'services'> = [service, 'web', { arn: 'x' }, { name: 'y' }];
      const c: Take<'taskDefinitionFamilies'> = [definition];
      const d: Take<'passRoles'> = [role, roleRef];
      const e = { bucket: bucketRef, keys: ['k'], lockTable: tableV2, kmsKey: key } satisfies ConstructorParameters<
        typeof TerraformRemoteStateS3Policy
      >[2];
      return [a, b, c, d, e];
    };
    const refused = (
      role: Role,
      bucket: Bucket,
      cluster: ICluster,
      first: CfnRepository,
      lambda: LambdaApplication,
    ) => {
      const take = (_: ConstructorParameters<typeof TerraformRemoteStateS3Policy>[2]) => undefined;
      // @ts-expect-error a role is no KMS key
      take({ ...state, kmsKey: role });
      // @ts-expect-error a role is no bucket
      take({ keys: ['k'], bucket: role });
      // @ts-expect-error a bucket is no table
      take({ ...state, lockTable: bucket });
      // @ts-expect-error a bucket is no text
      take({ bucket, keys: [bucket] });
      // @ts-expect-error a cluster is no role
      take({ ...state, assumeRoles: [cluster] });
      // @ts-expect-error a repository is no role
      take({ ...state, assumeRoles: [first] });
      // @ts-expect-error an application is no deployment group
      const group: Take<'codeDeployDeploymentGroup'> = lambda;
      // @ts-expect-error an option that does not exist
      take({ ...state, kmskey: 'x' });
      // @ts-expect-error the bucket is required
      take({ keys: ['k'] });
      return group;
    };
    expect([typeof accepted, typeof refused]).toEqual(['function', 'function']);
  });
});
