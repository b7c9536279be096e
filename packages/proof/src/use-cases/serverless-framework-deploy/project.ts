import { populate, storeObject, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { prepareImage, tag } from '../ecr-image-pull/repositories.js';
import { buildsImages } from './docker.js';

export const reads = (options: CellOptions) => options.is('access', 'read');
export const isDirect = (options: CellOptions) => options.is('method', 'direct');
export const removes = (options: CellOptions) => options.is('remove', true);
export const isVersioned = (options: CellOptions) => options.is('versionedBucket', true);
export const givenBucket = (options: CellOptions) => options.name('bucket');
export const serviceOf = (options: CellOptions) => options.name('service')!;
export const stagesOf = (options: CellOptions) => options.names('stages');

export const stackOf = (options: CellOptions, stage: string) =>
  options.name('stackName') ?? `${serviceOf(options)}-${stage}`;

/** The bucket of a stack that is there; the sandbox makes up another name for a stack that is made. */
const ownBucket = (options: CellOptions, stage: string) =>
  options.names('ownBuckets')[0] ?? `${stackOf(options, stage)}-serverlessdeploymentbucket-1x6jug5lzfnl7`.toLowerCase();

export const bucketOf = (options: CellOptions, stage: string) => givenBucket(options) ?? ownBucket(options, stage);

export const prefixOf = (options: CellOptions, stage: string) =>
  `${options.name('deploymentPrefix')}/${serviceOf(options)}/${stage}`;

export const functionOf = (options: CellOptions, stage: string) =>
  options.names('functions')[0] ?? `${serviceOf(options)}-${stage}-hello`;

/** Names of the functions that are images, by where these come from. */
export const imageFunctions = (options: CellOptions) => [
  ...(buildsImages(options) ? ['built'] : []),
  ...(options.names('imageRepositories').length > 0 ? ['named'] : []),
];

export const keyArn = (options: CellOptions, id = options.name('kmsKey')) =>
  id === undefined ? undefined : `arn:${options.partition}:kms:${options.region}:${options.account}:key/${id}`;

export const roleArn = (options: CellOptions, name = options.name('serviceRole')) =>
  name === undefined ? undefined : `arn:${options.partition}:iam::${options.account}:role/${name}`;

export const stackKey = (options: CellOptions, name: string) => `${options.account}/${options.region}/${name}`;

/** Packages of deployments that are longer past than any that a run makes. */
const past = [1, 2, 3, 4, 5].map((hour) => {
  const time = new Date(Date.UTC(2024, 0, 1, hour));
  return `${time.getTime()}-${time.toISOString()}`;
});

/** The oldest of them, which the next deployment deletes: five are kept. */
export const oldest = (options: CellOptions, stage: string) => `${prefixOf(options, stage)}/${past[0]}/`;

export function addPast(world: World, options: CellOptions, stage: string): void {
  const bucket = world.objects.buckets.get(bucketOf(options, stage))!;
  for (const time of past)
    for (const file of ['compiled-cloudformation-template.json', 'serverless-state.json'])
      storeObject(bucket, `${prefixOf(options, stage)}/${time}/${file}`, Buffer.from('{}'), {
        kmsKey: keyArn(options),
      });
}

/** Makes what lies in the bucket older than the functions are. */
export function age({ sandbox }: Stage, options: CellOptions, stage: string): void {
  const { objects } = sandbox.world.objects.buckets.get(bucketOf(options, stage))!;
  for (const [key, object] of objects) objects.set(key, { ...object, modified: new Date(0) });
}

/** serverless.yml, in JSON: what it has in it differs by version. */
function configuration(options: CellOptions, version: string): object {
  const bucket = {
    ...(givenBucket(options) === undefined ? {} : { name: givenBucket(options) }),
    ...(isVersioned(options) ? { versioning: true } : {}),
    ...(keyArn(options) === undefined ? {} : { serverSideEncryption: 'aws:kms', sseKMSKeyId: keyArn(options) }),
  };
  const [parameter] = options.names('parameters');
  const [stack] = options.names('outputStacks');
  const [object] = options.names('variableObjects');
  const values = {
    VERSION: version,
    ...(parameter === undefined ? {} : { PARAMETER: `\${ssm:${parameter}}` }),
    ...(stack === undefined ? {} : { OUTPUT: `\${cf:${stack}.Id}` }),
    ...(object === undefined ? {} : { OBJECT: `\${s3:${object}}` }),
  };
  const transforms = options.names('transforms').map((name) => `AWS::${name}`);
  const layers = options
    .names('layers')
    .map((name) => `arn:${options.partition}:lambda:${options.region}:${options.account}:layer:${name}:3`);
  const [repository] = options.names('imageRepositories');
  const registry = `${options.account}.dkr.ecr.${options.region}.amazonaws.com`;
  return {
    service: serviceOf(options),
    frameworkVersion: '3',
    provider: {
      name: 'aws',
      runtime: 'nodejs18.x',
      environment: values,
      deploymentMethod: isDirect(options) ? 'direct' : 'changesets',
      deploymentPrefix: options.name('deploymentPrefix'),
      ...(Object.keys(bucket).length === 0 ? {} : { deploymentBucket: bucket }),
      ...(options.name('stackName') === undefined ? {} : { stackName: options.name('stackName') }),
      ...(roleArn(options) === undefined ? {} : { iam: { deploymentRole: roleArn(options) } }),
      ...(buildsImages(options) ? { ecr: { images: { app: { path: '.' } } } } : {}),
      ...(options.is('stackPolicy', true)
        ? { stackPolicy: [{ Effect: 'Allow', Principal: '*', Action: 'Update:*', Resource: '*' }] }
        : {}),
    },
    functions: {
      hello: {
        handler: 'handler.hello',
        ...(options.names('functions').length === 0 ? {} : { name: 'hello' }),
        ...(layers.length === 0 ? {} : { layers }),
      },
      ...(buildsImages(options) ? { built: { image: 'app' } } : {}),
      ...(repository === undefined ? {} : { named: { image: `${registry}/${repository}:${tag}` } }),
    },
    ...(transforms.length === 0 || isDirect(options) ? {} : { resources: { Transform: transforms } }),
  };
}

/** Writes the service; another version has another function and another environment. */
export function writeService(stage: Stage, options: CellOptions, version: string): void {
  stage.write('serverless.json', JSON.stringify(configuration(options, version)));
  stage.write('Dockerfile', 'FROM scratch\n');
  stage.write('handler.js', `exports.hello = async () => ${JSON.stringify(version)};\n`);
}

/** The bucket, whose name the stack has made up where it has made it. */
function addBucket(world: World, options: CellOptions, stage: string): void {
  const name = bucketOf(options, stage);
  if (world.objects.buckets.has(name)) return;
  const bucket = world.objects.create(name, options.account, options.region);
  const kmsKey = keyArn(options);
  if (kmsKey !== undefined) bucket.kmsKey = kmsKey;
  if (isVersioned(options))
    bucket.configuration.set(
      'versioning',
      Buffer.from('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'),
    );
}

/** A stack that makes its bucket is there with it, but for the scenario that begins with nothing. */
const isDeployed = (options: CellOptions) => reads(options) || givenBucket(options) === undefined;

/** What variables read is there, and so are the functions and the bucket; the stack with a bucket of its own too. */
export function prepare(world: World, options: CellOptions): void {
  for (const stage of stagesOf(options)) {
    addBucket(world, options, stage);
    if (isDeployed(options)) addDeployed(world, options, stage);
    populate(world, { functions: [{ name: functionOf(options, stage), versions: 2 }] });
    for (const name of imageFunctions(options)) {
      const whole = `${serviceOf(options)}-${stage}-${name}`;
      populate(world, { functions: [{ name: whole }] });
      world.functions.get(stackKey(options, whole))!.configuration = { PackageType: 'Image' };
    }
  }
  populate(world, { functions: [{ name: 'theirs', versions: 1 }] });
  const { account, region } = options;
  for (const name of options.names('imageRepositories')) prepareImage(world, { account, region, name });
  const [parameter] = options.names('parameters');
  if (parameter !== undefined) {
    for (const name of [parameter, `${parameter}-old`]) world.parameters.set(name, 'token');
    const [key] = options.names('parameterKeys');
    if (key !== undefined) world.parameterKeys.set(parameter, keyArn(options, key)!);
  }
  for (const name of options.names('outputStacks'))
    populate(world, { stacks: [{ name, template: '{}', outputs: { Id: 'subnet-1' } }] });
  for (const name of options.names('variableObjects')) {
    const [bucket = '', ...key] = name.split('/');
    const made = world.objects.create(bucket, options.account, options.region);
    for (const one of [key.join('/'), 'theirs.json']) storeObject(made, one, Buffer.from('value'));
  }
}

const ofStack = 'AWS::CloudFormation::Stack';

function addDeployed(world: World, options: CellOptions, stage: string): void {
  addStack(world, options, stackOf(options, stage), { ServerlessDeploymentBucket: bucketOf(options, stage) });
  addPast(world, options, stage);
}

/** The same with the service deployed, for who means ill. */
export function prepareDeployed(world: World, options: CellOptions): void {
  prepare(world, options);
  for (const stage of stagesOf(options)) addDeployed(world, options, stage);
  addStack(world, options, 'theirs');
  for (const name of ['theirs-bucket', 'theirs-serverlessdeploymentbucket-1'])
    storeObject(world.objects.create(name, options.account, options.region), 'theirs/a.zip', Buffer.from('PK'));
}

export function addStack(
  world: World,
  { account, region, partition }: CellOptions,
  name: string,
  resources: Readonly<Record<string, string>> = {},
): void {
  populate(world, { stacks: [{ name, template: '{}', resources }] });
  const stack = world.stacks.get(`${account}/${region}/${name}`)!;
  const id = `arn:${partition}:cloudformation:${region}:${account}:changeSet/waiting/${name}`;
  const template = JSON.stringify({ Resources: { Nested: { Type: ofStack } } });
  const deployed = { template, parameters: [], tags: [], capabilities: [] };
  const about = { kind: 'UPDATE', deployed, role: undefined, created: new Date(0), empty: false, executed: false };
  stack.changeSets.set('waiting', { name: 'waiting', id, ...about });
}

/** @throws {StepFailure} where the stack is not in this state */
export function expectStatus({ sandbox }: Stage, options: CellOptions, name: string, status: string | undefined): void {
  const found = sandbox.world.stacks.get(stackKey(options, name))?.status;
  if (found !== status) throw new StepFailure(`${name} is ${found ?? 'not there'}`);
}
