import { afterAll, describe, expect, test } from 'vitest';
import { account, arn, partition, region, template, text, type StatementTemplate } from '@postern/core';
import { compareRecords, findingsOf, recordProof } from '../../src/evidence.js';
import { runProof, type Proof } from '../../src/run-proof.js';
import type { ProofPlan } from '../../src/scenario.js';
import {
  addAction,
  addValue,
  asksInstead,
  asksOf,
  dropAction,
  dropCondition,
  dropWhen,
  dropWhenOf,
  edit,
  neverAsks,
  setResources,
  setValues,
  unscope,
  withOperation,
  withRule,
  withStatements,
} from './edits.js';
import { blueGreen, ecr, ecs, only, terraform, terragrunt, volumes } from './plans.js';
import { probed, withProbe, type Misbehaviour } from './probe.js';

/** One sabotage, and the beginning of the finding that names the part it touched. */
type Mutation = readonly [name: string, plan: () => ProofPlan, finding: string];

const any = template`*`;
const ecrArn = (place: typeof any, owner: typeof any) =>
  template`arn:${partition}:ecr:${place}:${owner}:repository/${text('repositories')}`;
const here = template`${region}`;
const own = template`${account}`;
const state = template`${arn('bucket')}/${text('keys')}`;
const item = template`${text('bucket')}/${text('keys')}`;

const needless = (like: StatementTemplate): StatementTemplate => ({ ...like, sid: 'Needless', actions: {} });
const addStatement = (plan: ProofPlan, like: string, action: string): ProofPlan =>
  withStatements(plan, (statements) => [
    ...statements,
    ...statements.filter(({ sid }) => sid === like).map((one) => addAction(action)(needless(one))),
  ]);
const dropStatement = (plan: ProofPlan, sid: string): ProofPlan =>
  withStatements(plan, (statements) => statements.filter((one) => one.sid !== sid));

const classic = only(ecr, 'classic pull');
const modern = only(ecr, 'any');
const everything = only(ecr, 'any checkExisting pull createRepository scanFindings mountFrom');
const kms = only(terraform, 'apply both kms workspaces');
const reading = only(terraform, 'read dynamodb');
const restricted = only(terraform, 'restricted listing');
const ofAccount = only(terraform, 'resource account');
const deleting = only(terraform, 'delete workspaces both');
const check = only(terragrunt, 'check');
const logs = only(terragrunt, 'check with a logs bucket', 'create with a logs bucket, bucketTags');
const fabfuel = only(ecs, 'fabfuel');
const running = only(ecs, 'fabfuel runTask tagTask');
const tagging = only(ecs, 'fabfuel tagTaskDefinition');

const entries: readonly Mutation[] = [
  // ECR
  ['drop an action', () => edit(classic, 'PushImages', dropAction('ecr:PutImage')), 'not enough: .*ecr:PutImage on'],
  ['drop a statement', () => dropStatement(everything, 'MountLayers'), 'not enough: .*ecr:GetDownloadUrlForLayer on'],
  [
    'add an action',
    () => edit(modern, 'PushImages', addAction('ecr:ListImages')),
    'unneeded: `PushImages: ecr:ListImages`',
  ],
  [
    'add a statement',
    () => addStatement(modern, 'PushImages', 'ecr:BatchDeleteImage'),
    'unneeded: `Needless: ecr:BatchDeleteImage`',
  ],
  [
    'repositories that begin alike',
    () => edit(modern, 'PushImages', setResources(template`${arn('repositories')}*`)),
    'too wide: `PushImages` .*that begins like',
  ],
  [
    'repositories that end alike',
    () =>
      edit(
        modern,
        'PushImages',
        setResources(template`arn:${partition}:ecr:${region}:${account}:repository/*${text('repositories')}`),
      ),
    'too wide: `PushImages` .*that ends like',
  ],
  [
    'every region',
    () => edit(modern, 'PushImages', setResources(ecrArn(any, own))),
    'too wide: `PushImages` .*in another region',
  ],
  [
    'every account',
    () => edit(modern, 'PushImages', setResources(ecrArn(here, any))),
    'too wide: `PushImages` .*in another account',
  ],
  ['every repository', () => edit(modern, 'PushImages', unscope), 'too wide: `PushImages`'],
  [
    'one more resource',
    () =>
      edit(
        modern,
        'PushImages',
        setResources(template`${arn('repositories')}`, template`${arn('repositories')}/cache`),
      ),
    'unneeded: `PushImages: resource 1`',
  ],
  [
    'drop the `when` of an action',
    () => edit(only(ecr, 'classic pull', 'any'), 'PushImages', dropWhenOf('ecr:BatchGetImage')),
    '(needless in a cell|unneeded): `(PushImages|PullImages): ecr:BatchGetImage`|cover for each other: .*`PullImages: ecr:BatchGetImage`',
  ],
  [
    'drop the `when` of a statement',
    () => edit(ecr, 'ReadScanFindings', dropWhen),
    'needless in a cell: `ReadScanFindings`',
  ],
  [
    'drop the `when` of another statement',
    () => edit(ecr, 'CreateRepositories', dropWhen),
    'needless in a cell: `CreateRepositories`',
  ],
  // terraform
  [
    'drop an action',
    () => edit(reading, 'DigestItems', dropAction('dynamodb:GetItem')),
    'not enough: .*dynamodb:GetItem on',
  ],
  [
    'drop a resource',
    () => edit(kms, 'StateObjects', (one) => ({ ...one, resources: [state] })),
    'not enough: .*s3:GetObject on .*env:/staging',
  ],
  [
    'add an action',
    () => edit(restricted, 'StateObjects', addAction('s3:GetObjectVersion')),
    'unneeded: `StateObjects: s3:GetObjectVersion`',
  ],
  [
    'add an action to the key',
    () => edit(kms, 'StateKey', addAction('kms:DescribeKey')),
    'unneeded: `StateKey: kms:DescribeKey`',
  ],
  [
    'buckets that begin alike',
    () => edit(restricted, 'StateObjects', setResources(template`${arn('bucket')}*/${text('keys')}`)),
    'too wide: `StateObjects` .*that begins like',
  ],
  [
    'keys that begin alike',
    () => edit(restricted, 'StateObjects', setResources(template`${state}*`)),
    'too wide: `StateObjects` .*that begins like',
  ],
  [
    'keys that end alike',
    () => edit(restricted, 'StateObjects', setResources(template`${arn('bucket')}/*${text('keys')}`)),
    'too wide: `StateObjects` .*that ends like',
  ],
  [
    'every key',
    () => edit(restricted, 'LockObjects', setResources(template`${arn('bucket')}/*`)),
    'too wide: `LockObjects`',
  ],
  [
    'locks that begin alike',
    () => edit(restricted, 'LockObjects', setResources(template`${state}.tflock*`)),
    'too wide: `LockObjects` .*that begins like',
  ],
  [
    'one more condition value',
    () => edit(kms, 'StateKey', addValue('kms:ViaService', 'ec2.eu-west-1.amazonaws.com')),
    'unneeded: `StateKey: condition StringEquals kms:ViaService: value 1`',
  ],
  [
    'one more prefix',
    () => edit(restricted, 'ListBucket', addValue('s3:prefix', '')),
    '(unneeded|needless in a cell): `ListBucket: condition StringEquals s3:prefix: value 1`',
  ],
  [
    'a prefix that begins alike',
    () =>
      edit(restricted, 'ListBucket', setValues('s3:prefix', 'StringLike', template`${text('workspaceKeyPrefix')}*`)),
    'too wide: `ListBucket` .*`s3:prefix`',
  ],
  [
    'items that begin alike',
    () =>
      edit(reading, 'DigestItems', setValues('dynamodb:LeadingKeys', 'ForAllValues:StringLike', template`${item}*`)),
    'too wide: `DigestItems` .*`dynamodb:LeadingKeys`',
  ],
  [
    'objects of the key that begin alike',
    () =>
      edit(kms, 'StateKey', setValues('kms:EncryptionContext:aws:s3:arn', 'StringLike', template`${arn('bucket')}*`)),
    'too wide: `StateKey` .*`kms:EncryptionContext:aws:s3:arn`',
  ],
  [
    'drop a condition',
    () => edit(restricted, 'ListBucket', dropCondition('s3:prefix')),
    'too wide: `list the whole bucket` gets through `ListBucket`',
  ],
  [
    'drop the condition on the account',
    () => edit(ofAccount, 'StateObjects', dropCondition('aws:ResourceAccount')),
    'too wide: `read a state in a bucket .* gets through `StateObjects`',
  ],
  [
    'drop the condition on items',
    () => edit(reading, 'DigestItems', dropCondition('dynamodb:LeadingKeys')),
    "too wide: `reach another stack's item \\(DigestItems\\)`",
  ],
  [
    'drop the `when` of an action',
    () => edit(reading, 'DigestItems', dropWhenOf('dynamodb:PutItem')),
    'unneeded: `DigestItems: dynamodb:PutItem`',
  ],
  [
    'drop the `when` of another action',
    () => edit(restricted, 'StateObjects', dropWhenOf('s3:AbortMultipartUpload')),
    'unneeded: `StateObjects: s3:AbortMultipartUpload`',
  ],
  [
    'drop the `when` of a statement',
    () => edit(kms, 'DeleteWorkspaceStates', dropWhen),
    'unneeded: `DeleteWorkspaceStates',
  ],
  ['drop the `when` of the lock', () => edit(reading, 'LockItems', dropWhen), 'unneeded: `LockItems'],
  [
    'add a statement',
    () => addStatement(deleting, 'ListBucket', 's3:ListBucketVersions'),
    'unneeded: `Needless: s3:ListBucketVersions`',
  ],
  // Terragrunt
  [
    'drop an action',
    () => edit(logs, 'CreateBucket', dropAction('s3:PutBucketPolicy')),
    'not enough: .*s3:PutBucketPolicy on',
  ],
  [
    'add an action',
    () => edit(check, 'CheckBucket', addAction('s3:GetLifecycleConfiguration')),
    'unneeded: `CheckBucket: s3:GetLifecycleConfiguration`',
  ],
  [
    'buckets that begin alike',
    () => edit(check, 'CheckBucket', setResources(template`${arn('bucket')}*`)),
    'too wide: `CheckBucket` .*that begins like',
  ],
  [
    'buckets that end alike',
    () => edit(check, 'CheckBucket', setResources(template`arn:${partition}:s3:::*${text('bucket')}`)),
    'too wide: `CheckBucket` .*that ends like',
  ],
  [
    'tables of every account',
    () =>
      edit(
        check,
        'CheckLockTable',
        setResources(template`arn:${partition}:dynamodb:${region}:*:table/${text('lockTable')}`),
      ),
    'too wide: `CheckLockTable` .*in another account',
  ],
  [
    'tables of every region',
    () =>
      edit(
        check,
        'CheckLockTable',
        setResources(template`arn:${partition}:dynamodb:*:${account}:table/${text('lockTable')}`),
      ),
    'too wide: `CheckLockTable` .*in another region',
  ],
  ['every table', () => edit(check, 'CheckLockTable', unscope), 'too wide: `CheckLockTable`'],
  ['drop the `when` of a statement', () => edit(check, 'CreateLockTable', dropWhen), 'unneeded: `CreateLockTable'],
  [
    'drop the `when` of tags',
    () =>
      edit(
        only(terragrunt, 'create, lockTableTags', 'create, lockTableSsencryption'),
        'CreateLockTable',
        dropWhenOf('dynamodb:TagResource'),
      ),
    'needless in a cell: `CreateLockTable: dynamodb:TagResource`',
  ],
  [
    'drop the `when` of the ACL',
    () =>
      edit(
        only(terragrunt, 'create without a table', 'create, lockTableTags'),
        'CreateBucket',
        dropWhenOf('s3:TagResource'),
      ),
    'unneeded: `CreateBucket: s3:TagResource`',
  ],
  // ECS
  [
    'drop an action',
    () => edit(fabfuel, 'DeployServices', dropAction('ecs:UpdateService')),
    'not enough: .*ecs:UpdateService on',
  ],
  [
    'add an action',
    () => edit(fabfuel, 'DeployServices', addAction('ecs:DeleteService')),
    'unneeded: `DeployServices: ecs:DeleteService`',
  ],
  [
    'one more service for a role',
    () => edit(fabfuel, 'PassTaskRoles', addValue('iam:PassedToService', 'lambda.amazonaws.com')),
    'unneeded: `PassTaskRoles: condition StringEquals iam:PassedToService: value 1`',
  ],
  [
    'services of every cluster',
    () =>
      edit(
        fabfuel,
        'DeployServices',
        setResources(template`arn:${partition}:ecs:${region}:${account}:service/*/${text('services')}`),
      ),
    'too wide: `DeployServices`',
  ],
  [
    'families that begin alike',
    () => edit(fabfuel, 'RegisterTaskDefinitions', setResources(template`${arn('taskDefinitionFamilies')}*`)),
    'too wide: `RegisterTaskDefinitions` .*that begins like',
  ],
  [
    'roles that end alike',
    () =>
      edit(
        fabfuel,
        'PassTaskRoles',
        setResources(template`arn:${partition}:iam::${account}:role/*${text('passRoles')}`),
      ),
    'too wide: `PassTaskRoles` .*that ends like',
  ],
  [
    'roles of every account',
    () => edit(fabfuel, 'PassTaskRoles', setResources(template`arn:${partition}:iam::*:role/${text('passRoles')}`)),
    'too wide: `PassTaskRoles` .*in another account',
  ],
  [
    'drop a condition',
    () => edit(fabfuel, 'ListTasks', dropCondition('ecs:cluster')),
    'too wide: `list the tasks of another cluster` gets through `ListTasks`',
  ],
  [
    'drop the condition on tags',
    () => edit(tagging, 'TagTaskDefinitions', dropCondition('ecs:CreateAction')),
    'too wide: `change the tags of a task definition',
  ],
  [
    'clusters that begin alike',
    () => edit(running, 'RunTasks', setValues('ecs:cluster', 'ArnLike', template`${arn('cluster')}*`)),
    'too wide: `RunTasks` .*`ecs:cluster`',
  ],
  ['drop the `when` of a statement', () => edit(fabfuel, 'RunTasks', dropWhen), 'unneeded: `RunTasks'],
  [
    'drop the `when` of deregistration',
    () => edit(only(ecs, 'fabfuel', 'fabfuel keep old'), 'DeregisterTaskDefinitions', dropWhen),
    'needless in a cell: `DeregisterTaskDefinitions`',
  ],
  [
    'drop the `when` of blue/green',
    () => edit(blueGreen, 'DeployServices', dropWhenOf('ecs:UpdateService')),
    'needless in a cell: `DeployServices: ecs:UpdateService`',
  ],
  [
    'drop the `when` of the default configuration',
    () =>
      edit(blueGreen, 'ReadDeploymentConfigs', (one) => ({
        ...one,
        resources:
          'unscoped' in one.resources
            ? one.resources
            : one.resources.map((part) => ('then' in part ? part.then : part)),
      })),
    'needless in a cell: `ReadDeploymentConfigs: resource 1`',
  ],
  [
    'every configuration',
    () =>
      edit(
        blueGreen,
        'ReadDeploymentConfigs',
        setResources(template`arn:${partition}:codedeploy:${region}:${account}:deploymentconfig:*`),
      ),
    'too wide: `ReadDeploymentConfigs`',
  ],
  [
    'a volume role for tasks too',
    () => edit(volumes, 'PassVolumeRoles', addValue('iam:PassedToService', 'ecs-tasks.amazonaws.com')),
    'unneeded: `PassVolumeRoles: condition StringEquals iam:PassedToService: value 1`',
  ],
];

const withoutHostile = (plan: ProofPlan, name: string): ProofPlan => {
  const hostile = plan.hostile.filter((request) => request.name !== name);
  if (hostile.length === plan.hostile.length) throw new Error(`there is no ${name}`);
  return { ...plan, hostile };
};
const withoutStep = (plan: ProofPlan, name: string): ProofPlan => ({
  ...plan,
  scenarios: plan.scenarios.map((scenario) => ({
    ...scenario,
    steps: (options) => scenario.steps(options).filter((step) => step.name !== name),
  })),
});

const plans: readonly Mutation[] = [
  [
    'a plan without the step that needs a part',
    () => withoutStep(everything, 'mount a layer'),
    'unneeded: `MountLayers: ecr:GetDownloadUrlForLayer`',
  ],
  [
    'a plan that never releases the lock',
    () => withoutStep(restricted, 'release the lock'),
    'unneeded: `LockObjects: s3:DeleteObject`',
  ],
  [
    'a plan without a hostile request',
    () => withoutHostile(restricted, 'list the whole bucket'),
    'unneeded: `ListBucket: condition StringEquals s3:prefix`',
  ],
  [
    'a plan that lost the cells where a switch is off',
    () => only(ecs, 'fabfuel'),
    'untested: the `when` of `DeregisterTaskDefinitions`',
  ],
  [
    'a plan without the bucket key',
    () => ({ ...kms, scenarios: kms.scenarios.slice(0, 1) }),
    'unneeded: `StateKey: condition StringEquals kms:EncryptionContext:aws:s3:arn: value 0`',
  ],
];

let count = 0;
const named = (proof: Proof, expected: string) => {
  const findings = findingsOf(proof);
  const pattern = new RegExp(`^(${expected})`);
  expect(
    findings.some((text) => pattern.test(text)),
    `${expected}\n${findings.join('\n')}`,
  ).toBe(true);
  count += 1;
};
const run = (plan: ProofPlan) => runProof(plan, { tools: {} });

describe('unsabotaged, nothing is found', () => {
  test.each(Object.entries({ ecr, terraform, terragrunt, ecs, blueGreen, volumes }))('%s', async (_name, plan) => {
    // A part of the cells leaves switches untested, which is not in question here.
    expect(findingsOf(await run(plan)).filter((text) => !text.startsWith('untested: '))).toEqual([]);
  });

  test('by a tool either', async () => {
    const proof = await withProbe({ mode: 'honest' }, (tools) => runProof(probed, { tools }));
    expect(findingsOf(proof).filter((text) => !text.startsWith('untested: '))).toEqual([]);
    expect(proof.atoms.map(({ outcome }) => outcome)).toContain('proved');
  });
});

test.each(entries.map(([name, plan, finding]) => [finding, name, plan] as const))(
  'an entry: %s: %s',
  async (finding, _name, plan) => {
    named(await run(plan()), finding);
  },
);

test.each(plans)('a plan: %s', async (_name, plan, finding) => {
  named(await run(plan()), finding);
});

const lifecycle = edit(probed, 'CheckBucket', addAction('s3:GetLifecycleConfiguration'));

describe('a tool', () => {
  const tools: readonly (readonly [name: string, how: Misbehaviour, plan: ProofPlan, finding: string])[] = [
    [
      'that breaks from its second call on',
      { mode: 'breaks', from: 1 },
      lifecycle,
      'no answer: `CheckBucket: s3:GetLifecycleConfiguration`: .*could not connect',
    ],
    [
      'that breaks later',
      { mode: 'breaks', from: 5 },
      lifecycle,
      '(no answer|unneeded): `CheckBucket: s3:GetLifecycleConfiguration`',
    ],
    ['that breaks at once', { mode: 'breaks' }, probed, 'no answer: .*could not connect'],
    [
      'that swallows the refusal and breaks',
      { mode: 'swallows', from: 1 },
      probed,
      'no answer: `CheckBucket: s3:GetBucketPolicy`: .*could not connect',
    ],
    [
      'that crashes',
      { mode: 'crashes', from: 1 },
      lifecycle,
      'no answer: `CheckBucket: s3:GetLifecycleConfiguration`: .*SIGSEGV',
    ],
    ['that crashes at once', { mode: 'crashes' }, probed, 'no answer: .*SIGSEGV|no answer: with the whole policy'],
    [
      'that hangs',
      { mode: 'hangs', from: 1 },
      lifecycle,
      'no answer: `CheckBucket: s3:GetLifecycleConfiguration`: .*did not end within',
    ],
    [
      'that answers late, which is no excuse',
      { mode: 'late' },
      lifecycle,
      'unneeded: `CheckBucket: s3:GetLifecycleConfiguration`',
    ],
  ];
  test.each(tools)('%s', async (_name, how, plan, finding) => {
    const patience = how.mode === 'hangs' ? 1_500 : 30_000;
    named(await withProbe(how, (found) => runProof(plan, { tools: found, patience })), finding);
  });

  test('that is missing', async () => {
    const proof = await run(lifecycle);
    named(proof, 'not run: `CheckBucket: s3:GetLifecycleConfiguration`: only skopeo');
    expect(() => recordProof(proof)).toThrow();
  });

  test('that is of another version', async () => {
    const record = async (version: string) =>
      recordProof({
        ...(await withProbe({ mode: 'honest', version }, (tools) => runProof(probed, { tools }))),
        untested: [],
      });
    expect(compareRecords(await record('1.2.3'), await record('9.9.9')).versions).toEqual([
      'skopeo is 9.9.9 here and 1.2.3 in the evidence',
    ]);
    count += 1;
  });
});

describe('a rule of the sandbox', () => {
  const rules: readonly (readonly [name: string, act: () => Promise<Proof>, finding: string])[] = [
    [
      'never asks',
      () => withRule('s3', 'PutBucketPolicy', neverAsks, () => run(logs)),
      'unneeded: `CreateBucket: s3:PutBucketPolicy`',
    ],
    [
      'never asks for a table',
      () => withRule('dynamodb', 'DescribeTable', neverAsks, () => run(check)),
      'unneeded: `CheckLockTable',
    ],
    [
      'never asks for a push',
      () => withRule('registry', 'PutManifest', neverAsks, () => run(modern)),
      'unneeded: `PushImages: ecr:PutImage`',
    ],
    [
      'never asks for a service',
      () => withRule('ecs', 'UpdateService', neverAsks, () => run(fabfuel)),
      'unneeded: `DeployServices: ecs:UpdateService`',
    ],
    [
      'never asks for a task',
      () => withRule('ecs', 'RunTask', neverAsks, () => run(running)),
      'too wide: `run the task in another cluster`',
    ],
    [
      'never asks for an object',
      () => withRule('s3', 'PutObject', neverAsks, () => run(restricted)),
      'unneeded: `StateObjects: s3:PutObject`',
    ],
    [
      'asks another action',
      () => withRule('registry', 'PutManifest', asksInstead('ecr:TagResource'), () => run(modern)),
      'not enough: .*ecr:TagResource',
    ],
    [
      'asks an action that is there anyway',
      () => withRule('registry', 'PutManifest', asksInstead('ecr:UploadLayerPart'), () => run(modern)),
      'unneeded: `PushImages: ecr:PutImage`',
    ],
    [
      'asks another action for a table',
      () => withRule('dynamodb', 'DescribeTable', asksInstead('dynamodb:DescribeTimeToLive'), () => run(check)),
      'not enough: .*dynamodb:DescribeTimeToLive',
    ],
    [
      'asks of another resource',
      () =>
        withRule('ecs', 'DescribeServices', asksOf('arn:aws:ecs:eu-west-1:123456789012:service/other/web'), () =>
          run(fabfuel),
        ),
      'not enough: .*ecs:DescribeServices on .*service/other/web',
    ],
    [
      'answers from another operation',
      () => withOperation('ecs', 'RegisterTaskDefinition', 'DescribeTaskDefinition', () => run(fabfuel)),
      'no answer: .*`register a revision`',
    ],
    [
      'answers from another operation of S3',
      () => withOperation('s3', 'PutBucketVersioning', 'GetBucketVersioning', () => run(logs)),
      'no answer: .*versioning',
    ],
    [
      'answers from another operation of the registry',
      () => withOperation('registry', 'PutManifest', 'HeadBlob', () => run(modern)),
      'no answer: .*`push`',
    ],
  ];
  test.each(rules)('%s', async (_name, act, finding) => {
    named(await act(), finding);
  });
});

afterAll(() => {
  console.log(`${count} of ${count === 0 ? 0 : total} sabotages were named with the part they touched`);
});

const total = entries.length + plans.length + 10 + 13;

test('there are sabotages enough', () => {
  expect(total).toBeGreaterThanOrEqual(40);
});
