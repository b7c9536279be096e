import { build, terraformRemoteStateS3 } from '@postern/core';
import type { Bucket, World } from '@postern/sandbox';
import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { nameUnder, remoteState, succeedIn, terraformOptions, writeUnit, type Terragrunt } from './unit.js';

const bucketOf = (options: CellOptions) => options.name('bucket')!;
const logsOf = (options: CellOptions) => options.name('accessLoggingBucket');
const keyOf = (options: CellOptions) => options.names('keys')[0]!;
const usesTable = (options: CellOptions) => options.is('lock', 'dynamodb', 'both');
const on = (options: CellOptions, name: string) => options.is(name, true);

const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const encrypted = `<ServerSideEncryptionConfiguration ${xmlns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`;
const blocked = `<PublicAccessBlockConfiguration ${xmlns}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`;

function policyOf({ name }: Bucket, sids: readonly string[]): string {
  const statement = (Sid: string) => ({
    Sid,
    Effect: 'Allow',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    Principal: { AWS: ['arn:aws:iam::123456789012:root'] },
  });
  return JSON.stringify({ Version: '2012-10-17', Statement: sids.map(statement) });
}

/** A bucket, its logs and a table as an earlier bootstrap left them, so that nothing is out of date. */
async function makeBootstrapped(world: World, options: CellOptions): Promise<void> {
  const bucket = world.objects.create(bucketOf(options), options.account, options.region);
  const logs = logsOf(options);
  const set = (name: string, text: string) => bucket.configuration.set(name, Buffer.from(text));
  set('versioning', `<VersioningConfiguration ${xmlns}><Status>Enabled</Status></VersioningConfiguration>`);
  set('encryption', encrypted);
  set('publicAccessBlock', blocked);
  set('policy', policyOf(bucket, ['RootAccess', 'EnforcedTLS']));
  if (logs !== undefined)
    set(
      'logging',
      `<BucketLoggingStatus ${xmlns}><LoggingEnabled><TargetBucket>${logs}</TargetBucket><TargetPrefix>TFStateLogs/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>`,
    );
  if (usesTable(options)) {
    await world.tables.create(options.name('lockTable')!, 'LockID');
    if (on(options, 'lockTableSsencryption')) world.tables.encrypted.add(options.name('lockTable')!);
  }
}

/** The statement that somebody wrote into the policy of the logs bucket: it must be kept. */
const foreignSid = 'WrittenBySomebodyElse';

/** A logs bucket that others use already; the state bucket is still missing. */
function makeLogsBucket(world: World, options: CellOptions): void {
  const logs = world.objects.create(logsOf(options)!, options.account, options.region);
  logs.configuration.set('policy', Buffer.from(policyOf(logs, [foreignSid])));
}

/**
 * What the bucket must be after a bootstrap: everything that no option switched off.
 * @param keeps statements of the logs bucket's policy that were there before
 */
function expectBootstrapped(stage: Stage, tool: Terragrunt, options: CellOptions, keeps: readonly string[]): void {
  const { objects, tables } = stage.sandbox.world;
  const bucket = objects.buckets.get(bucketOf(options));
  if (bucket === undefined) throw new StepFailure('the bucket was not created');
  const has = (one: Bucket, part: string, text: string) => one.configuration.get(part)?.includes(text) === true;
  const wanted: [boolean, Bucket, string, string][] = [
    [!on(options, 'skipBucketVersioning'), bucket, 'versioning', 'Enabled'],
    [!on(options, 'skipBucketSsencryption'), bucket, 'encryption', 'aws:kms'],
    [!on(options, 'skipBucketRootAccess'), bucket, 'policy', 'RootAccess'],
    [!on(options, 'skipBucketEnforcedTls'), bucket, 'policy', 'EnforcedTLS'],
    [!on(options, 'skipBucketPublicAccessBlocking'), bucket, 'publicAccessBlock', 'true'],
    [on(options, 'bucketTags'), bucket, 'tagging', 'team'],
  ];
  const logs = logsOf(options);
  if (logs !== undefined) {
    const made = objects.buckets.get(logs);
    if (made === undefined) throw new StepFailure('the logs bucket was not created');
    wanted.push(
      [true, bucket, 'logging', logs],
      [!on(options, 'skipAccessloggingBucketPublicAccessBlocking'), made, 'publicAccessBlock', 'true'],
      [!on(options, 'skipAccessloggingBucketAcl'), made, 'acl', 'LogDelivery'],
      [!on(options, 'skipAccessloggingBucketSsencryption'), made, 'encryption', 'AES256'],
      [!on(options, 'skipAccessloggingBucketEnforcedTls'), made, 'policy', 'EnforcedTLS'],
      // 0.72 leaves the logs without versions.
      [tool === 'terragrunt' && !on(options, 'skipBucketVersioning'), made, 'versioning', 'Enabled'],
    );
    wanted.push(...keeps.map((sid): [boolean, Bucket, string, string] => [true, made, 'policy', sid]));
  }
  for (const [needed, one, part, text] of wanted)
    if (needed && !has(one, part, text)) throw new StepFailure(`${part} of ${one.name} is not as it must be`);
  if (usesTable(options) && !tables.known.has(options.name('lockTable')!))
    throw new StepFailure('the table was not created');
}

/** What terraform needs besides, where the client starts it; that the bucket may be listed is asked of the entry. */
const stateWithoutLock = (options: CellOptions) => {
  const policy = build(terraformRemoteStateS3, terraformOptions(options, options.names('keys'), 'none'));
  return [{ ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== 'ListBucket') }];
};

/** 1.x has a command for it; older releases do it before the commands that use the state. */
const commands: Readonly<Record<Terragrunt, readonly string[]>> = {
  terragrunt: ['backend', 'bootstrap'],
  'terragrunt-0.72': ['init', '-input=false', '-no-color'],
};

function bootstrapStep(tool: Terragrunt, options: CellOptions, name: string, keeps: readonly string[] = []): Step {
  return {
    name,
    tool,
    starts: ['terraform'],
    run: async (stage) => {
      writeUnit(stage, 'unit', remoteState(options, keyOf(options), { tool }));
      await succeedIn(stage, tool, 'unit', commands[tool]);
      expectBootstrapped(stage, tool, options, keeps);
    },
  };
}

/** The backend is looked at, made from nothing, and made where the logs bucket is there already. */
export function bootstrapScenarios(tool: Terragrunt): Scenario[] {
  const release = tool === 'terragrunt' ? '1.x' : tool.slice('terragrunt-'.length);
  const command = commands[tool][0] === 'init' ? 'init' : commands[tool].join(' ');
  const besides = tool === 'terragrunt' ? {} : { besides: stateWithoutLock };
  return [
    {
      name: nameUnder(tool, 'check'),
      title: `terragrunt ${command} (${release}) looks at a backend that is as it must be`,
      client: tool,
      applies: (options) => options.is('bootstrap', 'check'),
      ...besides,
      prepare: makeBootstrapped,
      steps: (options) => [
        {
          ...bootstrapStep(tool, options, `terragrunt ${command}`),
          run: async (stage) => {
            writeUnit(stage, 'unit', remoteState(options, keyOf(options), { tool }));
            await succeedIn(stage, tool, 'unit', commands[tool]);
            const written = stage.sandbox.log.entries.find(({ operation }) => /^(?:Put|Create|Update)/.test(operation));
            if (written !== undefined)
              throw new StepFailure(`${written.operation} was sent, and nothing had to change`);
          },
        },
      ],
    },
    {
      name: nameUnder(tool, 'create'),
      title: `terragrunt ${command} (${release}) makes the backend from nothing, and looks at it again`,
      client: tool,
      applies: (options) => options.is('bootstrap', 'create'),
      ...besides,
      prepare: () => undefined,
      steps: (options) => [
        bootstrapStep(tool, options, `terragrunt ${command}`),
        bootstrapStep(tool, options, `terragrunt ${command} again`),
      ],
    },
    {
      name: nameUnder(tool, 'create beside logs'),
      title: `terragrunt ${command} (${release}) makes the backend where the logs bucket is there, and keeps its policy`,
      client: tool,
      applies: (options) => options.is('bootstrap', 'create') && logsOf(options) !== undefined,
      ...besides,
      prepare: makeLogsBucket,
      steps: (options) => [bootstrapStep(tool, options, `terragrunt ${command}`, [foreignSid])],
    },
  ];
}
