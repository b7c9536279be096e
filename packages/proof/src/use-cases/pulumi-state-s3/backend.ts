import { dirname } from 'node:path';
import { seal, storeObject, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

export const bucketOf = (options: CellOptions) => options.name('bucket')!;
/** The stack and its project. */
export const stackOf = (options: CellOptions) => options.names('stacks')[0]!;
export const keyArn = ({ partition, region, account }: CellOptions, id: string) =>
  `arn:${partition}:kms:${region}:${account}:key/${id}`;

/** The key of an object of the backend. */
export const keyIn = (options: CellOptions, rest: string) => `${rootOf(options)}/${rest}`;

const rootOf = (options: CellOptions) => options.name('root') ?? '.pulumi';

/** The bucket, with what is there before the job: no backend, or one with the stacks that the job only reads. */
export function prepare(world: World, options: CellOptions): void {
  const bucket = world.objects.create(bucketOf(options), options.account, options.region);
  world.objects.create('other-bucket', options.account, options.region);
  const id = options.name('kmsKey');
  const kmsKey = id === undefined ? undefined : keyArn(options, id);
  if (kmsKey !== undefined) bucket.kmsKey = kmsKey;
  const put = (rest: string, text: string) => storeObject(bucket, keyIn(options, rest), Buffer.from(text), { kmsKey });
  const checkpoint = (stack: string) =>
    put(
      `stacks/${stack}.json`,
      JSON.stringify({ version: 3, checkpoint: { stack: `organization/${stack}`, latest: {} } }),
    );
  if (!options.is('initialize', true)) put('meta.yaml', 'version: 1\n');
  if (options.is('access', 'preview')) checkpoint(stackOf(options));
  for (const stack of options.names('stackReferences')) checkpoint(stack);
}

/** Where the secrets of a stack are encrypted: with a passphrase, or with KMS. */
export function secretsProvider(options: CellOptions): string {
  const id = options.name('secretsKey');
  return id === undefined ? 'passphrase' : `awskms:///${keyArn(options, id)}?region=${options.region}`;
}

/** The project, and what an earlier job has left in its settings where it is not this one that makes the stack. */
export function writeProject(stage: Stage, options: CellOptions): void {
  const [project, stack] = stackOf(options).split('/') as [string, string];
  const references = options
    .names('stackReferences')
    .map(
      (name, index) =>
        `  reference${index}:\n    type: pulumi:pulumi:StackReference\n    properties: { name: organization/${name} }\n`,
    );
  const resources = references.length === 0 ? '' : `resources:\n${references.join('')}`;
  stage.write('Pulumi.yaml', `name: ${project}\nruntime: yaml\n${resources}outputs:\n  version: '1'\n`);
  const id = options.name('secretsKey');
  if (id === undefined || options.is('changeSecretsProvider', true)) return;
  const key = keyArn(options, id);
  const settings = `secretsprovider: ${secretsProvider(options)}\nencryptedkey: ${seal(key, Buffer.alloc(32, 1))}\n`;
  stage.write(`Pulumi.${stack}.yaml`, settings);
}

/** Runs Pulumi against the bucket. */
export async function pulumi(stage: Stage, options: CellOptions, ...args: readonly string[]): Promise<string> {
  const path = rootOf(options).replace(/[/]?[.]pulumi$/, '');
  // The language host stands beside the program.
  const beside = dirname(stage.tools.pulumi?.path ?? '');
  return stage.succeed('pulumi', [...args, '--non-interactive'], {
    env: {
      PATH: `${beside}:${stage.environment['PATH']}`,
      PULUMI_BACKEND_URL: `s3://${bucketOf(options)}${path === '' ? '' : `/${path}`}?region=${options.region}`,
      PULUMI_CONFIG_PASSPHRASE: 'correct horse',
      PULUMI_HOME: `${stage.folder}/pulumi`,
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      ...(options.is('checkpointBackups', false) ? { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: 'true' } : {}),
    },
  });
}

/** Tags of the stack, which another job has set. */
export function leaveTags(stage: Stage, options: CellOptions): void {
  const bucket = stage.sandbox.world.objects.buckets.get(bucketOf(options))!;
  const tags = JSON.stringify({ version: 1, tags: { owner: 'team' } });
  const { kmsKey } = bucket;
  storeObject(bucket, keyIn(options, `stacks/${stackOf(options)}.pulumi-tags`), Buffer.from(tags), { kmsKey });
}

const keysOf = (stage: Stage, options: CellOptions) => [
  ...stage.sandbox.world.objects.buckets.get(bucketOf(options))!.objects.keys(),
];

/** @throws {StepFailure} where no object under the key is there, or one is although none may be */
export function expectKey(stage: Stage, options: CellOptions, rest: string, isThere = true): void {
  const found = keysOf(stage, options).some((key) => key.startsWith(keyIn(options, rest)));
  if (found !== isThere) throw new StepFailure(`${rest} is ${isThere ? 'not there' : 'still there'}`);
}

/** @throws {StepFailure} where the very object is there */
export function expectMissing(stage: Stage, options: CellOptions, rest: string): void {
  if (keysOf(stage, options).includes(keyIn(options, rest))) throw new StepFailure(`${rest} is still there`);
}
