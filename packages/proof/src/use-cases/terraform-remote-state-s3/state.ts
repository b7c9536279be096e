import { createHash } from 'node:crypto';
import { type Bucket, storeObject, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Outcome, type Stage } from '../../stage.js';
import { keyArn, state, stateDigest } from './configuration.js';

/** The key of a workspace's state. */
export function stateKeyOf(options: CellOptions, key: string, workspace = 'default'): string {
  return workspace === 'default' ? key : `${options.name('workspaceKeyPrefix') ?? 'env:'}/${workspace}/${key}`;
}

export const usesTable = (options: CellOptions) => options.is('lock', 'dynamodb', 'both');

/** Makes the bucket and the table; nothing is in them. */
export async function makeBackend(world: World, options: CellOptions): Promise<void> {
  world.objects.create(options.name('bucket')!, options.account, options.region);
  if (!usesTable(options)) return;
  await world.tables.create(options.name('lockTable')!, 'LockID');
  const key = options.name('lockTableKmsKey');
  if (key !== undefined)
    world.tables.known.get(options.name('lockTable')!)!.kmsKey =
      `arn:${options.partition}:kms:${options.region}:${options.account}:key/${key}`;
}

/** Puts a state there as an earlier run left it. */
export async function makeState(world: World, options: CellOptions, key: string, digest = stateDigest): Promise<void> {
  const name = options.name('bucket')!;
  const kmsKey = options.name('kmsKey') === undefined ? undefined : keyArn(options);
  storeObject(world.objects.buckets.get(name)!, key, state, {
    headers: { 'content-type': 'application/json' },
    kmsKey,
  });
  if (usesTable(options)) await putItem(world, options, `${name}/${key}-md5`, { Digest: { S: digest } });
}

async function putItem(world: World, options: CellOptions, id: string, attributes: object): Promise<void> {
  const Item = { LockID: { S: id }, ...attributes };
  await world.tables.send('PutItem', { TableName: options.name('lockTable')!, Item });
}

export async function readItem(
  world: World,
  options: CellOptions,
  id: string,
): Promise<Readonly<Record<string, { readonly S?: string }>> | undefined> {
  const Key = { LockID: { S: id } };
  const { body } = await world.tables.send('GetItem', { TableName: options.name('lockTable')!, Key });
  return (JSON.parse(body) as { Item?: Record<string, { S?: string }> }).Item;
}

export function bucketIn(stage: Stage, options: CellOptions): Bucket {
  return stage.sandbox.world.objects.buckets.get(options.name('bucket')!)!;
}

/**
 * After every command: no lock is left, the digest is that of the state, and terraform warned of nothing.
 * @throws {StepFailure}
 */
export async function expectClean(stage: Stage, options: CellOptions, outcome: Outcome): Promise<void> {
  const { world } = stage.sandbox;
  const warning = /Warning: .*/.exec(`${outcome.stdout}\n${outcome.stderr}`)?.[0];
  if (warning !== undefined) throw new StepFailure(`terraform warned: ${warning}`);
  const bucket = bucketIn(stage, options);
  for (const [key, { body }] of bucket.objects) {
    if (key.endsWith('.tflock')) throw new StepFailure(`the lock object ${key} is left`);
    if (!usesTable(options)) continue;
    if ((await readItem(world, options, `${bucket.name}/${key}`)) !== undefined)
      throw new StepFailure(`the lock item of ${key} is left`);
    const digest = (await readItem(world, options, `${bucket.name}/${key}-md5`))?.['Digest']?.S;
    if (digest !== createHash('md5').update(body).digest('hex'))
      throw new StepFailure(`the digest item of ${key} is not the digest of the state`);
  }
}
