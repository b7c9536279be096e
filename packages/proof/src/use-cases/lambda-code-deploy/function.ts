import { populate, storeObject, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

export const bucketOf = (options: CellOptions) => options.name('bucket');
export const creates = (options: CellOptions) => options.is('createFunction', true);
export const uploads = (options: CellOptions) => options.is('upload', true) && bucketOf(options) !== undefined;
export const configures = (options: CellOptions) =>
  options.is('updateConfiguration', true) || options.is('client', 'aws-actions');

/** The packages of a bucket: each key, and one below each prefix. */
export const keysOf = (options: CellOptions) => [
  ...options.names('keys'),
  ...options.names('prefixes').map((prefix) => `${prefix}/1a2b3c4.zip`),
];

export const keyArn = (options: CellOptions, id = options.name('kmsKey')) =>
  id === undefined ? undefined : `arn:${options.partition}:kms:${options.region}:${options.account}:key/${id}`;

export const roleArn = (options: CellOptions, name: string) =>
  `arn:${options.partition}:iam::${options.account}:role/${name}`;

export const functionArn = (options: CellOptions, name: string) =>
  `arn:${options.partition}:lambda:${options.region}:${options.account}:function:${name}`;

export const layerArns = (options: CellOptions) =>
  options
    .names('layers')
    .map((name) => `arn:${options.partition}:lambda:${options.region}:${options.account}:layer:${name}:3`);

/** The addresses of the images that are deployed. */
export const imagesOf = (options: CellOptions, suffix: string) =>
  options
    .arns('repositories', `arn:${options.partition}:ecr:${options.region}:${options.account}:repository/`)
    .map((arn) => {
      const [, , , region, account, ...rest] = arn.split(':');
      return `${account}.dkr.ecr.${region}.${suffix}/${rest.join(':').replace('repository/', '')}:1a2b3c4`;
    });

/** A zip file without anything in it, as the AWS CLI takes it. */
export const emptyZip = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);

/** A package that the AWS CLI uploads in parts. */
export const zip = Buffer.alloc(9 * 1024 * 1024, 'PK');

/** The functions with a version and its aliases, their packages, and functions that are none of the job's business. */
export function prepare(world: World, options: CellOptions): void {
  const names = creates(options) ? [] : options.names('functions');
  const aliases = Object.fromEntries(['live', 'next', ...options.names('aliases')].map((name) => [name, '1']));
  populate(world, {
    functions: [...names, 'theirs'].map((name) => ({ name, role: `${name}-execution`, versions: 1, aliases })),
  });
  const name = bucketOf(options);
  if (name === undefined) return;
  const bucket = world.objects.create(name, options.account, options.region);
  const kmsKey = keyArn(options);
  if (kmsKey !== undefined) bucket.kmsKey = kmsKey;
  for (const key of [...keysOf(options), 'theirs.zip']) storeObject(bucket, key, Buffer.from('PK'), { kmsKey });
  world.objects.create('other-bucket', options.account, options.region);
}

/** @throws {StepFailure} where the function is not there, or has no code of this job */
export function expectDeployed({ sandbox }: Stage, options: CellOptions, name: string): void {
  const found = sandbox.world.functions.get(`${options.account}/${options.region}/${name}`);
  if (found === undefined) throw new StepFailure(`${name} was not created`);
  if (found.codeSize === 0) throw new StepFailure(`${name} has no new code`);
}
