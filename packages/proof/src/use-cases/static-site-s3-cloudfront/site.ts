import { storeObject, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

export const syncs = (options: CellOptions) => options.is('command', 'sync');
export const reads = (options: CellOptions) => options.is('readBack', true);
export const isLarge = (options: CellOptions) => options.is('largeObjects', true);
export const isTagged = (options: CellOptions) => options.is('objectTags', true);
export const isWhole = (options: CellOptions) => options.is('wholeBucket', true);

/** The prefixes with the slash behind them; nothing where the site stands at the top of the bucket. */
export const prefixesOf = (options: CellOptions) =>
  isWhole(options) ? [''] : options.names('prefixes').map((prefix) => `${prefix}/`);

/** Where the site stands: each prefix in each bucket. */
export const placesOf = (options: CellOptions) =>
  options.names('buckets').flatMap((bucket) => prefixesOf(options).map((prefix) => ({ bucket, prefix })));

export const keyArn = (options: CellOptions, [id]: readonly string[] = options.names('kmsKeys')) =>
  id === undefined ? undefined : `arn:${options.partition}:kms:${options.region}:${options.account}:key/${id}`;

/** Above eight MiB the AWS CLI uploads and copies in parts. */
export const large = Buffer.alloc(9 * 1024 * 1024, 'film');

const host = 'www.example.com';
export const aliasOf = (id: string) => `${id.toLowerCase()}.${host}`;

/** The site as it was, beside what is none of the job's business, and the distributions with another one. */
export function prepare({ objects, distributions }: World, options: CellOptions): void {
  const owner = options.name('resourceAccount') ?? options.account;
  const kmsKey = keyArn(options);
  for (const name of options.names('buckets')) {
    const bucket = objects.create(name, owner, options.region);
    if (kmsKey !== undefined) bucket.kmsKey = kmsKey;
    for (const prefix of prefixesOf(options)) {
      storeObject(bucket, `${prefix}old.html`, Buffer.from('old'), { kmsKey });
      // What is refused first is the same each time: `sync --delete` deletes one file.
      if (reads(options)) {
        const tags = isTagged(options) ? 'page=home' : undefined;
        storeObject(bucket, `${prefix}home.html`, Buffer.from('home'), { kmsKey, tags });
      }
    }
    storeObject(bucket, 'private/report', Buffer.from('not the site'), { kmsKey });
  }
  objects.create('other-bucket', owner, options.region);
  for (const id of [...options.names('distributions'), 'E0THEIRS'])
    distributions.set(id, { id, aliases: [aliasOf(id)], invalidations: new Map() });
}

/** @throws {StepFailure} where the object is not there or, with `present` false, where it still is */
export function expectObject({ sandbox }: Stage, bucket: string, key: string, present = true): void {
  const found = sandbox.world.objects.buckets.get(bucket)?.objects.has(key) === true;
  if (found !== present) throw new StepFailure(`${key} ${present ? 'was not written' : 'is still there'}`);
}
