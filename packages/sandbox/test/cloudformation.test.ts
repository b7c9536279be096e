import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { populate, startSandbox, storeObject, type Sandbox } from '../src/index.js';
import { readSection, readTransforms } from '../src/services/cloudformation/template.js';
import { account, query, region, send } from './http.js';

let sandbox: Sandbox;
let key: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  key = sandbox.principals.add({ policies: 'everything' }).accessKeyId;
});
beforeEach(() => sandbox.world.stacks.clear());
afterAll(() => sandbox.close());

const template =
  'Parameters:\n  Name:\n    Type: String\n    Default: a\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

async function ask(operation: string, fields: Readonly<Record<string, string>>): Promise<string> {
  return (await send(sandbox, key, 'cloudformation', query(operation, fields))).text();
}

const plan = (name: string, fields: Readonly<Record<string, string>> = {}) =>
  ask('CreateChangeSet', { StackName: 'app', ChangeSetName: name, TemplateBody: template, ...fields });
const describeSet = (ChangeSetName: string) => ask('DescribeChangeSet', { StackName: 'app', ChangeSetName });

describe('a deployment by change sets', () => {
  test('says in the words that clients compare that there is no stack and no change set', async () => {
    expect(await ask('DescribeStacks', { StackName: 'app' })).toContain(
      '<Code>ValidationError</Code><Message>Stack with id app does not exist</Message>',
    );
    expect(await describeSet('one')).toContain('<Code>ChangeSetNotFound</Code>');
  });

  test('goes from review to complete, with an event that is newer than its change set', async () => {
    expect(await plan('one')).toContain('<Code>ValidationError</Code>');
    await plan('one', { ChangeSetType: 'CREATE' });
    expect(await ask('DescribeStacks', { StackName: 'app' })).toContain('REVIEW_IN_PROGRESS');
    const described = await describeSet('one');
    expect(described).toContain('<Status>CREATE_COMPLETE</Status>');
    expect(described).toContain('<LogicalResourceId>Topic</LogicalResourceId>');
    const created = /<CreationTime>(.*?)<\/CreationTime>/.exec(described)?.[1] ?? '';
    await ask('ExecuteChangeSet', { StackName: 'app', ChangeSetName: 'one' });
    expect(await ask('DescribeStacks', { StackName: 'app' })).toContain('<StackStatus>CREATE_COMPLETE</StackStatus>');
    const events = await ask('DescribeStackEvents', { StackName: 'app' });
    expect((/<Timestamp>(.*?)<\/Timestamp>/.exec(events)?.[1] ?? '') >= created).toBe(true);
    expect(await ask('ExecuteChangeSet', { StackName: 'app', ChangeSetName: 'one' })).toContain(
      'InvalidChangeSetStatus',
    );
  });

  test('says of a stack in review that it is, in an event of its own, and not that it was updated', async () => {
    await plan('one', { ChangeSetType: 'CREATE' });
    expect(await ask('DescribeStackEvents', { StackName: 'app' })).toContain(
      '<ResourceStatus>REVIEW_IN_PROGRESS</ResourceStatus>',
    );
    await ask('ExecuteChangeSet', { StackName: 'app', ChangeSetName: 'one' });
    expect(await ask('DescribeStacks', { StackName: 'app' })).not.toContain('LastUpdatedTime');
    await ask('UpdateStack', { StackName: 'app', TemplateBody: '{}' });
    expect(await ask('DescribeStacks', { StackName: 'app' })).toContain('LastUpdatedTime');
  });

  test('leaves buckets and repositories behind, and says in outputs how they are named', async () => {
    const Resources = {
      Source: { Type: 'AWS::S3::Bucket' },
      Images: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'team/images' } },
      Given: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'given' } },
      Odd: null,
    };
    const Outputs = { Bucket: { Value: { Ref: 'Source' } }, Text: { Value: 'a' }, Unknown: { Value: { Ref: 'Odd' } } };
    await ask('CreateStack', { StackName: 'App', TemplateBody: JSON.stringify({ Resources, Outputs }) });
    const described = await ask('DescribeStacks', { StackName: 'App' });
    const [, bucket = ''] =
      /<OutputKey>Bucket<\/OutputKey><OutputValue>(app-source-[0-9a-f]{12})<\/OutputValue>/.exec(described) ?? [];
    expect(sandbox.world.objects.buckets.get(bucket)).toMatchObject({ account, region });
    // The same in every run, or the evidence of a proof would never be the same.
    expect(bucket).toBe('app-source-4ec6730528d5');
    expect(sandbox.world.objects.buckets.has('given')).toBe(true);
    expect(sandbox.world.registry.find(account, region, 'team/images')).toBeDefined();
    expect(described).toContain('<OutputValue>a</OutputValue>');
    expect(described).not.toContain('Unknown');
    expect(await ask('ListStackResources', { StackName: 'App' })).toContain(bucket);
    await ask('UpdateStack', { StackName: 'App', TemplateBody: JSON.stringify({ Resources, Outputs: {} }) });
    expect(await ask('ListStackResources', { StackName: 'App' })).toContain(bucket);
  });

  test('has nothing in it where nothing changes, also with values that are to stay', async () => {
    await plan('one', {
      ChangeSetType: 'CREATE',
      'Parameters.member.1.ParameterKey': 'Name',
      'Parameters.member.1.ParameterValue': 'b',
    });
    await ask('ExecuteChangeSet', { StackName: 'app', ChangeSetName: 'one' });
    const stay = { 'Parameters.member.1.ParameterKey': 'Name', 'Parameters.member.1.UsePreviousValue': 'true' };
    await plan('two', stay);
    expect(await describeSet('two')).toContain('contain changes. Submit different information');
    await plan('three', { ...stay, UsePreviousTemplate: 'true' });
    expect(await describeSet('three')).toContain('<Status>FAILED</Status>');
    await plan('four');
    expect(await describeSet('four')).toContain('<Status>CREATE_COMPLETE</Status>');
  });

  test('keeps the role that was passed', async () => {
    const role = `arn:aws:iam::${account}:role/deploy`;
    await plan('one', { ChangeSetType: 'CREATE', RoleARN: role });
    await ask('ExecuteChangeSet', { StackName: 'app', ChangeSetName: 'one' });
    await ask('UpdateStack', { StackName: 'app', TemplateBody: '{}' });
    expect(await ask('DescribeStacks', { StackName: 'app' })).toContain(`<RoleARN>${role}</RoleARN>`);
  });

  test('of a template in a bucket reads it there, wherever the client was told that S3 is', async () => {
    const bucket = sandbox.world.objects.create('templates', account, region);
    await send(sandbox, key, 's3', { method: 'PUT', path: '/templates/a.yaml', body: template });
    expect(bucket.objects.size).toBe(1);
    sandbox.log.clear();
    await ask('CreateStack', { StackName: 'app', TemplateURL: `${sandbox.endpoint}/templates/a.yaml` });
    const [check, read] = sandbox.log.entries[0]!.checks;
    expect(check!.context).toMatchObject({
      'cloudformation:TemplateUrl': `https://s3.${region}.amazonaws.com/templates/a.yaml`,
    });
    expect(read).toMatchObject({ action: 's3:GetObject', resource: 'arn:aws:s3:::templates/a.yaml' });
    expect(await ask('GetTemplate', { StackName: 'app' })).toContain('AWS::SNS::Topic');
  });

  test('with a macro of the account is not known', async () => {
    const response = await send(
      sandbox,
      key,
      'cloudformation',
      query('CreateStack', { StackName: 'app', TemplateBody: 'Transform: Mine\nResources: {}\n' }),
    );
    expect(response.status).toBe(501);
    expect(sandbox.log.entries.at(-1)).toMatchObject({ operation: 'CreateStack', understood: false, checks: [] });
    expect(sandbox.world.stacks.size).toBe(0);
  });
});

describe('what a request asks for besides', () => {
  test('is served where it asks for nothing, and refused where nobody knows what it asks for', async () => {
    const first = { ChangeSetType: 'CREATE', IncludeNestedStacks: 'true', ImportExistingResources: 'false' };
    expect(await plan('one', first)).toContain('<StackId>');
    const nested = '{"Resources":{"Below":{"Type":"AWS::CloudFormation::Stack"}}}';
    expect(await plan('two', { ...first, TemplateBody: nested })).toContain(
      'the sandbox makes no change set of the nested stack `Below`',
    );
    expect(await plan('three', { ...first, ImportExistingResources: 'true' })).toContain('NotImplemented');
    expect(await plan('four', { ...first, IncludeNestedStacks: 'false', TemplateBody: nested })).toContain('<StackId>');
  });

  test('is a transform of AWS for a change set, and not for a stack without one, of which that is not known', async () => {
    const TemplateBody = 'Transform: AWS::Serverless-2016-10-31\nResources: {}\n';
    const asked = () => sandbox.log.entries.at(-1)!.checks.map(({ action, resource }) => `${action} ${resource}`);
    await plan('one', { ChangeSetType: 'CREATE', TemplateBody });
    expect(asked()).toContain(
      `cloudformation:CreateChangeSet arn:aws:cloudformation:${region}:aws:transform/Serverless-2016-10-31`,
    );
    await ask('CreateStack', { StackName: 'other', TemplateBody });
    expect(asked()).toEqual([expect.stringMatching(/^cloudformation:CreateStack .*stack\/other/)]);
  });
});

describe('a template in a bucket', () => {
  test('is read with the rights of who asks: of the account that has the bucket, and with the key that encrypts it', async () => {
    const kmsKey = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
    const bucket = sandbox.world.objects.create('templates', '999999999999', region);
    storeObject(bucket, 'a.json', Buffer.from('{}'), { kmsKey });
    sandbox.log.clear();
    await plan('one', {
      ChangeSetType: 'CREATE',
      TemplateBody: '',
      TemplateURL: `https://s3.${region}.amazonaws.com/templates/a.json`,
    });
    const asked = sandbox.log.entries.flatMap(({ checks }) => checks);
    expect(asked.find(({ action }) => action === 's3:GetObject')?.context).toMatchObject({
      'aws:ResourceAccount': '999999999999',
    });
    expect(asked.find(({ action }) => action === 'kms:Decrypt')).toMatchObject({
      resource: kmsKey,
      context: {
        'kms:ViaService': `s3.${region}.amazonaws.com`,
        'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::templates/a.json',
      },
    });
  });
});

describe('a rollback', () => {
  test.each([
    ['RollbackStack', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_COMPLETE'],
    ['RollbackStack', 'CREATE_FAILED', 'ROLLBACK_COMPLETE'],
    ['ContinueUpdateRollback', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_COMPLETE'],
    ['RollbackStack', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE'],
  ])('%s makes %s %s', async (operation, before, after) => {
    await populate(sandbox.world, { stacks: [{ name: 'app', status: before }] });
    await ask(operation, { StackName: 'app' });
    expect(await ask('DescribeStacks', { StackName: 'app' })).toContain(`<StackStatus>${after}</StackStatus>`);
  });
});

describe('a template', () => {
  test.each([
    ['JSON', '{"Parameters":{"A":{"Type":"String","Default":1}}}', [{ name: 'A', type: 'String', value: '1' }]],
    [
      'YAML',
      "Parameters:\r\n  A:\r\n    Default: '1'\r\n    Type: String\r\nResources:\r\n",
      [{ name: 'A', type: 'String', value: '1' }],
    ],
    ['a section that is not there', 'Resources:\n  A:\n    Type: B\n', []],
    [
      'a name like those of objects',
      '{"Parameters":{"__proto__":{"Type":"String"}}}',
      [{ name: '__proto__', type: 'String', value: undefined }],
    ],
    ['no template', 'null', []],
    ['a section that is no map', '{"Parameters":3}', []],
  ])('declares its parameters: %s', (_what, text, expected) => {
    expect(readSection(text, 'Parameters')).toEqual(expected);
  });

  test('of any form is read in no time', () => {
    const spaces = ' '.repeat(200_000);
    for (const text of [
      `Transform:${spaces}x${spaces}y\nParameters:\n  A:\n    Default:${spaces}x${spaces}y\n`,
      `Resources:\n  A:\n    Fn::Transform:${spaces}x`,
      `"Fn::Transform":{`.repeat(20_000),
    ]) {
      const started = performance.now();
      readTransforms(text);
      readSection(text, 'Parameters');
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });

  test.each([
    ['{"Transform":"AWS::Serverless-2016-10-31"}', ['AWS::Serverless-2016-10-31']],
    ['{"Transform":["A","B"]}', ['A', 'B']],
    ['Transform: AWS::Serverless-2016-10-31\nResources:\n', ['AWS::Serverless-2016-10-31']],
    ['Transform: [A, "B"]\n', ['A', 'B']],
    ["Transform:\n  - A\n  - 'B'\nResources:\n  C:\n    D: E\n", ['A', 'B']],
    ['Resources:\n  A:\n    Fn::Transform:\n      Name: AWS::Include\n', ['AWS::Include']],
    ['Resources:\n', []],
  ])('names its transforms: %s', (text, expected) => {
    expect(readTransforms(text)).toEqual(expected);
  });
});

describe('resources without a role', () => {
  const Resources = {
    Source: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'source',
        Tags: [{ Key: 'team', Value: 'web' }],
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true },
        BucketEncryption: {},
      },
    },
    Plain: { Type: 'AWS::S3::Bucket' },
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Source' }, PolicyDocument: {} } },
    Images: {
      Type: 'AWS::ECR::Repository',
      Properties: { RepositoryName: 'shop/images', Tags: [{ Key: 'team', Value: 'web' }], RepositoryPolicyText: {} },
    },
    Topic: { Type: 'AWS::SNS::Topic' },
  };
  beforeEach(() => sandbox.world.askedFor.clear());
  const TemplateBody = JSON.stringify({ Resources });
  const wanted = [
    's3:CreateBucket arn:aws:s3:::source',
    's3:PutBucketTagging arn:aws:s3:::source',
    's3:PutBucketVersioning arn:aws:s3:::source',
    's3:PutBucketPublicAccessBlock arn:aws:s3:::source',
    's3:PutEncryptionConfiguration arn:aws:s3:::source',
    's3:CreateBucket arn:aws:s3:::app-plain-82b8a2d67bad',
    's3:GetBucketPolicy arn:aws:s3:::source',
    's3:PutBucketPolicy arn:aws:s3:::source',
    `ecr:CreateRepository arn:aws:ecr:${region}:${account}:repository/shop/images`,
    `ecr:TagResource arn:aws:ecr:${region}:${account}:repository/shop/images`,
    `ecr:SetRepositoryPolicy arn:aws:ecr:${region}:${account}:repository/shop/images`,
  ];
  const known = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::ECR::Repository'];
  const who = (without?: string) =>
    sandbox.principals.add({
      policies: [
        {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' },
            ...wanted
              .filter((one) => one !== without)
              .map((one) => {
                const [Action = '', Resource = ''] = one.split(' ');
                return { Effect: 'Allow' as const, Action, Resource };
              }),
          ],
        },
      ],
    }).accessKeyId;
  const create = async (id: string, more = {}) => {
    await send(sandbox, id, 'cloudformation', query('CreateStack', { StackName: 'app', TemplateBody, ...more }));
    return [...sandbox.world.stacks.values()].map(({ status }) => status);
  };
  const asked = () =>
    sandbox.log.entries
      .at(-1)!
      .checks.map(({ action, resource }) => `${action} ${resource}`)
      .slice(1);

  test.each(wanted)('are not made where %s is refused', async (one) => {
    for (const type of known) sandbox.world.askedFor.add(type);
    expect(await create(who(one))).toEqual(['ROLLBACK_COMPLETE']);
    expect(sandbox.world.objects.buckets.has('source')).toBe(false);
    expect(sandbox.world.registry.find(account, region, 'shop/images')).toBeUndefined();
  });

  test('are asked for one by one in the name of who asks, where their types are known', async () => {
    for (const type of known) sandbox.world.askedFor.add(type);
    expect(await create(who())).toEqual(['CREATE_COMPLETE']);
    expect(asked()).toEqual(wanted);
    expect(sandbox.world.objects.buckets.has('source')).toBe(true);
    // What is there is not made again.
    await ask('UpdateStack', { StackName: 'app', TemplateBody: JSON.stringify({ Resources, Outputs: {} }) });
    expect(asked()).toEqual([]);
  });

  test('are not asked for with a role, nor where nobody says that their types are known', async () => {
    expect(await create(who())).toEqual(['CREATE_COMPLETE']);
    expect(asked()).toEqual([]);
    sandbox.world.stacks.clear();
    for (const type of known) sandbox.world.askedFor.add(type);
    await ask('CreateStack', { StackName: 'app', TemplateBody, RoleARN: `arn:aws:iam::${account}:role/deploy` });
    expect(asked().map((one) => one.split(' ')[0])).toEqual(['iam:PassRole']);
  });
});

describe('nested stacks without a role', () => {
  const parent = JSON.stringify({ Resources: { Network: { Type: 'AWS::CloudFormation::Stack', Properties: {} } } });
  const may = (...allowed: readonly string[]) =>
    sandbox.principals.add({
      policies: [
        {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'cloudformation:*',
              Resource: `arn:aws:cloudformation:${region}:${account}:stack/app/*`,
            },
            {
              Effect: 'Allow',
              Action: [...allowed],
              Resource: `arn:aws:cloudformation:${region}:${account}:stack/app-Network-*/*`,
            },
          ],
        },
      ],
    }).accessKeyId;
  const as = async (who: string, operation: string, fields: Readonly<Record<string, string>> = {}) =>
    (await send(sandbox, who, 'cloudformation', query(operation, { StackName: 'app', ...fields }))).text();
  const names = () => [...sandbox.world.stacks.values()].map(({ name, status }) => `${name.slice(0, 11)} ${status}`);

  test('are made, changed and deleted with the rights of who asks', async () => {
    const who = may(
      'cloudformation:CreateStack',
      'cloudformation:DescribeStacks',
      'cloudformation:UpdateStack',
      'cloudformation:DeleteStack',
    );
    await as(who, 'CreateStack', { TemplateBody: parent });
    expect(names()).toEqual(['app CREATE_COMPLETE', 'app-Network CREATE_COMPLETE']);
    await as(who, 'UpdateStack', { TemplateBody: template });
    expect(names()).toEqual(['app UPDATE_COMPLETE', 'app-Network CREATE_COMPLETE']);
    expect(
      [...sandbox.world.stacks.keys()].some((key) => key.includes('/app-Network-') && !key.startsWith('arn:')),
    ).toBe(false);
  });

  test('fail their parent where that is refused', async () => {
    await as(may('cloudformation:DescribeStacks'), 'CreateStack', { TemplateBody: parent });
    expect(names()).toEqual(['app ROLLBACK_COMPLETE']);
    sandbox.world.stacks.clear();
    const who = may('cloudformation:CreateStack', 'cloudformation:DescribeStacks');
    await as(who, 'CreateStack', { TemplateBody: parent });
    await as(who, 'UpdateStack', { TemplateBody: template });
    expect(names()).toEqual(['app UPDATE_ROLLBACK_COMPLETE', 'app-Network CREATE_COMPLETE']);
    await as(who, 'DeleteStack');
    expect(names()).toEqual(['app DELETE_FAILED', 'app-Network CREATE_COMPLETE']);
  });

  test('are made with the role where there is one', async () => {
    const role = `arn:aws:iam::${account}:role/deploy`;
    await ask('CreateStack', { StackName: 'app', TemplateBody: parent, RoleARN: role });
    expect(names()).toEqual(['app CREATE_COMPLETE']);
  });
});
