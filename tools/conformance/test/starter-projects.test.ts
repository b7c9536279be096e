import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, ecrDockerPush, print } from '@postern/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installNodes, type NodeVersion } from '../src/node-versions.js';
import { pack, root } from '../src/pack.js';
import { runPulumiProgram } from '../src/pulumi-host.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-starter-'));
const place = { account: '123456789012', region: 'eu-west-1' };
const { devDependencies: versions } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const environment = {
  ...process.env,
  CDK_DISABLE_CLI_TELEMETRY: '1',
  CDK_VALIDATION: 'false',
  FORCE_COLOR: '0',
  NODE_ENV: 'test',
};
let [core, cdk, pulumi]: string[] = [];
let nodes: readonly NodeVersion[] = [];

beforeAll(() => {
  [core, cdk, pulumi] = [...pack(['packages/core', 'packages/cdk', 'packages/pulumi'], folder).values()];
  nodes = installNodes(folder);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000);

function write(path: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
}

function install(path: string, ...packages: (string | undefined)[]): void {
  const given = packages.filter((one) => one !== undefined);
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', ...given];
  execFileSync('npm', args, { cwd: path, env: environment, stdio: 'pipe' });
}

/** Runs a program and gives its output where it fails: nothing to see is what is expected. */
function failure(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env: environment, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

test('the supported versions of Node are there, where they are required', () => {
  const found = nodes.map(({ version }) => version.split('.')[0]);
  if (found.length < 3) console.log(`SKIPPED: only Node ${found.join(', ')} could be installed`);
  if ((process.env['POSTERN_REQUIRE'] ?? '').split(',').includes('node')) expect(found).toEqual(['20', '22', '24']);
  expect(found).toContain(process.versions.node.split('.')[0]);
});

const appStack = `import * as cdk from 'aws-cdk-lib/core';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EcrDockerPushPolicy, TerraformRemoteStateS3Policy, type EcrDockerPushPolicyProps } from '@postern/cdk';

export class AppStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const repository: ecr.IRepository = new ecr.Repository(this, 'App');
    const options: EcrDockerPushPolicyProps = { repositories: [repository, 'team/worker'], pull: true };
    const push = new EcrDockerPushPolicy(this, 'Push', options);
    const key = new kms.Key(this, 'Key');
    const bucket = new s3.Bucket(this, 'State', { encryptionKey: key });
    const state = new TerraformRemoteStateS3Policy(this, 'Plan', {
      bucket,
      keys: ['app/terraform.tfstate'],
      access: 'plan',
      kmsKey: new kms.Alias(this, 'Alias', { aliasName: 'alias/state', targetKey: key }),
    });
    const role = new iam.Role(this, 'Ci', { assumedBy: new iam.AccountRootPrincipal() });
    role.addManagedPolicy(push.managedPolicy);
    role.addManagedPolicy(state.managedPolicy);
    repository.grantPull(push.managedPolicy);
  }
}
`;

const appTest = `import * as cdk from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { build, ecrDockerPush, OptionsError } from '@postern/core';
import { EcrDockerPushPolicy } from '@postern/cdk';
import { AppStack } from '../lib/app-stack';

const env = { account: '123456789012', region: 'eu-west-1' };

test('the policies are in the template', () => {
  const template = Template.fromStack(new AppStack(new cdk.App(), 'S', { env }));
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 2);
});

test('the document is that of core', () => {
  const stack = new cdk.Stack(new cdk.App(), 'T', { env });
  const { document } = new EcrDockerPushPolicy(stack, 'P', { repositories: ['app'] });
  expect(document).toEqual(build(ecrDockerPush, { repositories: ['app'], ...env }));
});

test('problems are errors of core', () => {
  const stack = new cdk.Stack(new cdk.App(), 'T', { env });
  expect(() => new EcrDockerPushPolicy(stack, 'P', { repositories: ['A'] })).toThrow(OptionsError);
});
`;

// The template of today runs tests with swc; before December 2025 it did with ts-jest, and many projects still do.
describe.each([versions['aws-cdk'] ?? '2.1148.1', '2.1034.0'])(
  'cdk init app --language typescript, of aws-cdk %s',
  (version) => {
    const path = join(folder, `cdk-${version}`, 'app');

    beforeAll(() => {
      mkdirSync(path, { recursive: true });
      const init = ['--yes', `aws-cdk@${version}`, 'init', 'app', '--language', 'typescript', '--generate-only'];
      execFileSync('npx', init, { cwd: path, env: environment, stdio: 'pipe' });
      install(path, core, cdk);
      write(path, { 'lib/app-stack.ts': appStack, 'test/app.test.ts': appTest });
    }, 300_000);

    test('type-checks with its own compiler and settings', () => {
      expect(failure('npx', ['tsc', '--noEmit'], path)).toBe('');
    });

    test('passes its jest tests on every version of Node', () => {
      for (const { version: node, program } of nodes) {
        expect(failure(program, ['node_modules/jest/bin/jest.js'], path), `Node ${node}`).toBe('');
      }
    }, 300_000);

    test('is synthesized by cdk synth', () => {
      expect(failure('npx', ['cdk', 'synth', '--quiet', '--no-notices'], path)).toBe('');
      const template = readFileSync(join(path, 'cdk.out/AppStack.template.json'), 'utf8');
      expect(template.match(/AWS::IAM::ManagedPolicy"/g)).toHaveLength(2);
    }, 300_000);
  },
);

/** pulumi/templates, aws-typescript, as of August 2026: all but awsx, which nothing here uses. */
const pulumiTemplate = {
  'Pulumi.yaml': 'name: project\nruntime: nodejs\n',
  'package.json': JSON.stringify({
    name: 'project',
    main: 'index.ts',
    devDependencies: { '@types/node': '^18', typescript: '^5.0.0' },
    dependencies: { '@pulumi/aws': versions['@pulumi/aws'], '@pulumi/pulumi': versions['@pulumi/pulumi'] },
  }),
  'index.ts': `import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
import { EcrDockerPushPolicy, EcrDockerPushPolicyArgs } from "@postern/pulumi";

const repository = new aws.ecr.Repository("app", { name: "my-app" });
const role = new aws.iam.Role("ci", { name: "ci", assumeRolePolicy: "{}" });
const args: EcrDockerPushPolicyArgs = { repositories: [repository, pulumi.output("team/worker")], roles: [role] };
const push = new EcrDockerPushPolicy("push", args);

export const policyArn = push.arn;
`,
};
const pulumiOptions = {
  strict: true,
  outDir: 'bin',
  target: 'es2020',
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};

describe('the aws-typescript template of Pulumi', () => {
  const path = join(folder, 'pulumi');

  beforeAll(() => {
    write(path, pulumiTemplate);
    install(path, core, pulumi);
  }, 300_000);

  // The template has nodenext today, and had commonjs until 2026.
  describe.each([
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'commonjs', moduleResolution: 'node' },
  ])('with %j', (modules) => {
    beforeAll(() =>
      write(path, {
        'tsconfig.json': JSON.stringify({ compilerOptions: { ...pulumiOptions, ...modules }, files: ['index.ts'] }),
      }),
    );

    test('type-checks with its own compiler and settings', () => {
      expect(failure('npx', ['tsc', '--noEmit'], path)).toBe('');
    }, 300_000);

    test('runs with the real language host on every version of Node', async () => {
      const expected = print(build(ecrDockerPush, { repositories: ['my-app', 'team/worker'], ...place }), 0);
      for (const { version, program } of nodes) {
        const { code, output, resources } = await runPulumiProgram(path, program);
        expect({ code, output }, `Node ${version}`).toEqual({ code: 0, output: '' });
        const policy = resources.find(({ type }) => type === 'aws:iam/policy:Policy');
        expect(policy?.inputs['policy']).toBe(expected);
        const attachment = resources.find(({ type }) => type.endsWith(':RolePolicyAttachment'));
        expect(attachment).toMatchObject({ name: 'push-role-ci', inputs: { role: 'ci' } });
      }
    }, 300_000);
  });
});

describe('every way to resolve and to load modules', () => {
  const path = join(folder, 'pulumi');
  const source = `import { EcrDockerPushPolicy as Construct } from '@postern/cdk';
import { EcrDockerPushPolicy as Component, type EcrDockerPushPolicyArgs } from '@postern/pulumi';
import { build, ecrDockerPush, type PolicyDocument } from '@postern/core';
import { proofs } from '@postern/core/proofs';
import { catalog, loadUseCase } from '@postern/core/catalog';
import { ecrDockerPush as alone } from '@postern/core/catalog/ecr-docker-push';
const args: EcrDockerPushPolicyArgs = { repositories: ['app'] };
// @ts-expect-error the types are there, so that this is seen
const wrong: EcrDockerPushPolicyArgs = { repositories: [1] };
const document: PolicyDocument = build(ecrDockerPush, { repositories: ['app'], account: '123456789012', region: 'eu-west-1' });
// @ts-expect-error an entry that is imported or loaded alone has the types of its own options
const alike = [build(alone, { repositories: [1] })];
// @ts-expect-error the same
const loaded = loadUseCase('ecr-docker-push').then((useCase) => build(useCase, { repositories: [1] }));
export const all = [Construct, Component, args, wrong, document, proofs, catalog, alike, loaded];
`;

  beforeAll(
    () =>
      install(
        path,
        core,
        cdk,
        pulumi,
        `aws-cdk-lib@${versions['aws-cdk-lib']}`,
        `constructs@${versions['constructs']}`,
      ),
    300_000,
  );

  test.each([
    ['node10', 'commonjs', 'node10', 'ts'],
    ['node16, CommonJS', 'node16', 'node16', 'cts'],
    ['node16, ES modules', 'node16', 'node16', 'mts'],
    ['nodenext, CommonJS', 'nodenext', 'nodenext', 'cts'],
    ['nodenext, ES modules', 'nodenext', 'nodenext', 'mts'],
    ['bundler', 'esnext', 'bundler', 'ts'],
    ['bundler that keeps imports', 'preserve', 'bundler', 'ts'],
  ])(
    '%s',
    (_, module, moduleResolution, extension) => {
      const file = `all-${module}.${extension}`;
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: 'es2022',
        skipLibCheck: true,
        module,
        moduleResolution,
      };
      write(path, { [file]: source, 'tsconfig.all.json': JSON.stringify({ compilerOptions, files: [file] }) });
      expect(failure('npx', ['tsc', '-p', 'tsconfig.all.json'], path)).toBe('');
    },
    300_000,
  );

  test('required and imported on every version of Node, also both at once', () => {
    const names = [
      '@postern/core',
      '@postern/cdk',
      '@postern/pulumi',
      '@postern/core/proofs',
      '@postern/core/catalog',
      '@postern/core/catalog/ecr-docker-push',
    ];
    const program = `
const names = ${JSON.stringify(names)};
const required = names.map((name) => require(name));
Promise.all(names.map((name) => import(name))).then((imported) => {
  const keys = (all) => JSON.stringify(all.map((one) => Object.keys(one).filter((key) => !['default', 'module.exports'].includes(key)).sort()));
  if (keys(required) !== keys(imported)) throw new Error('the two give different names');
  const [core] = required;
  const [again] = imported;
  for (const [thrower, asked] of [[core, again], [again, core], [core, core]]) {
    try {
      thrower.build(asked.ecrDockerPush, { repositories: ['A'], account: '123456789012', region: 'eu-west-1' });
      throw new Error('nothing was thrown');
    } catch (error) {
      if (!(error instanceof asked.OptionsError)) throw error;
    }
  }
  if (new Error('x') instanceof core.OptionsError) throw new Error('every error is one');
  const { App, Stack } = require('aws-cdk-lib/core');
  const stack = new Stack(new App(), 'S');
  new required[1].UseCasePolicy(stack, 'P', again.ecrDockerPush, { repositories: ['app'] });
});
`;
    write(path, { 'all.cjs': program });
    for (const { version, program: node } of nodes) {
      expect(failure(node, ['all.cjs'], path), `Node ${version}`).toBe('');
    }
  }, 300_000);
});
