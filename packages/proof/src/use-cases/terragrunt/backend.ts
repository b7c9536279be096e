import type { Bucket, World } from '@postern/sandbox';
import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { keyArn, state } from '../terraform-remote-state-s3/configuration.js';
import { makeBackend, makeState, readItem, usesTable } from '../terraform-remote-state-s3/state.js';
import { childOf, remoteState, succeedIn, writeUnit } from './unit.js';

const keyOf = (options: CellOptions) => options.names('keys')[0]!;
const newKeyOf = (options: CellOptions) => options.names('migrateToKeys')[0]!;
const newBucketOf = (options: CellOptions) => options.name('migrateToBucket') ?? options.name('bucket')!;
const moves = (options: CellOptions) => options.names('migrateToKeys').length > 0;

/** Both commands refuse a bucket that keeps no versions. */
const versioned = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';

/** A state in a bucket that keeps versions and encrypts by default where there is a key, and the bucket it may move to. */
function makeStates(bucketKey: boolean) {
  return async (world: World, options: CellOptions): Promise<void> => {
    const child = childOf(options);
    await makeBackend(world, child);
    const own = world.objects.buckets.get(options.name('bucket')!)!;
    own.configuration.set('versioning', Buffer.from(versioned));
    const other = options.name('migrateToBucket');
    const buckets = [
      own,
      ...(other === undefined ? [] : [world.objects.create(other, options.account, options.region)]),
    ];
    for (const one of buckets) {
      if (options.name('kmsKey') !== undefined) one.kmsKey = keyArn(options);
      one.bucketKey = bucketKey;
    }
    await makeState(world, child, keyOf(options));
  };
}

const bucketIn = (stage: Stage, name: string): Bucket => stage.sandbox.world.objects.buckets.get(name)!;

/** @throws {StepFailure} where the state, or the item of its digest, is still where it was */
async function expectGone(stage: Stage, options: CellOptions): Promise<void> {
  const own = bucketIn(stage, options.name('bucket')!);
  if (own.objects.has(keyOf(options))) throw new StepFailure('the state is still there');
  if (own.versions.size === 0) throw new StepFailure('no version of the state is left');
  const id = `${own.name}/${keyOf(options)}-md5`;
  if (usesTable(options) && (await readItem(stage.sandbox.world, childOf(options), id)) !== undefined)
    throw new StepFailure('the digest item is still there');
}

const deleteStep = (options: CellOptions): Step => ({
  name: 'terragrunt backend delete',
  tool: 'terragrunt',
  run: async (stage) => {
    writeUnit(stage, 'unit', remoteState(options, keyOf(options)));
    await succeedIn(stage, 'terragrunt', 'unit', ['backend', 'delete']);
    await expectGone(stage, options);
  },
});

const migrateStep = (options: CellOptions): Step => ({
  name: 'terragrunt backend migrate',
  tool: 'terragrunt',
  run: async (stage) => {
    const bucket = newBucketOf(options);
    writeUnit(stage, 'units/unit', remoteState(options, keyOf(options)));
    writeUnit(stage, 'units/moved', remoteState(options, newKeyOf(options), { bucket }));
    await succeedIn(stage, 'terragrunt', 'units', ['backend', 'migrate', 'unit', 'moved']);
    await expectGone(stage, options);
    if (bucketIn(stage, bucket).objects.get(newKeyOf(options))?.body.equals(state) !== true)
      throw new StepFailure('the state is not where it was moved to');
    const id = `${bucket}/${newKeyOf(options)}-md5`;
    if (usesTable(options) && (await readItem(stage.sandbox.world, childOf(options), id)) === undefined)
      throw new StepFailure('the moved state has no item');
  },
});

/** The commands of 0.77 and newer that take a state away from where it is. */
export const backendScenarios: readonly Scenario[] = [
  {
    name: 'backend delete',
    title: 'terragrunt backend delete deletes the state of a unit, and the item of its digest',
    applies: (options) => options.is('deleteStates', true),
    prepare: makeStates(false),
    steps: (options) => [deleteStep(options)],
  },
  ...[false, true].map(
    (bucketKey): Scenario => ({
      name: bucketKey ? 'backend migrate, bucket key' : 'backend migrate',
      title: `terragrunt backend migrate moves the state of a unit to another key${bucketKey ? ', where the buckets have keys of their own' : ', or to another bucket'}`,
      applies: (options) => moves(options) && (!bucketKey || options.name('kmsKey') !== undefined),
      prepare: makeStates(bucketKey),
      steps: (options) => [migrateStep(options)],
    }),
  ),
];
