import { describe, expect, test } from 'vitest';
import { found, workflow } from './found.js';

/** The options and the open questions that a step comes to beside these files. */
function jobOf(step: string, files: Readonly<Record<string, string>>) {
  const { jobs } = found({ ...workflow(step), ...files }).whole;
  expect(jobs).toHaveLength(1);
  const [{ useCase, options, open, seen }] = jobs as [(typeof jobs)[number]];
  return { useCase, options, open, seen };
}

const config = `version = 0.1
[default.global.parameters]
stack_name = "shared"
region = "eu-west-1"
[default.deploy.parameters]
stack_name = "web"
s3_bucket = "my-artifacts"
s3_prefix = "web"
kms_key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
role_arn = "arn:aws:iam::123456789012:role/cfn"
capabilities = "CAPABILITY_IAM"
confirm_changeset = false
tags = "team=\\"web\\""
[prod.deploy.parameters]
stack_name = "web-prod"
resolve_s3 = true
on_failure = "DELETE"
image_repositories = ["Web=123456789012.dkr.ecr.eu-west-1.amazonaws.com/web", "Api=123456789012.dkr.ecr.eu-west-1.amazonaws.com/api"]
`;

describe('samconfig.toml', () => {
  const deploy = '- run: sam deploy --no-fail-on-empty-changeset';

  test('says what the command does not, the settings of the command before the shared ones', () => {
    const { useCase, options } = jobOf(deploy, { 'samconfig.toml': config });
    expect({ useCase, options }).toEqual({
      useCase: 'sam-deploy',
      options: {
        stacks: ['web'],
        region: 'eu-west-1',
        bucket: 'my-artifacts',
        prefixes: ['web'],
        kmsKey: '1234abcd-12ab-34cd-56ef-1234567890ab',
        serviceRole: 'arn:aws:iam::123456789012:role/cfn',
        stackTags: true,
      },
    });
  });

  test('is read for the environment that is named', () => {
    const { options } = jobOf('- run: sam deploy --config-env prod', { 'samconfig.toml': config });
    expect(options).toEqual({
      stacks: ['web-prod'],
      resolveS3: 'existing',
      wholeBucket: true,
      deleteFailed: true,
      images: 'given',
      repositories: ['web', 'api'],
    });
  });

  test('is not read for an environment that is not known, nor where that is not in it', () => {
    for (const environment of ['"$STAGE"', 'staging']) {
      const { options, open } = jobOf(`- run: sam deploy --config-env ${environment}`, { 'samconfig.toml': config });
      expect(options).not.toHaveProperty('stacks');
      expect(open).toContain('stacks');
    }
  });

  test('counts for less than the flags of the command', () => {
    const { options } = jobOf('- run: sam deploy --stack-name other --s3-bucket theirs --s3-prefix here', {
      'samconfig.toml': config,
    });
    expect(options).toMatchObject({ stacks: ['other'], bucket: 'theirs', prefixes: ['here'], region: 'eu-west-1' });
    expect(options).not.toHaveProperty('wholeBucket');
  });

  test('without a prefix the artifacts stand at the top, wherever the bucket was named', () => {
    const bucket = '[default.deploy.parameters]\nstack_name = "a"\ns3_bucket = "my-artifacts"\n';
    const prefix = '[default.deploy.parameters]\nstack_name = "a"\ns3_prefix = "app"\n';
    expect(jobOf(deploy, { 'samconfig.toml': bucket }).options).toMatchObject({ wholeBucket: true });
    const flags = '- run: sam deploy --s3-bucket my-artifacts';
    expect(jobOf(flags, { 'samconfig.toml': prefix }).options).toEqual({
      stacks: ['a'],
      bucket: 'my-artifacts',
      prefixes: ['app'],
    });
    expect(jobOf('- run: sam deploy --s3-prefix b', { 'samconfig.toml': bucket }).options).not.toHaveProperty(
      'wholeBucket',
    );
  });

  test('is read for sam delete as for sam deploy, and for sam sync by itself', () => {
    expect(jobOf('- run: sam delete --no-prompts', { 'samconfig.toml': config }).options).toMatchObject({
      stacks: ['web'],
      bucket: 'my-artifacts',
      deleteStacks: true,
    });
    const sync = '[default.sync.parameters]\nstack_name = "dev"\ns3_bucket = "my-artifacts"\ns3_prefix = "dev"\n';
    expect(jobOf('- run: yes | sam sync --no-watch', { 'samconfig.toml': sync }).options).toEqual({
      stacks: ['dev'],
      bucket: 'my-artifacts',
      prefixes: ['dev'],
      sync: true,
    });
  });

  test('stands beside the template, or where the command says, and is no file of another folder', () => {
    const here = { 'api/samconfig.toml': config };
    const stacks = (step: string, files: Readonly<Record<string, string>> = here) =>
      jobOf(step, files).options['stacks'];
    expect(stacks('- run: sam deploy\n  working-directory: api')).toEqual(['web']);
    expect(stacks('- run: cd api && sam deploy')).toEqual(['web']);
    expect(stacks('- run: sam deploy --template-file api/template.yaml')).toEqual(['web']);
    expect(stacks('- run: sam deploy --config-file api/samconfig.toml')).toEqual(['web']);
    expect(
      stacks('- run: sam deploy -t api/template.yaml --config-file ../live.toml', { 'live.toml': config }),
    ).toEqual(['web']);
    expect(stacks('- run: sam deploy')).toBeUndefined();
    expect(stacks('- run: cd "$FOLDER" && sam deploy', { 'samconfig.toml': config })).toBeUndefined();
    expect(
      stacks('- run: sam deploy --config-file ../../samconfig.toml', { 'samconfig.toml': config }),
    ).toBeUndefined();
  });

  test('may be YAML, which counts for less than TOML', () => {
    const yaml =
      'version: 0.1\ndefault:\n  deploy:\n    parameters:\n      stack_name: by-yaml\n      resolve_s3: true\n';
    expect(jobOf(deploy, { 'samconfig.yaml': yaml }).options).toMatchObject({
      stacks: ['by-yaml'],
      resolveS3: 'existing',
    });
    expect(jobOf(deploy, { 'samconfig.yml': yaml, 'samconfig.toml': config }).options).toMatchObject({
      stacks: ['web'],
    });
  });

  test('with a byte order mark, with CRLF, and switched off', () => {
    expect(jobOf(deploy, { 'samconfig.toml': `\ufeff${config.replaceAll('\n', '\r\n')}` }).options).toMatchObject({
      stacks: ['web'],
      prefixes: ['web'],
    });
    const off = '[default.deploy.parameters]\nstack_name = "a"\nresolve_s3 = false\nno_execute_changeset = false\n';
    expect(jobOf(deploy, { 'samconfig.toml': off }).options).toEqual({ stacks: ['a'] });
  });

  test.each([
    ['no TOML', '[default\nstack_name = '],
    ['another form', '[default.deploy]\nparameters = "web"\n'],
    ['a list of tables', '[[default.deploy.parameters]]\nstack_name = "web"\n'],
    ['a key twice', '[default.deploy.parameters]\nstack_name = "a"\nstack_name = "b"\n'],
    ['a text that is very long', `${config}# ${'x'.repeat(600_000)}`],
    ['a list that is nested very deep', `x = ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['keys of prototypes', '[__proto__.deploy.parameters]\nstack_name = "web"\n[constructor.prototype]\ndefault = 1\n'],
    ['a value that is to be filled in', '[default.deploy.parameters]\nstack_name = "${STACK}"\n'],
    ['nothing', ''],
  ])('of %s leaves the question open', (_, text) => {
    const { options, open } = jobOf(deploy, { 'samconfig.toml': text });
    expect(options).not.toHaveProperty('stacks');
    expect(open).toContain('stacks');
    expect(({} as Record<string, unknown>)['deploy']).toBeUndefined();
  });
});

const service = `service: shop
frameworkVersion: '3'
plugins:
  - serverless-esbuild
provider:
  name: aws
  stage: live
  region: eu-west-1
  deploymentBucket:
    name: my-packages
  iam:
    deploymentRole: arn:aws:iam::123456789012:role/cfn
`;

describe('serverless.yml', () => {
  const deploy = '- run: npx serverless deploy';

  test('says the service, its stage and its bucket, and what it is built with', () => {
    expect(jobOf(deploy, { 'serverless.yml': service })).toMatchObject({
      useCase: 'serverless-framework-deploy',
      options: {
        service: 'shop',
        stages: ['live'],
        region: 'eu-west-1',
        bucket: 'my-packages',
        serviceRole: 'arn:aws:iam::123456789012:role/cfn',
        access: 'deploy',
      },
      seen: { plugins: 'serverless-esbuild', version: '3' },
    });
  });

  test('counts for less than the flags of the command', () => {
    const { options } = jobOf('- run: sls deploy --stage test --region us-east-1', { 'serverless.yml': service });
    expect(options).toMatchObject({ stages: ['test'], region: 'us-east-1' });
  });

  test('names a stack, a bucket and a prefix, and the stage that it has where none is named', () => {
    const text = `service:\n  name: shop\nprovider:\n  name: aws\n  stackName: my-shop\n  deploymentBucket: my-packages\n  deploymentPrefix: sls\n  stackPolicy: []\n`;
    expect(jobOf(deploy, { 'serverless.yaml': text }).options).toEqual({
      service: 'shop',
      stages: ['dev'],
      stackName: 'my-shop',
      bucket: 'my-packages',
      deploymentPrefix: 'sls',
      stackPolicy: true,
      access: 'deploy',
    });
  });

  test.each([
    ["'3'", '', undefined],
    ["'4'", '', 'direct'],
    ['^4.2.0', '', 'direct'],
    ['~4.2.0', 'deploymentMethod: changesets', undefined],
    ["'3'", 'deploymentMethod: direct', 'direct'],
    ["'>=3 <5'", '', undefined],
    ["'40'", '', undefined],
  ])('of version %s with %s changes its stack by %s', (version, line, method) => {
    const text = `service: shop\nframeworkVersion: ${version}\nprovider:\n  name: aws\n  ${line}\n`;
    expect(jobOf(deploy, { 'serverless.yml': text }).options['method']).toBe(method);
  });

  test.each([
    ['a folder', '{ web: ./web }', true],
    ['a folder besides other settings', '{ base: { uri: x }, web: { path: ./web, platform: linux/arm64 } }', true],
    ['an address', '{ web: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1 }', undefined],
    ['an address besides others', '{ web: { uri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1 } }', undefined],
    ['a variable', '{ web: "${file(images.yml):web}" }', undefined],
    ['nothing', '{}', undefined],
  ])('says whether images are built: those with %s', (_, images, builds) => {
    const text = `service: shop\nprovider:\n  name: aws\n  ecr:\n    images: ${images}\n`;
    expect(jobOf(deploy, { 'serverless.yml': text }).options['buildImages']).toBe(builds);
  });

  test('gives nothing that is about changes to what reads', () => {
    const { options } = jobOf('- run: serverless deploy\n- run: serverless info', { 'serverless.yml': service });
    expect(options).toMatchObject({ access: 'deploy', serviceRole: expect.any(String) as unknown });
  });

  test('is read for the action, and where the command says', () => {
    const action = '- uses: serverless/github-action@v3.2\n  with: { args: deploy }';
    expect(jobOf(action, { 'serverless.yml': service }).options).toMatchObject({ service: 'shop', stages: ['live'] });
    expect(jobOf('- run: sls deploy -c live.yml', { 'live.yml': service }).options).toMatchObject({ service: 'shop' });
    expect(jobOf('- run: cd api && sls deploy', { 'serverless.yml': service }).options).not.toHaveProperty('service');
  });

  test.each([
    ['variables', 'service: ${self:custom.name}\nprovider:\n  stage: ${opt:stage, "dev"}\n  region: ${env:REGION}\n'],
    ['a provider that is read from elsewhere', 'service: ${file(name.yml)}\nprovider: ${file(provider.yml)}\n'],
    ['no YAML', 'service: [shop\nprovider: {'],
    ['a list', '- service\n- shop\n'],
    ['keys of prototypes', '__proto__:\n  service: shop\nconstructor: { service: shop }\n'],
    ['an anchor that holds itself', 'service: &a [*a]\nprovider: &b { stage: *b }\n'],
    ['a text that is very long', `service: shop # ${'x'.repeat(2_000_001)}`],
    ['nothing', ''],
  ])('of %s leaves the questions open', (_, text) => {
    const { options, open } = jobOf(deploy, { 'serverless.yml': text });
    expect(options).toEqual({ access: 'deploy' });
    expect(open).toEqual(expect.arrayContaining(['service', 'stages']));
  });

  test('with the short forms of CloudFormation in its resources', () => {
    const text = `${service}resources:\n  Outputs:\n    A: { Value: !Sub "\${AWS::Region}" }\n    B: { Value: !GetAtt A.Arn }\n`;
    expect(jobOf(deploy, { 'serverless.yml': text }).options).toMatchObject({ service: 'shop', stages: ['live'] });
  });

  test('with a byte order mark and CRLF', () => {
    const text = `\ufeff${service.replaceAll('\n', '\r\n')}`;
    expect(jobOf(deploy, { 'serverless.yml': text }).options).toMatchObject({ service: 'shop', stages: ['live'] });
  });
});
