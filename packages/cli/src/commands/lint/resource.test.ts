import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-resource-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

async function lint(...args: string[]) {
  const { code, stdout, stderr } = await postern(['lint', ...args, '--json']);
  const findings = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { rule: string; level: string; policy: string; path: string; line?: number });
  return { code, stderr, findings };
}

const account = '111122223333';
const place = `eu-west-1:${account}`;
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Principal: unknown, Action: unknown, Resource?: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Resource !== undefined && { Resource }),
  ...(Condition && { Condition }),
});
const root = { AWS: `arn:aws:iam::${account}:root` };

/** As AWS's own pages and consoles write them. */
const usual: [name: string, policy: object][] = [
  ['a key that its account manages', document(allow(root, 'kms:*', '*'))],
  [
    'a key that a role uses by grants',
    document(
      allow(
        { AWS: `arn:aws:iam::${account}:role/app` },
        ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        '*',
      ),
      allow({ AWS: `arn:aws:iam::${account}:role/app` }, ['kms:CreateGrant', 'kms:ListGrants'], '*', {
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      }),
    ),
  ],
  [
    'a bucket that only takes TLS, and logs of CloudTrail',
    document(
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::trail', 'arn:aws:s3:::trail/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      allow({ Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject', `arn:aws:s3:::trail/AWSLogs/${account}/*`, {
        StringEquals: {
          's3:x-amz-acl': 'bucket-owner-full-control',
          'aws:SourceArn': `arn:aws:cloudtrail:${place}:trail/all`,
        },
      }),
    ),
  ],
  [
    'a bucket behind CloudFront',
    document(
      allow({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', 'arn:aws:s3:::site/*', {
        StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${account}:distribution/E1ABCDEF` },
      }),
    ),
  ],
  [
    'a queue that a topic fills',
    document(
      allow({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', `arn:aws:sqs:${place}:jobs`, {
        ArnEquals: { 'aws:SourceArn': `arn:aws:sns:${place}:news` },
      }),
    ),
  ],
  [
    'a topic as it is made',
    document(
      allow({ AWS: '*' }, ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'], `arn:aws:sns:${place}:news`, {
        StringEquals: { 'AWS:SourceOwner': account },
      }),
    ),
  ],
  [
    'a repository that another account pulls from',
    document(
      allow({ AWS: 'arn:aws:iam::444455556666:root' }, [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ]),
    ),
  ],
  [
    'a repository that functions pull from',
    document(
      allow({ Service: 'lambda.amazonaws.com' }, ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], undefined, {
        StringLike: { 'aws:sourceArn': `arn:aws:lambda:${place}:function:*` },
      }),
    ),
  ],
  [
    'a bucket behind an old distribution',
    document(
      allow(
        { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE1OAI' },
        's3:GetObject',
        'arn:aws:s3:::site/*',
      ),
    ),
  ],
  [
    'a key for CloudWatch Logs',
    document(
      allow({ Service: 'logs.eu-west-1.amazonaws.com' }, ['kms:Encrypt*', 'kms:Describe*'], '*', {
        ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${place}:log-group:x` },
      }),
    ),
  ],
  [
    'a queue as it is made, of the old version',
    {
      ...document(allow(root, 'SQS:*', `arn:aws:sqs:${place}:jobs`)),
      Version: '2008-10-17',
      Id: '__default_policy_ID',
    },
  ],
  [
    'a secret that another account reads',
    document(allow({ AWS: 'arn:aws:iam::444455556666:role/app' }, 'secretsmanager:GetSecretValue', '*')),
  ],
  [
    'a function that a rule calls',
    document(
      allow({ Service: 'events.amazonaws.com' }, 'lambda:InvokeFunction', `arn:aws:lambda:${place}:function:f`, {
        ArnLike: { 'AWS:SourceArn': `arn:aws:events:${place}:rule/r` },
      }),
    ),
  ],
];

describe('policies of resources', () => {
  test.each(usual)('nothing is said of %s', async (_, policy) => {
    const { code, findings, stderr } = await lint(file('usual.json', policy), '--fail-on', 'note');
    expect(findings).toEqual([]);
    expect(stderr).not.toContain('not understood');
    expect(code).toBe(0);
  });

  const open = document(allow('*', 'sqs:SendMesage', `arn:aws:sqs:${place}:jobs`));
  const rules = (findings: readonly { rule: string }[]) => findings.map(({ rule }) => rule).sort();

  test('in JSON and YAML, with the line', async () => {
    const { findings } = await lint(file('open.json', open));
    expect(rules(findings)).toEqual(['resource-open', 'unknown-action']);
    expect(findings.every(({ line }) => line !== undefined && line > 1)).toBe(true);
    const yaml = `Version: '2012-10-17'\nStatement:\n  - ${JSON.stringify(open.Statement[0])}\n`;
    expect(rules((await lint(file('open.yaml', yaml))).findings)).toEqual(['resource-open', 'unknown-action']);
  });

  test.each([
    ['AWS::S3::BucketPolicy', 'PolicyDocument'],
    ['AWS::SQS::QueuePolicy', 'PolicyDocument'],
    ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
    ['AWS::KMS::Key', 'KeyPolicy'],
    ['AWS::ECR::Repository', 'RepositoryPolicyText'],
    ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'],
  ])('in a template: %s', async (Type, property) => {
    const path = file('template.json', { Resources: { It: { Type, Properties: { [property]: open } } } });
    const { findings } = await lint(path);
    expect(rules(findings)).toEqual(['resource-open', 'unknown-action']);
    expect(findings[0]).toMatchObject({ policy: 'It' });
    expect(findings.map(({ line }) => line).every((line) => line !== undefined && line > 4)).toBe(true);
  });

  test.each([
    ['aws_s3_bucket_policy', 'policy'],
    ['aws_sqs_queue_policy', 'policy'],
    ['aws_sns_topic_policy', 'policy'],
    ['aws_kms_key', 'policy'],
    ['aws_ecr_repository_policy', 'policy'],
    ['aws_secretsmanager_secret_policy', 'policy'],
  ])('in a plan: %s', async (type, property) => {
    const resource = { address: `${type}.it`, type, values: { [property]: JSON.stringify(open) } };
    const show = { format_version: '1.2', planned_values: { root_module: { resources: [resource] } } };
    const { findings } = await lint(file('plan.json', show));
    expect(rules(findings)).toEqual(['resource-open', 'unknown-action']);
  });

  test('an address of a function that asks nobody is a warning, as a public website is', async () => {
    const url = allow('*', 'lambda:InvokeFunctionUrl', `arn:aws:lambda:${place}:function:f`, {
      StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' },
    });
    const { findings } = await lint(file('url.json', document(url)));
    expect(findings).toMatchObject([{ rule: 'resource-open', level: 'warning' }]);
    const signed = { ...url, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } };
    expect((await lint(file('signed.json', document(signed)))).findings).toMatchObject([{ level: 'error' }]);
  });

  test('variables of the old version are text there too', async () => {
    const old = allow(root, 's3:GetObject', 'arn:aws:s3:::b/${aws:username}/*');
    const { findings } = await lint(file('old.json', { ...document(old), Version: '2008-10-17' }));
    expect(rules(findings)).toContain('grammar');
  });

  test('permissions of functions, by properties of their own', async () => {
    const permission = (more: object) => ({
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: { Ref: 'F' }, Action: 'lambda:InvokeFunction', ...more },
    });
    const { findings } = await lint(
      file('functions.json', {
        Resources: {
          Anybody: permission({ Principal: '*' }),
          Service: permission({ Principal: 's3.amazonaws.com' }),
          Fenced: permission({ Principal: 's3.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } }),
          Open: permission({ Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] } }),
          Organization: permission({ Principal: '*', PrincipalOrgID: 'o-abcdefghij' }),
        },
      }),
    );
    expect(findings.map(({ policy, rule }) => `${policy} ${rule}`).sort()).toEqual([
      'Anybody resource-open',
      'Service resource-service-of-others',
    ]);
    const values = { action: 'lambda:InvokeFunction', function_name: 'f', principal: '*' };
    const resource = { address: 'aws_lambda_permission.it', type: 'aws_lambda_permission', values };
    const show = { format_version: '1.2', planned_values: { root_module: { resources: [resource] } } };
    expect(rules((await lint(file('functions.plan.json', show))).findings)).toEqual(['resource-open']);
  });

  test('principals that are known only after deployment are no error', async () => {
    const KeyPolicy = document(
      allow({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, 'kms:Decrypt', '*'),
      allow({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, 'kms:*', '*'),
      allow({ Service: { 'Fn::Sub': 'logs.${AWS::Region}.${AWS::URLSuffix}' } }, 'kms:Encrypt', '*', {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::GetAtt': ['Group', 'Arn'] } },
      }),
    );
    const Resources = { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy } } };
    const { code, findings, stderr } = await lint(file('deferred.json', { Resources }));
    expect(stderr).not.toContain('not understood');
    expect(findings).toEqual([]);
    expect(code).toBe(0);
  });
});

describe('--type', () => {
  const shapeless = document(allow('*', '*'));

  test('says what a document is, where its shape may be several', async () => {
    const path = file('shapeless.json', shapeless);
    const asResource = await lint(path, '--type', 'resource');
    expect(asResource.findings.map(({ rule }) => rule)).toContain('resource-open');
    const asTrust = await lint(path, '--type', 'trust');
    expect(asTrust.findings.map(({ rule }) => rule)).not.toContain('resource-open');
    const asIdentity = await lint(path, '--type', 'identity');
    expect(asIdentity.stderr).toContain('Principal');
  });

  test('of lines too', async () => {
    const { stdout } = await postern(['lint', '--lines', '--json', '--type', 'resource'], {
      stdin: JSON.stringify({ id: 'one', policy: shapeless }),
    });
    expect(stdout).toContain('resource-open');
  });

  test('a word that is no type', async () => {
    const { code, stderr } = await postern(['lint', file('x.json', shapeless), '--type', 'trusted']);
    expect(code).toBe(2);
    expect(stderr).toContain('`trusted`');
  });
});
