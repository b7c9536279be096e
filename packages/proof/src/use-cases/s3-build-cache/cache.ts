import { storeObject, type Bucket, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

export const writes = (options: CellOptions) => options.is('access', 'read-write');
export const isLarge = (options: CellOptions) => options.is('largeObjects', true) && writes(options);

/** The prefixes with the slash behind them; nothing where the client writes at the top of the bucket. */
export const prefixesOf = (options: CellOptions) =>
  options.is('wholeBucket', true) ? [''] : options.names('prefixes').map((prefix) => `${prefix}/`);

export const bucketOf = (options: CellOptions) => options.name('bucket')!;

export const keyArn = (options: CellOptions, id = options.name('kmsKey')) =>
  id === undefined ? undefined : `arn:${options.partition}:kms:${options.region}:${options.account}:key/${id}`;

export function bucketIn({ sandbox }: Stage, options: CellOptions): Bucket {
  return sandbox.world.objects.buckets.get(bucketOf(options))!;
}

/** The bucket with an artifact under each prefix, and with one that is none of the job's business. */
export function prepare(world: World, options: CellOptions): void {
  const bucket = world.objects.create(bucketOf(options), options.account, options.region);
  const kmsKey = keyArn(options);
  if (kmsKey !== undefined) bucket.kmsKey = kmsKey;
  for (const prefix of prefixesOf(options)) storeObject(bucket, `${prefix}hit`, Buffer.from('an artifact'), { kmsKey });
  storeObject(bucket, 'release/app', Buffer.from('not the cache'), { kmsKey });
  world.objects.create('other-bucket', options.account, options.region);
}

/** @throws {StepFailure} where the object is not there, or has another size */
export function expectObject(stage: Stage, options: CellOptions, key: string, size?: number): void {
  const found = bucketIn(stage, options).objects.get(key);
  if (found === undefined) throw new StepFailure(`${key} was not written`);
  if (size !== undefined && found.body.length !== size) throw new StepFailure(`${key} has ${found.body.length} bytes`);
}
