import type { CellOptions, Scenario, Step } from '../src/scenario.js';
import { StepFailure, type Stage } from '../src/stage.js';
import { isVersioned, type World } from '@postern/sandbox';

const source = 'gruntwork-io/terragrunt at 286a33cb: internal/remotestate/backend/s3/client.go';

function step(name: string, run: (stage: Stage) => Promise<void>): Step {
  return { name, tool: 'replay', source, run };
}

const bucketOf = (options: CellOptions) => options.name('bucket')!;
const logsOf = (options: CellOptions) => options.name('accessLoggingBucket');
const usesTable = (options: CellOptions) => options.is('lock', 'dynamodb', 'both');
const on = (options: CellOptions, name: string) => options.is(name, true);

/** Sends a call whose answer may be that there is nothing; a refusal is a failure. */
async function ask(stage: Stage, service: 'S3' | 'DynamoDB', operation: string, input: object): Promise<boolean> {
  try {
    await stage.call(service, operation, input);
    return true;
  } catch (error) {
    const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 404 || name === 'ResourceNotFoundException') return false;
    // The answer to HEAD says nothing but its status.
    if (operation === 'HeadBucket')
      throw new StepFailure(`HeadBucket ${JSON.stringify(input)}: ${$metadata?.httpStatusCode}`);
    throw error;
  }
}

/** A bucket and a table as an earlier bootstrap left them. */
async function makeBootstrapped(world: World, options: CellOptions): Promise<void> {
  world.objects.create(bucketOf(options), options.account, options.region);
  if (usesTable(options)) await world.tables.create(options.name('lockTable')!, 'LockID');
}

/** What is looked at before anything is changed. */
function checkSteps(options: CellOptions): Step[] {
  const Bucket = bucketOf(options);
  const updates = !on(options, 'disableBucketUpdate');
  const setsPolicy = !(on(options, 'skipBucketRootAccess') && on(options, 'skipBucketEnforcedTls'));
  const reads: [boolean, string][] = [
    [!on(options, 'skipBucketVersioning'), 'GetBucketVersioning'],
    [updates && !on(options, 'skipBucketSsencryption'), 'GetBucketEncryption'],
    [updates && setsPolicy, 'GetBucketPolicy'],
    [logsOf(options) !== undefined && !on(options, 'skipBucketAccesslogging'), 'GetBucketLogging'],
    [updates && !on(options, 'skipBucketPublicAccessBlocking'), 'GetPublicAccessBlock'],
  ];
  return [
    step('look for the bucket', async (stage) => {
      if (!(await ask(stage, 'S3', 'HeadBucket', { Bucket }))) throw new StepFailure('the bucket is not found');
    }),
    ...(usesTable(options)
      ? [
          step('look for the table', async (stage) => {
            const found = await ask(stage, 'DynamoDB', 'DescribeTable', { TableName: options.name('lockTable') });
            if (!found) throw new StepFailure('the table is not found');
          }),
        ]
      : []),
    ...reads
      .filter(([needed]) => needed)
      .map(([, operation]) => step(operation, async (stage) => void (await ask(stage, 'S3', operation, { Bucket })))),
  ];
}

const policy = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'EnforcedTLS', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${bucket}/*` },
    ],
  });

const encryption = {
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true }],
  },
};
const publicAccess = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
};
const tagSet = [{ Key: 'team', Value: 'web' }];

/** From nothing to a bucket and a table, in the order of the source. */
function createSteps(options: CellOptions): Step[] {
  const Bucket = bucketOf(options);
  const logs = logsOf(options);
  const put = (name: string, operation: string, input: object) =>
    step(name, async (stage) => void (await stage.call('S3', operation, input)));
  const setsPolicy = !(on(options, 'skipBucketRootAccess') && on(options, 'skipBucketEnforcedTls'));
  return [
    createBucket(options, Bucket, on(options, 'bucketTags')),
    ...(setsPolicy ? setPolicy(Bucket, 'the bucket') : []),
    ...(on(options, 'skipBucketPublicAccessBlocking')
      ? []
      : [put('block public access', 'PutPublicAccessBlock', { Bucket, ...publicAccess })]),
    ...(on(options, 'bucketTags')
      ? [put('tag the bucket', 'PutBucketTagging', { Bucket, Tagging: { TagSet: tagSet } })]
      : []),
    ...(on(options, 'skipBucketVersioning') ? [] : [turnVersioningOn(Bucket)]),
    ...(on(options, 'skipBucketSsencryption')
      ? []
      : [put('encrypt the bucket', 'PutBucketEncryption', { Bucket, ...encryption })]),
    ...(logs === undefined ? [] : createLogsBucket(options, logs)),
    ...(usesTable(options) ? createTable(options) : []),
  ];
}

function createBucket(options: CellOptions, Bucket: string, tagged: boolean): Step {
  return step(`create ${Bucket}`, async (stage) => {
    if (await ask(stage, 'S3', 'HeadBucket', { Bucket })) throw new StepFailure(`${Bucket} is there already`);
    await stage.call('S3', 'CreateBucket', {
      Bucket,
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: options.region, ...(tagged ? { Tags: tagSet } : {}) },
    });
    if (!(await ask(stage, 'S3', 'HeadBucket', { Bucket }))) throw new StepFailure(`${Bucket} was not created`);
  });
}

function setPolicy(Bucket: string, what: string): Step[] {
  return [
    step(`read the policy of ${what}`, async (stage) => void (await ask(stage, 'S3', 'GetBucketPolicy', { Bucket }))),
    step(`write the policy of ${what}`, async (stage) => {
      await stage.call('S3', 'PutBucketPolicy', { Bucket, Policy: policy(Bucket) });
    }),
  ];
}

function turnVersioningOn(Bucket: string): Step {
  return step(`turn versioning of ${Bucket} on`, async (stage) => {
    await stage.call('S3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    if (!isVersioned(stage.sandbox.world.objects.buckets.get(Bucket)!)) throw new StepFailure('versioning is off');
  });
}

function createLogsBucket(options: CellOptions, Bucket: string): Step[] {
  const put = (name: string, operation: string, input: object) =>
    step(name, async (stage) => void (await stage.call('S3', operation, { Bucket, ...input })));
  const target = { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'TFStateLogs/' } };
  return [
    createBucket(options, Bucket, false),
    ...(on(options, 'skipAccessloggingBucketPublicAccessBlocking')
      ? []
      : [put('block public access to the logs', 'PutPublicAccessBlock', publicAccess)]),
    ...(on(options, 'skipAccessloggingBucketAcl')
      ? []
      : [
          put('let logs be delivered', 'PutBucketAcl', { ACL: 'log-delivery-write' }),
          put('wait for the ACL of the logs', 'GetBucketAcl', {}),
        ]),
    step('log access', async (stage) => {
      await stage.call('S3', 'PutBucketLogging', { Bucket: bucketOf(options), BucketLoggingStatus: target });
    }),
    ...(on(options, 'skipAccessloggingBucketSsencryption')
      ? []
      : [put('encrypt the logs', 'PutBucketEncryption', encryption)]),
    ...(on(options, 'skipAccessloggingBucketEnforcedTls') ? [] : setPolicy(Bucket, 'the logs')),
    ...(on(options, 'skipBucketVersioning') ? [] : [turnVersioningOn(Bucket)]),
  ];
}

function createTable(options: CellOptions): Step[] {
  const TableName = options.name('lockTable')!;
  const ResourceArn = `arn:${options.partition}:dynamodb:${options.region}:${options.account}:table/${TableName}`;
  const Tags = on(options, 'lockTableTags') ? { Tags: tagSet } : {};
  return [
    step('create the table', async (stage) => {
      if (await ask(stage, 'DynamoDB', 'DescribeTable', { TableName }))
        throw new StepFailure('the table is there already');
      await stage.call('DynamoDB', 'CreateTable', {
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
        ...Tags,
      });
    }),
    step('wait for the table', async (stage) => {
      for (let tries = 0; tries < 100; tries += 1) {
        const { Table } = await stage.call('DynamoDB', 'DescribeTable', { TableName });
        if ((Table as { TableStatus?: string }).TableStatus === 'ACTIVE') return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new StepFailure('the table does not become active');
    }),
    ...(on(options, 'lockTableTags')
      ? [
          step(
            'tag the table',
            async (stage) => void (await stage.call('DynamoDB', 'TagResource', { ResourceArn, Tags: tagSet })),
          ),
        ]
      : []),
    ...(on(options, 'lockTableSsencryption')
      ? [
          step('encrypt the table', async (stage) => {
            const SSESpecification = { Enabled: true, SSEType: 'KMS' };
            await stage.call('DynamoDB', 'UpdateTable', { TableName, SSESpecification });
            const { Table } = await stage.call('DynamoDB', 'DescribeTable', { TableName });
            if ((Table as { SSEDescription?: object }).SSEDescription === undefined)
              throw new StepFailure('the table is not encrypted');
          }),
        ]
      : []),
  ];
}

/** Scenarios that need no tool, so that the engine is tested everywhere. */
export const replayedScenarios: readonly Scenario[] = [
  {
    name: 'check',
    title: 'the backend is looked at',
    applies: (options) => options.is('bootstrap', 'check'),
    prepare: makeBootstrapped,
    steps: checkSteps,
  },
  {
    name: 'create',
    title: 'the backend is made from nothing, and looked at again',
    applies: (options) => options.is('bootstrap', 'create'),
    prepare: () => undefined,
    steps: (options) => [...createSteps(options), ...checkSteps(options)],
  },
];
