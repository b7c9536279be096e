import type { CellOptions, ProofPlan, Scenario, Step } from '../../src/scenario.js';
import { StepFailure, type Stage } from '../../src/stage.js';
import { createImage } from '../../src/use-cases/ecr-docker-push/image.js';
import { ecrDockerPushProof } from '../../src/use-cases/ecr-docker-push/plan.js';
import { prepare as prepareServices } from '../../src/use-cases/ecs-service-deployment/definition.js';
import { ecsServiceDeploymentProof } from '../../src/use-cases/ecs-service-deployment/plan.js';
import { keyArn } from '../../src/use-cases/terraform-remote-state-s3/configuration.js';
import { terraformRemoteStateS3Proof } from '../../src/use-cases/terraform-remote-state-s3/plan.js';
import { makeBackend, stateKeyOf, usesTable } from '../../src/use-cases/terraform-remote-state-s3/state.js';
import { terragruntProof } from '../../src/use-cases/terragrunt/plan.js';
import { storeObject } from '@postern/sandbox';
import { replayedScenarios } from '../replayed-bootstrap.js';
import { logIn, pushAsContainerd } from './registry-client.js';
import { replaySteps } from './replayed-deployment.js';

/** Some cells of a plan, with scenarios that need no tool, so that the engine is attacked everywhere and in little time. */
function part(plan: ProofPlan, names: readonly string[], scenarios: readonly Scenario[] = plan.scenarios): ProofPlan {
  const cells = plan.cells.filter(({ name }) => names.includes(name)).map(({ name, options }) => ({ name, options }));
  if (cells.length !== names.length) throw new Error(`of ${names.join(', ')} some are no cells`);
  return { ...plan, cells, scenarios };
}

const replay = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
  name,
  tool: 'replay',
  source: 'the order of the calls in the plan of the entry',
  run: async (stage) => void (await run(stage)),
});

const tag = 'v1';

function pushSteps(options: CellOptions): Step[] {
  return [
    replay('log in', (stage) => logIn(stage)),
    ...options.names('repositories').flatMap((repositoryName): Step[] => [
      ...(options.is('createRepository', true)
        ? [
            replay('look for the repository', ({ call }) =>
              call('ECR', 'DescribeRepositories', { repositoryNames: [repositoryName] }).catch((error: Error) => {
                if (error.name !== 'RepositoryNotFoundException') throw error;
              }),
            ),
            replay('create the repository', ({ call }) => call('ECR', 'CreateRepository', { repositoryName })),
          ]
        : []),
      replay('push', async (stage) => {
        const image = createImage();
        const client = await logIn(stage);
        if (options.is('pushClient', 'any')) await pushAsContainerd(client, repositoryName, image, tag);
        else
          await pushAsContainerd(
            {
              send: (method, path, ...rest) =>
                method === 'HEAD' && path.includes('/manifests/')
                  ? Promise.resolve(new Response(null, { status: 404 }))
                  : client.send(method, path, ...rest),
            },
            repositoryName,
            image,
            tag,
          );
        const pushed = stage.sandbox.world.registry.find(options.account, options.region, repositoryName);
        if (!pushed?.tags.has(tag)) throw new StepFailure('the tag is not there');
      }),
      ...(options.is('checkExisting', true)
        ? [
            replay('look for the image', ({ call }) =>
              call('ECR', 'DescribeImages', { repositoryName, imageIds: [{ imageTag: tag }] }),
            ),
          ]
        : []),
      ...(options.is('pull', true)
        ? [
            replay('pull', async (stage) => {
              const client = await logIn(stage);
              await client.send('GET', `${repositoryName}/manifests/${tag}`);
              const pushed = stage.sandbox.world.registry.find(options.account, options.region, repositoryName);
              for (const digest of pushed?.blobs.keys() ?? [])
                await client.send('GET', `${repositoryName}/blobs/${digest}`);
            }),
          ]
        : []),
      ...(options.is('scanFindings', true)
        ? [
            replay('read the findings', ({ call }) =>
              call('ECR', 'DescribeImageScanFindings', { repositoryName, imageId: { imageTag: tag } }),
            ),
          ]
        : []),
      ...options.names('mountFrom').map((from) =>
        replay('mount a layer', async (stage) => {
          const client = await logIn(stage);
          const [digest] = stage.sandbox.world.registry.find(options.account, options.region, from)?.blobs.keys() ?? [];
          const path = `${repositoryName}/blobs/uploads/?mount=${digest}&from=${from}`;
          if ((await client.send('POST', path)).status !== 201) throw new StepFailure('the layer is not mounted');
        }),
      ),
    ]),
  ];
}

export const ecr = part(
  ecrDockerPushProof,
  ['any checkExisting pull createRepository scanFindings mountFrom', 'classic pull', 'any'],
  [
    {
      name: 'replayed push',
      title: 'the calls of a push, in their order',
      applies: () => true,
      prepare: (world, options) => {
        const made = options.is('createRepository', true) ? [] : options.names('repositories');
        for (const name of made) world.registry.create(options.account, options.region, name);
        for (const name of options.names('mountFrom')) {
          const repository = world.registry.create(options.account, options.region, name);
          for (const [digest, bytes] of createImage().blobs) repository.blobs.set(digest, bytes);
        }
      },
      steps: pushSteps,
    },
  ],
);

/** What terraform asks for, from the lock to the digest. */
function stateSteps(options: CellOptions): Step[] {
  const Bucket = options.name('bucket')!;
  const TableName = options.name('lockTable');
  const prefix = options.name('workspaceKeyPrefix') ?? 'env:';
  const writes = options.is('access', 'apply');
  const locks = !options.is('access', 'read');
  const workspaces = [...(options.is('defaultWorkspace', true) ? ['default'] : []), ...options.names('workspaces')];
  const encrypted =
    options.name('kmsKey') === undefined ? {} : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn(options) };
  const item = (LockID: string) => ({ LockID: { S: `${Bucket}/${LockID}` } });
  return [
    replay('list the workspaces', ({ call }) => call('S3', 'ListObjectsV2', { Bucket, Prefix: `${prefix}/` })),
    ...workspaces.flatMap((workspace): Step[] => {
      const Key = stateKeyOf(options, options.names('keys')[0]!, workspace);
      const lock = { Bucket, Key: `${Key}.tflock` };
      const deletes = options.is('deleteWorkspaces', true) && workspace !== 'default' && writes;
      return [
        ...(locks && options.is('lock', 'lockfile', 'both')
          ? [
              replay('take the lock', ({ call }) => call('S3', 'PutObject', { ...lock, ...encrypted, Body: '{}' })),
              replay('read the lock', ({ call }) => call('S3', 'GetObject', lock)),
            ]
          : []),
        ...(locks && usesTable(options)
          ? [
              replay('take the lock item', ({ call }) => call('DynamoDB', 'PutItem', { TableName, Item: item(Key) })),
              replay('read the lock item', ({ call }) => call('DynamoDB', 'GetItem', { TableName, Key: item(Key) })),
            ]
          : []),
        replay('read the state', ({ call }) => call('S3', 'GetObject', { Bucket, Key })),
        ...(usesTable(options)
          ? [
              replay('read the digest', ({ call }) =>
                call('DynamoDB', 'GetItem', { TableName, Key: item(`${Key}-md5`) }),
              ),
            ]
          : []),
        ...(writes
          ? [
              replay('write the state', ({ call }) =>
                call('S3', 'PutObject', { Bucket, Key, Body: '{}', ...encrypted }),
              ),
            ]
          : []),
        ...(writes && usesTable(options)
          ? [
              replay('write the digest', ({ call }) =>
                call('DynamoDB', 'PutItem', { TableName, Item: item(`${Key}-md5`) }),
              ),
            ]
          : []),
        ...(deletes ? [replay('delete the state', ({ call }) => call('S3', 'DeleteObject', { Bucket, Key }))] : []),
        ...(deletes && usesTable(options)
          ? [
              replay('delete the digest', ({ call }) =>
                call('DynamoDB', 'DeleteItem', { TableName, Key: item(`${Key}-md5`) }),
              ),
            ]
          : []),
        ...(locks && options.is('lock', 'lockfile', 'both')
          ? [replay('release the lock', ({ call }) => call('S3', 'DeleteObject', lock))]
          : []),
        ...(locks && usesTable(options)
          ? [
              replay('release the lock item', ({ call }) =>
                call('DynamoDB', 'DeleteItem', { TableName, Key: item(Key) }),
              ),
            ]
          : []),
      ];
    }),
  ];
}

const stateScenario = (name: string, bucketKey: boolean): Scenario => ({
  name,
  title: 'the calls of terraform, in their order',
  applies: (options) => !bucketKey || options.name('kmsKey') !== undefined,
  prepare: async (world, options) => {
    await makeBackend(world, options);
    const bucket = world.objects.buckets.get(options.name('bucket')!)!;
    bucket.bucketKey = bucketKey;
    const kmsKey = options.name('kmsKey') === undefined ? undefined : keyArn(options);
    for (const workspace of ['default', ...options.names('workspaces')])
      storeObject(bucket, stateKeyOf(options, options.names('keys')[0]!, workspace), Buffer.from('{}'), { kmsKey });
  },
  steps: stateSteps,
});

export const terraform = part(
  terraformRemoteStateS3Proof,
  ['apply both kms workspaces', 'read dynamodb', 'restricted listing', 'resource account', 'delete workspaces both'],
  [stateScenario('replayed state', false), stateScenario('replayed state, bucket key', true)],
);

export const terragrunt: ProofPlan = {
  ...part(
    terragruntProof,
    [
      'check',
      'check with a logs bucket',
      'create, lockTableTags',
      'create, lockTableSsencryption',
      'create with a logs bucket, bucketTags',
      'create without a table',
    ],
    replayedScenarios,
  ),
  unshown: ['LockItems', 'DigestItems', 'LockObjects'].map((atom) => ({
    atom,
    outcome: 'claimed' as const,
    why: 'terraform takes the lock, which this plan leaves out',
    source: 'the whole plan',
  })),
};

/** The calls of clients that are run where they are there, replayed. */
export const deployments = (['fabfuel', 'ecs-deploy', 'aws-actions'] as const).map(
  (client): Scenario => ({
    name: client,
    title: `the calls of ${client}, in its order`,
    applies: (options) => options.is('client', client),
    prepare: prepareServices,
    steps: (options) => replaySteps(client, options),
  }),
);

export const ecs = part(
  ecsServiceDeploymentProof,
  ['fabfuel', 'fabfuel runTask tagTask', 'fabfuel keep old', 'ecs-deploy deregisterOld', 'fabfuel tagTaskDefinition'],
  deployments,
);

export const blueGreen = part(
  ecsServiceDeploymentProof,
  ['aws-actions', 'blue/green aws-actions', 'blue/green aws-actions own configuration'],
  deployments,
);

export const volumes = part(ecsServiceDeploymentProof, ['volumes'], deployments);

/** Fewer of the cells, for what these alone can show. */
export function only(plan: ProofPlan, ...names: readonly string[]): ProofPlan {
  return { ...plan, cells: plan.cells.filter(({ name }) => names.includes(name)) };
}
