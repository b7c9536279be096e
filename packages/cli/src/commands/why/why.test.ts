import { describe, expect, test } from 'vitest';
import { run } from '../../index.js';
import { findAction, listPermissions, useCases } from '@postern/core';
import { rules } from '@postern/sandbox';
import { knownRules, readDenials, toDo } from '@postern/why';

const arn = 'arn:aws:sts::123456789012:assumed-role/ci/run';
const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository/my-app';

/** Messages as AWS and the tools print them, and what is to be read in them. */
const messages: readonly (readonly [string, string, object])[] = [
  [
    'the AWS CLI',
    `An error occurred (AccessDeniedException) when calling the DescribeImages operation: User: ${arn} is not authorized to perform: ecr:DescribeImages on resource: ${repository} because no identity-based policy allows the ecr:DescribeImages action`,
    { action: 'ecr:DescribeImages', resource: repository, principal: arn, reason: 'identity-based policy' },
  ],
  [
    'S3, which quotes the resource',
    `An error occurred (AccessDenied) when calling the PutObject operation: User: ${arn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:PutObject action`,
    { action: 's3:PutObject', resource: 'arn:aws:s3:::b/k' },
  ],
  [
    'an explicit deny',
    `User: ${arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a service control policy`,
    { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', reason: 'explicit deny in service control policy' },
  ],
  [
    'an old explicit deny',
    `User: ${arn} is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:123456789012:instance/* with an explicit deny`,
    { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:123456789012:instance/*', reason: 'explicit deny' },
  ],
  [
    'a permissions boundary',
    `User: ${arn} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/x because no permissions boundary allows the iam:PassRole action`,
    { action: 'iam:PassRole', reason: 'permissions boundary' },
  ],
  [
    'docker push',
    `denied: User: ${arn} is not authorized to perform: ecr:InitiateLayerUpload on resource: ${repository} because no identity-based policy allows the ecr:InitiateLayerUpload action`,
    { action: 'ecr:InitiateLayerUpload', resource: repository },
  ],
  [
    'terraform, in its box, folded',
    `╷\n│ Error: error loading state\n│ \n│ operation error DynamoDB: GetItem, https response error StatusCode: 400, RequestID: ABC,\n│ api error AccessDeniedException: User: ${arn}\n│ is not authorized to perform: dynamodb:GetItem on resource:\n│ arn:aws:dynamodb:eu-west-1:123456789012:table/locks because no identity-based\n│ policy allows the dynamodb:GetItem action\n╵`,
    { action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/locks', principal: arn },
  ],
  [
    'the Go SDK without a reason',
    'operation error S3: HeadObject, https response error StatusCode: 403, RequestID: ABC, HostID: x, api error Forbidden: Forbidden',
    { action: 's3:GetObject', operation: 'HeadObject', resource: undefined },
  ],
  [
    'the AWS CLI without a reason',
    'upload failed: ./x to s3://b/k An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    { action: 's3:PutObject', operation: 'PutObject' },
  ],
  [
    'the SDK for JavaScript, with Windows line ends',
    `AccessDeniedException: User: ${arn} is not authorized to perform: ecs:UpdateService on resource: arn:aws:ecs:eu-west-1:123456789012:service/c/s because no identity-based policy allows the ecs:UpdateService action\r\n    at throwDefaultError (/x.js:1:1)\r\n`,
    { action: 'ecs:UpdateService', resource: 'arn:aws:ecs:eu-west-1:123456789012:service/c/s' },
  ],
  [
    'JSON, escaped',
    `{"__type":"AccessDeniedException","message":"User: ${arn} is not authorized to perform: codedeploy:CreateDeployment on resource: arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:a/b"}`,
    {
      action: 'codedeploy:CreateDeployment',
      resource: 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:a/b',
    },
  ],
  [
    'CloudTrail without a message',
    '{"eventSource":"kms.amazonaws.com","eventName":"GenerateDataKey","errorCode":"AccessDenied"}',
    { action: 'kms:GenerateDataKey', operation: 'GenerateDataKey' },
  ],
  [
    'an encoded message',
    'api error UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: aBcD123',
    { action: undefined, encoded: true },
  ],
  ['S3 by itself', '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>', { action: undefined }],
];

test.each(messages)('reads %s', (_title, text, expected) => {
  expect(readDenials(text, rules)).toEqual([expect.objectContaining(expected)]);
  expect(readDenials(text, knownRules)).toEqual(readDenials(text, rules));
});

test('reads several in a long log, each once', () => {
  const [first, , , , , docker] = messages;
  const noise = '2026-11-25T10:00:00Z step ok\n'.repeat(5000);
  const found = readDenials(`${noise}${first![1]}\n${noise}${docker![1]}\n${noise}${first![1]}\n`, rules);
  expect(found.map(({ action }) => action)).toEqual(['ecr:DescribeImages', 'ecr:InitiateLayerUpload']);
});

test.each([
  ['ListObjects', 's3:ListBucket'],
  ['ListObjectsV2', 's3:ListBucket'],
  ['HeadBucket', 's3:ListBucket'],
  ['HeadObject', 's3:GetObject'],
  ['GetObject', 's3:GetObject'],
  ['PutObject', 's3:PutObject'],
  ['DeleteObject', 's3:DeleteObject'],
  ['DeleteObjects', 's3:DeleteObject'],
  ['CopyObject', 's3:PutObject'],
  ['CreateMultipartUpload', 's3:PutObject'],
  ['UploadPart', 's3:PutObject'],
  ['CompleteMultipartUpload', 's3:PutObject'],
  ['AbortMultipartUpload', 's3:AbortMultipartUpload'],
  ['ListObjectVersions', 's3:ListBucketVersions'],
  ['ListBuckets', 's3:ListAllMyBuckets'],
  ['GetBucketEncryption', 's3:GetEncryptionConfiguration'],
  ['PutBucketEncryption', 's3:PutEncryptionConfiguration'],
  ['GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
  ['PutPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['PutBucketLifecycleConfiguration', 's3:PutLifecycleConfiguration'],
  ['GetBucketLifecycleConfiguration', 's3:GetLifecycleConfiguration'],
  ['GetBucketPolicy', 's3:GetBucketPolicy'],
])('the operation %s of S3 asks for %s', (operation, action) => {
  const text = `An error occurred (AccessDenied) when calling the ${operation} operation: Access Denied`;
  expect(readDenials(text, rules)).toMatchObject([{ operation, action }]);
  expect(readDenials(text, knownRules)).toEqual(readDenials(text, rules));
});

test('every reason of the catalog makes a sentence', () => {
  for (const { reason } of useCases.flatMap((useCase) => listPermissions(useCase))) {
    const sentence = `brings it${toDo(reason)}`;
    expect(sentence).toMatch(/^brings it(?: to [a-z]+ |: )/);
    expect(sentence).not.toMatch(/it to (?:the|a|an|only|checked|aws|terraform|[A-Z]\S*) /);
  }
});

test('ends soon on texts made to be slow', () => {
  const texts = [
    'is not authorized to perform: '.repeat(20_000),
    `User: ${'a'.repeat(500_000)}`,
    'operation error S3: '.repeat(20_000),
    '│ '.repeat(200_000),
  ];
  for (const text of texts) expect(readDenials(text, rules).length).toBeLessThan(2);
});

async function why(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const io = {
    stdin: (async function* () {
      yield messages[0]![1];
    })(),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
  };
  const code = await run(['why', ...args], io, '1.2.3');
  return { code, stdout, stderr };
}

describe('postern why', () => {
  test('names the use case and the option that bring it', async () => {
    const { code, stdout } = await why(
      `User: ${arn} is not authorized to perform: ecr:BatchGetImage on resource: ${repository}`,
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`ecr:BatchGetImage on ${repository}`);
    expect(stdout).toContain('by ecr-docker-push, PushImages');
    expect(stdout).toMatch(/when {4}`--push-client` is .*`any`/);
  });

  test('reads standard input, and prints JSON', async () => {
    const { code, stdout } = await why('--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        action: 'ecr:DescribeImages',
        brought: expect.arrayContaining([expect.objectContaining({ useCase: 'ecr-docker-push' })]) as unknown,
      },
    ]);
  });

  test('says that a job should not need it', async () => {
    const { code, stdout } = await why(
      `User: ${arn} is not authorized to perform: ecr:PutImageTagMutability on resource: ${repository}`,
    );
    expect(code).toBe(0);
    expect(stdout).toContain(
      'a job of `ecr-docker-push` should not need it, since pushing neither deletes nor configures',
    );
  });

  /** Actions on resources, what is said of them, and what is not. */
  const advice: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    [
      's3:PutObject',
      '"arn:aws:s3:::states/app/terraform.tfstate.tflock"',
      ['terraform-remote-state-s3, LockObjects', '--bucket states --keys app/terraform.tfstate --lock lockfile'],
      ['StateObjects', 'write the state'],
    ],
    [
      's3:PutObject',
      '"arn:aws:s3:::states/env:/blue/app/terraform.tfstate.tflock"',
      ['LockObjects', '--workspaces blue'],
      ['StateObjects'],
    ],
    ['s3:PutObject', '"arn:aws:s3:::states/app/terraform.tfstate"', ['StateObjects'], ['LockObjects']],
    ['s3:ListBucket', '"arn:aws:s3:::states"', ['ListBucket', '--bucket states'], ['StateObjects']],
    ['s3:GetObject', '"arn:aws:s3:::states"', ['no use case brings it for this resource'], ['brought']],
    [
      'iam:PassRole',
      'arn:aws:iam::123456789012:role/ecsInfrastructureRole',
      ['PassVolumeRoles', '--volume-roles ecsInfrastructureRole'],
      ['PassTaskRoles', '--pass-roles'],
    ],
    [
      'iam:PassRole',
      'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
      ['PassTaskRoles', '--pass-roles ecsTaskExecutionRole'],
      ['PassVolumeRoles'],
    ],
    [
      'iam:PassRole',
      'arn:aws:iam::***:role/ecsEventsRole',
      ['PassEventRoles', '--event-roles ecsEventsRole'],
      ['--pass-roles', 'PassTaskRoles'],
    ],
    [
      'iam:PassRole',
      'arn:aws:iam::***:role/ecsInstanceRole',
      ['no use case brings it', 'where `iam:PassedToService` is `ecs-tasks.amazonaws.com`'],
      ['--pass-roles', 'brought'],
    ],
    ['ecs:ListServiceDeployments', '*', ['covers `ecs:ListServiceDeployments`; nothing is known'], ['should not need']],
    ['ecr:ListTagsForResource', repository, ['nothing is known'], ['should not need']],
    ['ecs:ListTasks', '*', ['ListTasks'], ['no use case']],
    [
      'ecs:UpdateService',
      'arn:aws:ecs:eu-west-1:123456789012:service/c/s',
      ['--cluster c --services s'],
      ['no use case'],
    ],
    [
      'kms:Decrypt',
      'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      ['StateKey', 'LockTableKey'],
      [],
    ],
  ];

  test.each(advice)('%s on %s is told by the entries’ own templates', async (action, resource, says, not) => {
    const { stdout } = await why(`User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`);
    for (const text of says) expect(stdout).toContain(text);
    for (const text of not) expect(stdout).not.toContain(text);
  });

  const told: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    [
      'a revision of a family',
      `User: ${arn} is not authorized to perform: ecs:RegisterTaskDefinition on resource: arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7`,
      ['--task-definition-families web'],
      ['no use case'],
    ],
    [
      'an option whose value the resource does not tell',
      `User: ${arn} is not authorized to perform: codedeploy:GetDeploymentConfig on resource: arn:aws:codedeploy:eu-west-1:123456789012:deploymentconfig:CodeDeployDefault.ECSAllAtOnce`,
      ['--code-deploy-application NAME'],
      [],
    ],
    [
      'a resource that stands for many',
      `User: ${arn} is not authorized to perform: ecr:DescribeRepositories on resource: arn:aws:ecr:eu-west-1:123456789012:repository/*`,
      ['--repositories NAME'],
      ["'*'"],
    ],
    [
      'a masked name',
      `User: ${arn} is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:eu-west-1:[MASKED]:repository/[MASKED]`,
      ['--repositories NAME'],
      ["'[MASKED]'"],
    ],
    [
      'the bucket of ECR’s layers, which is nobody’s state',
      `User: ${arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/x" because no VPC endpoint policy allows the s3:GetObject action`,
      ['ECR keeps the layers'],
      ['--bucket', 'brought'],
    ],
    [
      'a deny, in good grammar, and by its ARN',
      `User: ${arn} is not authorized to perform: ecr:PutImage on resource: ${repository} with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/Deny.All`,
      ['an explicit deny in an identity-based policy', 'arn:aws:iam::123456789012:policy/Deny.All'],
      ['deny in identity-based'],
    ],
    [
      'an assertion of SAML, which has no token',
      'An error occurred (AccessDenied) when calling the AssumeRoleWithSAML operation: Not authorized to perform sts:AssumeRoleWithSAML',
      ['trust policy', 'assertion'],
      ['token', '`sub`'],
    ],
    [
      'a key of KMS, which is no object of S3',
      `An error occurred (AccessDenied) when calling the PutObject operation: User: ${arn} is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
      ['key policy', 'Region'],
      ['the bucket and the key are not in the text'],
    ],
    [
      'the list of all buckets, which has no key',
      `An error occurred (AccessDenied) when calling the ListBuckets operation: User: ${arn} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
      ['s3:ListAllMyBuckets'],
      ['the bucket and the key are not in the text'],
    ],
    [
      'what would move the cursor or turn the writing round',
      `User: ${arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::my-bucket/a\u0007\u202eb.txt"`,
      ['arn:aws:s3:::my-bucket/a\\u0007\\u202eb.txt'],
      ['\u0007', '\u202e'],
    ],
    [
      'no login to a registry that is not named',
      'no basic auth credentials',
      ['no valid login', 'for ECR'],
      ['A refusal of ecr'],
    ],
  ];

  test.each(told)('%s', async (_title, text, says, not) => {
    const { stdout } = await why(text);
    for (const one of says) expect(stdout).toContain(one);
    for (const one of not) expect(stdout).not.toContain(one);
  });

  test('an operation tells whom a role is passed to', async () => {
    const { stdout } = await why(
      `An error occurred (AccessDeniedException) when calling the PutTargets operation: User: ${arn} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/x`,
    );
    expect(stdout).not.toContain('--pass-roles');
    expect(stdout).toContain('--event-roles x');
  });

  test('a role that is passed to a service that no use case passes one to is brought by none', async () => {
    const { stdout } = await why(
      `An error occurred (AccessDeniedException) when calling the CreateNodegroup operation: User: ${arn} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/x`,
    );
    expect(stdout).not.toContain('--pass-roles');
    expect(stdout).toContain('no use case brings it');
  });

  test('the key of a table is not the key of the state', async () => {
    const { stdout } = await why(
      'An error occurred (AccessDeniedException) when calling the PutItem operation: KMS key access denied error: x',
    );
    expect(stdout).toContain('LockTableKey');
    expect(stdout).not.toContain('StateKey');
    expect(stdout).toContain('aws dynamodb describe-table');
  });

  test('a token that is refused is a matter of the trust policy', async () => {
    const { code, stdout } = await why('Error: Not authorized to perform sts:AssumeRoleWithWebIdentity');
    expect(code).toBe(0);
    expect(stdout).toContain('the trust policy of the role, not a permission');
    expect(stdout).not.toContain('no use case');
  });

  test('says how an encoded message is read', async () => {
    const { stdout } = await why('UnauthorizedOperation: x. Encoded authorization failure message: abc');
    expect(stdout).toContain('aws sts decode-authorization-message --encoded-message');
  });

  test('says that nothing is known of a service that no use case has to do with', async () => {
    const { stdout } = await why(`User: ${arn} is not authorized to perform: ec2:RunInstances on resource: *`);
    expect(stdout).toContain(
      'no use case of the catalog covers `ec2:RunInstances`; nothing is known about why a job would call it',
    );
  });

  test('ends with 1 where the message does not say enough', async () => {
    const { code, stdout, stderr } = await why(messages.at(-1)![1]);
    expect(code).toBe(1);
    expect(stdout).toContain('postern record --');
    expect(stderr).toContain('does not say which action');
  });
});

describe('a role that nobody got', () => {
  const of = (message: string) =>
    `An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: ${message}`;
  test.each([
    [
      'the trust policy',
      'Not authorized to perform sts:AssumeRoleWithWebIdentity',
      ['postern assume --policy role.json'],
    ],
    [
      'no provider',
      of('No OpenIDConnect provider found in your account for https://gitlab.example.com'),
      ['https://gitlab.example.com', 'aws iam list-open-id-connect-providers', 'no identity provider for the issuer'],
    ],
    ['an audience', of('Incorrect token audience'), ['--client-id', '`ClientIDList`']],
    [
      'a key',
      of("Couldn't retrieve verification key from your identity provider, please reference it"),
      ['.well-known/openid-configuration'],
    ],
    [
      'a token that has expired',
      'ExpiredTokenException: Token expired: current date/time 2 must be before the expiration date/time 1',
      ['right before it is used'],
    ],
    [
      'session tags',
      'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: sts:TagSession on resource: arn:aws:iam::123456789012:role/x',
      ['role-skip-session-tagging', 'trust policy of the role that is assumed must allow it too'],
    ],
  ])('%s: says what to run next', async (_, text, says) => {
    const { code, stdout } = await why(text);
    expect(code).toBe(0);
    for (const one of says) expect(stdout).toContain(one);
    const { stdout: json } = await why(text, '--json');
    const [told] = JSON.parse(json) as {
      action: string;
      notes: string[];
      brought: { useCase: string }[];
    }[];
    expect(told!.action).toMatch(/^sts:/);
    expect(told!.notes.length).toBeGreaterThan(0);
    const bringing = findAction(useCases, told!.action).map(({ useCase }) => useCase);
    expect(new Set(told!.brought.map(({ useCase }) => useCase))).toEqual(new Set(bringing));
    if (told!.action === 'sts:AssumeRoleWithWebIdentity') expect(bringing).toEqual([]);
  });

  test('credentials that have ended are no refusal of a policy', async () => {
    const { code, stdout } = await why(
      'An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('no refusal of a policy');
    expect(stdout).not.toContain('names no action');
  });
});
