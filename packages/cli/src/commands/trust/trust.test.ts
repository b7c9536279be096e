import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, quotas, size, trustEntries } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { postern } from '../../../test/terminal.js';
import { formats } from '../../formats/index.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-trust-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shop = ['github-actions', '--owner', 'acme', '--repository', 'shop', '--environments', 'production'];
const account = ['--account', '123456789012'];

test('prints the trust policy, its size, and what to know besides', async () => {
  const { code, stdout, stderr } = await postern(['trust', ...shop, ...account]);
  expect(code).toBe(0);
  const { document, type, problems } = parse(stdout);
  expect([type, problems]).toEqual(['trust', []]);
  expect(document?.Statement[0]?.Principal).toEqual({
    Federated: ['arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'],
  });
  expect(stderr).toMatch(/^size: \d+ of 2,048 characters that a trust policy may have\nnote: /);
  expect(stderr).toContain('note: the role is taken to be in the partition `aws`: give `--partition` for another\n');
});

test.each(trustEntries.map(({ id }) => id))('the example of %s works as it stands', async (id) => {
  const shown = JSON.parse((await postern(['show', id, '--json'])).stdout) as { example: string };
  expect(shown.example).toMatch(new RegExp(`^postern trust ${id} `));
  const words = shown.example
    .replace(/^postern /, '')
    .match(/'[^']*'|\S+/g)!
    .map((word) => word.replaceAll("'", ''));
  const { code, stdout } = await postern(words);
  expect(code).toBe(0);
  expect(parse(stdout).type).toBe('trust');
});

test.each(trustEntries.map((entry) => [entry.id, entry] as const))(
  'show %s says all that it has',
  async (id, entry) => {
    const { code, stdout } = await postern(['show', id]);
    expect(code).toBe(0);
    for (const option of Object.values(entry.options)) expect(stdout).toContain(option.help);
    for (const { sid, principal, conditions = [] } of entry.statements) {
      for (const text of [sid, principal.reason, ...conditions.map(({ reason }) => reason)])
        expect(stdout).toContain(text);
    }
  },
);

describe('formats', () => {
  const words = Object.keys(formats);
  const printed = async (format: string) =>
    (await postern(['trust', ...shop, ...account, '--partition', 'aws', '--name', 'deploy', '--format', format]))
      .stdout;
  const policyOf = async () => JSON.parse(await printed('json')) as object;

  test('there is a test for each', () => {
    const tested = [
      'json',
      'yaml',
      'cloudformation',
      'cloudformation-json',
      'terraform',
      'terraform-json',
      'cdk',
      'pulumi',
    ];
    expect(words).toEqual([...tested, 'aws-cli']);
  });

  test('yaml', async () => expect(parseYaml(await printed('yaml'))).toEqual(await policyOf()));

  test.each(['cloudformation', 'cloudformation-json'])('%s makes a role', async (format) => {
    const template = parseYaml(await printed(format)) as { Resources: { Role: { Type: string; Properties: object } } };
    expect(template.Resources.Role).toEqual({
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'deploy',
        Description: 'Jobs of GitHub Actions',
        AssumeRolePolicyDocument: await policyOf(),
      },
    });
  });

  test('terraform-json', async () => {
    const file = JSON.parse(await printed('terraform-json')) as {
      resource: { aws_iam_role: { github_actions: { name: string; assume_role_policy: string } } };
    };
    const { name, assume_role_policy } = file.resource.aws_iam_role.github_actions;
    expect([name, JSON.parse(assume_role_policy)]).toEqual(['deploy', await policyOf()]);
  });

  test('aws-cli', async () => {
    const [, policy] = /--assume-role-policy-document '(.*)'\n$/.exec(await printed('aws-cli'))!;
    expect(JSON.parse(policy!)).toEqual(await policyOf());
    expect(await printed('aws-cli')).toMatch(/^aws iam create-role \\\n {2}--role-name 'deploy' /);
  });

  test.each([
    ['terraform', /^resource "aws_iam_role" "github_actions" \{/],
    ['cdk', /new CfnRole\(stack, 'Role', \{\n {2}roleName: 'deploy',/],
    ['pulumi', /new aws\.iam\.Role\('github-actions', \{\n {2}name: 'deploy',/],
  ])('%s has every text of the policy', async (format, start) => {
    const text = await printed(format);
    expect(text).toMatch(start);
    for (const [, value] of JSON.stringify(await policyOf()).matchAll(/"([^"]+)"/g)) expect(text).toContain(value);
  });

  test.each(words.filter((word) => !['json', 'yaml', 'aws-cli'].includes(word)))(
    '%s has symbols for account and partition',
    async (format) => {
      const { code, stdout } = await postern(['trust', ...shop, '--format', format]);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/\u0001|123456789012/);
      expect(stdout).toMatch(/:iam::\$\{[^}]*account[^}]*\}:oidc-provider|\$\{AWS::AccountId\}:oidc-provider/i);
    },
  );
});

test('--explain gives every line its reason', async () => {
  const yaml = await postern(['trust', ...shop, ...account, '--format', 'yaml', '--explain']);
  expect(yaml.stdout).toContain('# the one identity provider whose tokens are taken');
  expect(yaml.stdout).toContain('# only tokens that were made for this audience');
  const json = await postern(['trust', ...shop, ...account, '--explain']);
  expect(json.stderr).toContain('Principal Federated');
});

test('options come from a file too, and flags replace what it says', async () => {
  const file = join(folder, 'options.yaml');
  writeFileSync(file, 'owner: acme\nrepository: shop\nbranches: [main]\naccount: "123456789012"\npartition: aws-cn\n');
  const { code, stdout } = await postern(['trust', 'github-actions', '--options', file, '--branches', 'release']);
  expect(code).toBe(0);
  expect(stdout).toContain('"repo:acme/shop:ref:refs/heads/release"');
  expect(stdout).toContain('arn:aws-cn:iam::');
});

describe('bad input is one sentence, exit 2, and nothing is written', () => {
  const target = join(folder, 'policy.json');

  test.each<[string, string[], RegExp]>([
    ['no entry', [], /^`postern trust` needs a trust entry: see `postern list`$/],
    ['an unknown entry', ['github-action'], /^`github-action` is no trust entry, did you mean `github-actions`\?$/],
    ['a use case', ['ecr-docker-push'], /^`ecr-docker-push` is no trust entry: choose one of/],
    ['no account', shop, /^--account: missing: for example `--account 123456789012`$/],
    [
      'a flag of no entry',
      [...shop, ...account, '--repo', 'x'],
      /^`--repo` is no flag of `postern trust github-actions`/,
    ],
    ['a word too many', [...shop.slice(0, 3), '--pull-requests', 'x'], /^`x` belongs to no flag/],
    ['an unknown format', [...shop, ...account, '--format', 'hcl'], /^--format: `hcl` is none of/],
    ['a name that no role has', [...shop, ...account, '--name', 'a b'], /^--name: `a b` is no name of a role/],
    ['a flag given twice', [...shop, '--owner', 'x'], /^`--owner` is given twice/],
  ])('%s', async (_, words, says) => {
    const { code, stdout, stderr } = await postern(['trust', ...words, '--output', target]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replace(/^postern: /, '').trimEnd()).toMatch(says);
    expect(existsSync(target)).toBe(false);
  });
});

test('what is larger than AWS takes at all is refused, what is larger than the usual quota is said', async () => {
  const branches = (count: number) => Array.from({ length: count }, (_, index) => `release/${'x'.repeat(60)}-${index}`);
  const words = (count: number) => ['trust', ...shop.slice(0, 5), '--branches', ...branches(count), ...account];
  const large = await postern(words(30));
  expect(large.code).toBe(0);
  expect(size(parse(large.stdout).document!)).toBeGreaterThan(quotas.trustPolicy.characters);
  expect(large.stderr).toMatch(/too large unless the quota of the account is raised, to 8,192 at most/);
  const larger = await postern(words(200));
  expect([larger.code, larger.stdout]).toEqual([2, '']);
  expect(larger.stderr).toMatch(/^postern: the trust policy has [\d,]+ characters, and AWS takes 8,192 at most: /);
});

test('writes to a file, whole', async () => {
  const target = join(folder, 'written.json');
  const { code, stdout } = await postern(['trust', ...shop, ...account, '--output', target]);
  expect([code, stdout]).toEqual([0, '']);
  expect(parse(readFileSync(target, 'utf8')).type).toBe('trust');
});
