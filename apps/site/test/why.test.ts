import { expect, test } from 'vitest';
import { answer } from '../src/why/answers.js';

test.each([
  [
    'HEAD https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/my-app/blobs/sha256:1: 403 Forbidden',
    'ecr:BatchCheckLayerAvailability on arn:aws:ecr:eu-west-1:123456789012:repository/my-app',
    'ecr-docker-push',
  ],
  [
    'An error occurred (403) when calling the HeadObject operation: Forbidden, s3://acme-state/app/terraform.tfstate',
    's3:GetObject on arn:aws:s3:::acme-state/app/terraform.tfstate',
    'terraform-remote-state-s3',
  ],
  [
    'PUT https://acme-site.s3.eu-west-1.amazonaws.com/index.html: 403 Forbidden',
    's3:PutObject on arn:aws:s3:::acme-site/index.html',
    'static-site-s3-cloudfront',
  ],
])('what only a request says is told without a sandbox: %s', (text, heading, useCase) => {
  const [found] = answer(text).answers;
  expect(found?.heading).toBe(heading);
  expect(found?.brought.map((one) => one.useCase)).toContain(useCase);
});

test('what a job should not need is told with its reason alone, and what is refused without an action names its service', () => {
  const [refused] = answer(
    'User: ci is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/x',
  ).answers;
  expect(refused?.lines.join(' ')).toMatch(/covers `iam:CreateUser`; nothing is known|should not need it/);
  expect(refused?.lines.join(' ')).not.toMatch(/covers.*should not need it|should not need it.*covers/);
  expect(
    answer('operation error Athena: StartQueryExecution, https response error StatusCode: 403').answers,
  ).toMatchObject([{ heading: expect.stringContaining('athena:StartQueryExecution') as unknown }]);
});
