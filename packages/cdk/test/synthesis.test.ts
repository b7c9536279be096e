import { Repository } from 'aws-cdk-lib/aws-ecr';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Lazy, type App, type Stack } from 'aws-cdk-lib/core';
import { build, ecrDockerPush } from '@postern/core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EcrDockerPushPolicy } from '../src/index.js';
import { env, makeStack, resourcesIn, statementsOf } from './stack.js';

/** What `cdk init` writes into `cdk.json`. */
const flags = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json') as Record<string, unknown>;

const synth = (stack: Stack) => (stack.node.root as App).synth();

describe('what the CDK CLI looks up', () => {
  test.each<[string, (stack: Stack) => Repository | string | ReturnType<typeof Repository.fromLookup>]>([
    ['a repository', (of) => Repository.fromLookup(of, 'R', { repositoryName: 'app' })],
    ['a parameter', (of) => StringParameter.valueFromLookup(of, '/name')],
  ])('%s: the app ends well, so that the CLI can look, also with all feature flags', (_, make) => {
    const stack = makeStack({ in: env, context: flags });
    new EcrDockerPushPolicy(stack, 'P', { repositories: [make(stack)] });
    const assembly = synth(stack);
    expect(assembly.manifest.missing).toHaveLength(1);
    const said = assembly.stacks.flatMap(({ messages }) => messages.filter(({ level }) => level === 'warning'));
    expect(said.map(({ entry }) => entry.data)).toEqual([
      expect.stringMatching(/^a look-up is outstanding, and its dummy value is refused: Stack\/P: ecr-docker-push: /),
    ]);
  });
});

describe('what a lazy text turns out to be is checked when the app is synthesized', () => {
  const lazy = (text: string) => Lazy.string({ produce: () => text });
  const arn = 'arn:aws:ecr:eu-west-1:123456789012:repository/app';

  test.each<[string, object, RegExp]>([
    ['a name that is none', { name: lazy('App') }, /repositories\[1\]: `App` is no ECR repository/],
    ['a name that is an ARN', { name: lazy(arn) }, /repositories\[1\]: `arn:[^`]*` is no ECR repository: /],
    ['an ARN that is a name', { arn: lazy('app') }, /repositories\[1\]: `app` is no ECR repository ARN/],
    ['an ARN of another kind', { arn: lazy('arn:aws:s3:::app') }, /is no ECR repository ARN/],
    ['an ARN in another region', { arn: lazy(arn.replace('eu', 'us')) }, /make them agree/],
    ['what stands in the list already', { name: lazy('first') }, /`first` already stands at `repositories\[0\]`/],
  ])('%s', (_, repository, message) => {
    const stack = makeStack({ in: env });
    const repositories = ['first', repository as { name: string }];
    new EcrDockerPushPolicy(stack, 'P', { repositories, region: 'eu-west-1' });
    expect(() => synth(stack)).toThrow(message);
  });

  test('and taken where it is right', () => {
    const stack = makeStack({ in: env });
    new EcrDockerPushPolicy(stack, 'P', { repositories: [{ name: lazy('app') }] });
    expect(statementsOf(stack)).toEqual(build(ecrDockerPush, { repositories: ['app'], ...env }).Statement);
  });
});

test('a dynamic reference is known only at deployment, as plain text and as a token', () => {
  const stack = makeStack({ in: env });
  const reference = '{{resolve:ssm:/name}}';
  const make = (id: string, repository: string | { name: string }) =>
    new EcrDockerPushPolicy(stack, id, { repositories: [repository] });
  expect(() => make('A', reference)).toThrow(/is known only at deployment, and may be a name or an ARN/);
  expect(() => make('B', { name: `*${reference}` })).toThrow(/wildcard/);
  make('C', { name: reference });
  expect(resourcesIn(stack, 'PushImages')).toBe(`["arn:aws:ecr:eu-west-1:123456789012:repository/${reference}"]`);
});

test('where the app makes no roles and policies, the report has all statements', () => {
  const stack = makeStack({ in: env });
  Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/R': 'made' } });
  const role = new Role(stack, 'R', { assumedBy: new AccountRootPrincipal() });
  const policy = new EcrDockerPushPolicy(stack, 'P', { repositories: ['app'], roles: [role] });
  policy.managedPolicy.addStatements(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
  const { directory } = synth(stack);
  const report = JSON.parse(readFileSync(join(directory, 'iam-policy-report.json'), 'utf8')) as unknown;
  const { Statement } = build(ecrDockerPush, { repositories: ['app'], ...env });
  const text = JSON.stringify(report);
  for (const { Sid } of Statement) expect(text).toContain(Sid);
  expect(text).toContain('sns:Publish');
});

describe('what an attachment cannot have is refused', () => {
  test('a role of another account', () => {
    const stack = makeStack({ in: env });
    const roles = [Role.fromRoleArn(stack, 'R', 'arn:aws:iam::999999999999:role/deploy')];
    expect(() => new EcrDockerPushPolicy(stack, 'P', { repositories: ['app'], roles })).toThrow(
      /^Stack\/P: roles\[0\]: `Stack\/R` is in the account `999999999999`, and the policy in `123456789012`/,
    );
  });

  test('the path and the description of an inline policy', () => {
    const stack = makeStack({ in: env });
    const roles = [new Role(stack, 'R', { assumedBy: new AccountRootPrincipal() })];
    const options = { repositories: ['app'], roles, inline: true, path: '/ci/', description: 'x' };
    expect(() => new EcrDockerPushPolicy(stack, 'P', options)).toThrow(
      /an inline policy has no `path` and `description`/,
    );
  });
});
