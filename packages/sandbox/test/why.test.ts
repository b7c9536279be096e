import { describe, expect, test } from 'vitest';
import { run } from '@postern/cli';
import { sandboxCommands } from '../src/commands/commands.js';
import { readDenials } from '../src/why/read-denials.js';

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
  expect(readDenials(text)).toEqual([expect.objectContaining(expected)]);
});

test('reads several in a long log, each once', () => {
  const [first, , , , , docker] = messages;
  const noise = '2026-11-25T10:00:00Z step ok\n'.repeat(5000);
  const found = readDenials(`${noise}${first![1]}\n${noise}${docker![1]}\n${noise}${first![1]}\n`);
  expect(found.map(({ action }) => action)).toEqual(['ecr:DescribeImages', 'ecr:InitiateLayerUpload']);
});

test('ends soon on texts made to be slow', () => {
  const texts = [
    'is not authorized to perform: '.repeat(20_000),
    `User: ${'a'.repeat(500_000)}`,
    'operation error S3: '.repeat(20_000),
    '│ '.repeat(200_000),
  ];
  for (const text of texts) expect(readDenials(text).length).toBeLessThan(2);
});

describe('postern why', () => {
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
    const code = await run(['why', ...args], io, '1.2.3', sandboxCommands);
    return { code, stdout, stderr };
  }

  test('names the use case and the option that bring it', async () => {
    const { code, stdout } = await why(
      `User: ${arn} is not authorized to perform: ecr:BatchGetImage on resource: ${repository}`,
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`ecr:BatchGetImage on ${repository}`);
    expect(stdout).toContain('by ecr-docker-push, PushImages');
    expect(stdout).toContain('`--push-client` is `any`');
  });

  test('reads standard input, and prints JSON', async () => {
    const { code, stdout } = await why('--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { action: 'ecr:DescribeImages', brought: [{ useCase: 'ecr-docker-push' }] },
    ]);
  });

  test('says that a job should not need it', async () => {
    const { code, stdout } = await why(
      `User: ${arn} is not authorized to perform: ecr:DeleteRepository on resource: ${repository}`,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('a job of `ecr-docker-push` should not need it');
  });

  test('says that a service is nobody’s', async () => {
    const { stdout } = await why(`User: ${arn} is not authorized to perform: ec2:RunInstances on resource: *`);
    expect(stdout).toContain('none has anything to do with `ec2`');
  });

  test('ends with 1 where the message does not say enough', async () => {
    const { code, stdout, stderr } = await why(messages.at(-1)![1]);
    expect(code).toBe(1);
    expect(stdout).toContain('postern record --');
    expect(stderr).toContain('does not say which action');
  });
});
