import { build, print, terragrunt } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { place, postern, pushMyApp } from './terminal.js';

const user = ['generate', 'terragrunt', '--bucket', 'acme', '--keys', 'k', '--identity', 'iam-user'];
const policy = build(terragrunt, {
  bucket: 'acme',
  keys: ['k'],
  identity: 'iam-user',
  account: '123456789012',
  region: 'eu-west-1',
});

describe('a policy variable reaches IAM, whatever the host would do with it', () => {
  test.each([
    ['cloudformation', '${!aws:username}'],
    ['cloudformation-json', '${!aws:username}'],
    ['terraform', '$${aws:username}'],
    ['terraform-json', '$${aws:username}'],
  ])('%s, place not given: %s', async (format, escaped) => {
    const { stdout } = await postern([...user, '--format', format]);
    expect(stdout).toContain(`user/${escaped}`);
    expect(stdout).not.toContain('\u0001');
  });

  test('a text without pseudo parameters is not substituted, so it is not escaped', async () => {
    const { stdout } = await postern([...user, ...place, '--format', 'cloudformation-json']);
    const template = JSON.parse(stdout) as { Resources: { Policy: { Properties: Record<string, unknown> } } };
    expect(template.Resources.Policy.Properties).toEqual({
      ManagedPolicyName: 'terragrunt',
      Description: terragrunt.title,
      PolicyDocument: policy,
    });
  });
});

test.each(['cloudformation', 'terraform', 'terraform-json', 'cdk', 'pulumi'])(
  '%s checks a text that looks like an open place as any other',
  async (format) => {
    for (const name of ['\u0001account\u0001', '\u0001x/*']) {
      const stdin = JSON.stringify({ repositories: [name] });
      const { code, stdout, stderr } = await postern(
        ['generate', 'ecr-docker-push', '--options', '-', '--format', format],
        { stdin },
      );
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^postern: repositories\[0\]: /);
    }
  },
);

test('terraform asks for data sources only where the place is open', async () => {
  const { stdout } = await postern([...user, '--format', 'terraform']);
  expect(stdout).toContain('data "aws_caller_identity" "current" {}');
  expect(stdout).not.toContain('data "aws_region"');
  expect((await postern([...user, ...place, '--format', 'terraform'])).stdout).not.toContain('data "');
});

test('aws-cli prints a command whose document is the policy, and needs the place', async () => {
  const { stdout } = await postern([...user, ...place, '--format', 'aws-cli', '--name', 'lock']);
  expect(stdout).toMatch(/^aws iam create-policy \\\n {2}--policy-name 'lock' \\\n/);
  expect(/--policy-document '(.*)'\n$/.exec(stdout)?.[1]).toBe(print(policy, 0));
  const { code, stderr } = await postern([...user, '--format', 'aws-cli']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--account: missing.*\n.*--region: missing/);
});

test.each([
  ['cdk', "import { EcrDockerPushPolicy } from '@postern/cdk';", "new EcrDockerPushPolicy(stack, 'Policy', {"],
  ['pulumi', "import { EcrDockerPushPolicy } from '@postern/pulumi';", "new EcrDockerPushPolicy('ecr-docker-push', {"],
])('%s prints a program that uses the adapter', async (format, first, second) => {
  const { stdout } = await postern([
    'generate',
    'ecr-docker-push',
    '--repositories',
    'my-app',
    '--pull',
    '--format',
    format,
  ]);
  expect(stdout).toContain(first);
  expect(stdout).toContain(second);
  expect(stdout).toContain("  repositories: ['my-app'],\n  pull: true,\n");
});

describe('formats that make a managed policy', () => {
  const keys = Array.from({ length: 60 }, (_, index) => `a-rather-long-folder-name/stack-${index}/terraform.tfstate`);
  const large = [
    'generate',
    'terraform-remote-state-s3',
    '--bucket',
    'acme',
    '--region',
    'eu-west-1',
    '--keys',
    ...keys,
  ];

  test.each(['cloudformation', 'cloudformation-json', 'terraform', 'terraform-json', 'cdk', 'pulumi'])(
    '%s refuses a document over the quota',
    async (format) => {
      const { code, stdout, stderr } = await postern([...large, '--format', format]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^postern: the document has \d+,\d{3} characters, and a managed policy at most 6,144: write `--split` for several policies, give fewer/,
      );
    },
  );

  test('refuse a name that IAM would refuse', async () => {
    const { code, stderr } = await postern([...pushMyApp, '--format', 'terraform', '--name', 'my policy']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^postern: --name: `my policy` is no name of a managed policy/);
  });
});

describe('terraform-external', () => {
  const ask = (query: unknown) => postern(['terraform-external'], { stdin: JSON.stringify(query) });
  const options = { bucket: 'acme', keys: ['k'], identity: 'iam-user', account: '123456789012', region: 'eu-west-1' };

  test('answers with the policy as text', async () => {
    const { code, stdout } = await ask({ use_case: 'terragrunt', options: JSON.stringify(options) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ json: print(policy, 0) });
  });

  test.each<[string, unknown, RegExp]>([
    ['no use case', {}, /^postern: the query has no `use_case`/],
    [
      'a use case and a role',
      { use_case: 'terragrunt', options: '{}', file: 'postern.yaml', role: 'deploy' },
      /^postern: `file`, `role`: no part of a query for a use case, which has `use_case` and `options`: leave it out\n$/,
    ],
    [
      'a part that is none',
      { use_case: 'terragrunt', option: JSON.stringify(options) },
      /^postern: `option`: no part of a query for a use case/,
    ],
    ['an unknown use case', { use_case: 'terragrun', options: '{}' }, /did you mean `terragrunt`/],
    [
      'options that are no text',
      { use_case: 'terragrunt', options },
      /^postern: `options` is no text: write it with jsonencode/,
    ],
    ['bad options', { use_case: 'terragrunt', options: '{"keys":[]}' }, /bucket: missing.*\n.*keys: the list is empty/],
    ['no object', [], /^postern: the query is no JSON object/],
    ['a role without its name', { file: 'x.yaml' }, /^postern: the query has no `role`: name one/],
    [
      'what no query has',
      { role: 'a', environmnt: 'x', half: 'both', file: '-' },
      /^postern: `environmnt` is no part of a query for a role.*\npostern: `file`: .*\npostern: `half`: `both` is neither/,
    ],
    [
      'a file that is not there',
      { role: 'a', file: 'none.yaml' },
      /^postern: `none.yaml` cannot be read: there is no such/,
    ],
  ])('%s', async (_, query, expected) => {
    const { code, stdout, stderr } = await ask(query);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
  });
});
