import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const signIn = '- uses: aws-actions/configure-aws-credentials@v5\n  with: { aws-region: eu-west-2 }\n';
const jobsOf = (...commands: readonly string[]) =>
  found(workflow(signIn + commands.map((one) => `- run: ${one}\n`).join(''))).jobs;
const deploy = (name: string, ...more: readonly string[]) =>
  `aws cloudformation deploy --stack-name ${name} --template-file ${name}.yml ${more.join(' ')}`.trim();

test('a call without a region of its own works in that of the job, where another one says its own', () => {
  const stack = (name: string, region: string, line: number) =>
    `cloudformation-deploy client=aws-cli region=${region} stacks=${name} ?account @${line}`;
  expect(jobsOf(deploy('one'), deploy('two', '--region us-east-1'))).toEqual([
    stack('one', 'eu-west-2', 8),
    stack('two', 'us-east-1', 9),
  ]);
  expect(jobsOf(deploy('two', '--region', 'us-east-1'), deploy('one'))).toEqual([
    stack('two', 'us-east-1', 8),
    stack('one', 'eu-west-2', 9),
  ]);
  expect(
    jobsOf('aws --region us-east-1 cloudformation deploy --stack-name two --template-file a.yml', deploy('one')),
  ).toEqual([stack('two', 'us-east-1', 8), stack('one', 'eu-west-2', 9)]);
});

test('calls that say the region of the job, and those that say none, are one job', () => {
  expect(jobsOf(deploy('one'), deploy('two', '--region eu-west-2'))).toEqual([
    'cloudformation-deploy client=aws-cli region=eu-west-2 stacks=one|two ?account @8,9',
  ]);
});

test('a call of another kind takes the region of what it belongs to', () => {
  expect(
    jobsOf(deploy('one', '--region us-east-1'), 'aws cloudformation wait stack-update-complete --stack-name one'),
  ).toEqual(['cloudformation-deploy client=aws-cli region=us-east-1 stacks=one ?account @8,9']);
});

test('secrets of two regions are read in two', () => {
  expect(jobsOf('aws ssm get-parameter --name /a', 'aws ssm get-parameter --name /b --region us-east-1')).toEqual([
    'secrets-read call=get-parameter parameters=/a region=eu-west-2 ?account @8',
    'secrets-read call=get-parameter parameters=/b region=us-east-1 ?account @9',
  ]);
});

test('where no job says a region, it is open', () => {
  const commands = [deploy('one'), deploy('two', '--region us-east-1')];
  expect(
    found(workflow(commands.map((one) => `- run: ${one}\n`).join(''))).jobs.map((job) => job.includes('?region')),
  ).toContain(false);
});
