import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  build,
  ecrDockerPush,
  ecsServiceDeployment,
  terraformRemoteStateS3,
  tryBuild,
  useCases,
  type UseCase,
} from '@postern/core';
import { snakeCase } from '@postern/terraform';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleCells, withoutPlace } from '../src/cells.js';
import { mirror, mirrorConfiguration, plan } from '../src/terraform-plan.js';
import { applyConfiguration, moduleArguments, terraformVersion } from '../src/terraform.js';

const packageFolder = fileURLToPath(new URL('../../../packages/terraform/', import.meta.url));
const environment = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' };
const examples = await exampleCells();
const place = 'account = "123456789012"\n  region = "eu-west-1"';

const escapeText = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** What terraform says to a document call: its error, or nothing. */
function planError(useCase: string, inputs: string): string {
  return planErrors(
    `module "x" {\n  source = "${packageFolder}/documents/${useCase}"\n  ${inputs}\n}\noutput "json" {\n  value = module.x.json\n}\n`,
  );
}

function planErrors(configuration: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-refusal-'));
  try {
    writeFileSync(join(folder, 'main.tf'), configuration);
    spawnSync('terraform', ['init', '-input=false'], { cwd: folder, env: environment, stdio: 'pipe' });
    const { stderr } = spawnSync('terraform', ['plan', '-input=false', '-no-color'], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
    return stderr.replace(/[│╷╵]/g, '').replace(/\s+/g, ' ');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(terraformVersion() === undefined)('the documents refuse what core refuses', () => {
  test.each([
    [
      'a wildcard',
      'ecr-docker-push',
      `repositories = ["my-*"]\n  ${place}`,
      'repositories holds a wildcard, and scope is exact',
    ],
    ['capitals', 'ecr-docker-push', `repositories = ["My"]\n  ${place}`, 'repositories is no ECR repository'],
    ['a duplicate', 'ecr-docker-push', `repositories = ["a1", "a1"]\n  ${place}`, 'repositories names one twice'],
    ['an empty list', 'ecr-docker-push', `repositories = []\n  ${place}`, 'repositories is empty'],
    ['no list', 'ecr-docker-push', place, 'The argument "repositories" is required'],
    ['null for a list', 'ecr-docker-push', `repositories = null\n  ${place}`, 'repositories is missing'],
    [
      'no bucket and no keys',
      'terraform-remote-state-s3',
      place,
      /(?=.*The argument "bucket" is required).*The argument "keys" is required/,
    ],
    [
      'a list under scope account',
      'ecr-docker-push',
      `repositories = ["a1"]\n  scope = "account"\n  ${place}`,
      'exclude each other',
    ],
    ['no place', 'ecr-docker-push', 'repositories = ["a1"]', 'account is missing'],
    [
      'a mistyped region',
      'ecr-docker-push',
      'repositories = ["a1"]\n  account = "123456789012"\n  region = "us-esat-1"',
      'region is not known',
    ],
    [
      'an account of 11 digits',
      'ecr-docker-push',
      'repositories = ["a1"]\n  account = "12345678901"\n  region = "eu-west-1"',
      'account is no AWS account id',
    ],
    [
      'an ARN of another account',
      'ecr-docker-push',
      `repositories = ["arn:aws:ecr:eu-west-1:999999999999:repository/a1"]\n  ${place}`,
      'do not agree on the account',
    ],
    [
      'an unknown word',
      'ecr-docker-push',
      `repositories = ["a1"]\n  push_client = "x"\n  ${place}`,
      'push_client is one of any, classic',
    ],
    [
      'a policy variable',
      'terraform-remote-state-s3',
      'bucket = "acme"\n  keys = ["a/$${aws:username}"]\n  region = "eu-west-1"',
      'keys is no state key',
    ],
    [
      'a lock table missing',
      'terraform-remote-state-s3',
      `bucket = "acme"\n  keys = ["a"]\n  lock = "dynamodb"\n  ${place}`,
      'lock_table: missing',
    ],
    [
      'an alias',
      'terraform-remote-state-s3',
      `bucket = "acme"\n  keys = ["a"]\n  kms_key = "alias/x"\n  ${place}`,
      'kms_key is no KMS key',
    ],
    [
      'nothing to allow',
      'terragrunt',
      `bucket = "acme"\n  keys = ["a"]\n  lock = "none"\n  ${place}`,
      'needs no permission',
    ],
    [
      'a service of another cluster',
      'ecs-service-deployment',
      `cluster = "c"\n  services = ["arn:aws:ecs:eu-west-1:123456789012:service/d/web"]\n  task_definition_families = ["web"]\n  ${place}`,
      'belongs elsewhere',
    ],
    [
      'two services for CodeDeploy',
      'ecs-service-deployment',
      `cluster = "c"\n  services = ["a", "b"]\n  task_definition_families = ["web"]\n  code_deploy_application = "x"\n  code_deploy_deployment_group = "y"\n  ${place}`,
      'services: CodeDeploy deploys one service',
    ],
  ])('%s', (_, useCase, inputs, expected) => {
    expect(planError(useCase, inputs)).toMatch(
      typeof expected === 'string' ? new RegExp(escapeText(expected)) : expected,
    );
  });

  test('names that are something else, each with the reason of core', () => {
    const wrong: readonly (readonly [UseCase, Record<string, string | readonly string[]>, string])[] = [
      ...[
        '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app',
        'https://111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/app:v1',
        'arn:aws:ecr:eu-west-1:123456789012:repository/111122223333.dkr.ecr.eu-west-1.amazonaws.com/app',
        '111122223333.dkr-ecr.eu-west-1.on.aws',
        'public.ecr.aws/acme/app',
        'my-app:latest',
        'arn:aws:ecr:eu-west-1:123456789012:repository/my-app@sha256:00',
      ].map((text) => [ecrDockerPush, { repositories: [text] }, 'repositories'] as const),
      ...[
        'state--euw1-az1--x-s3',
        'arn:aws:s3:::state--euw1-az1--x-s3',
        'x-s3alias',
        'x--ol-s3',
        'x.mrap',
        'x--table-s3',
        'xn--acme',
        'sthree-acme',
        'amzn-s3-demo-bucket',
        's3:///a',
        'acme.s3.eu-west-1.amazonaws.com',
        'https://s3.eu-west-1.amazonaws.com/acme',
        'acme.s3-website-eu-west-1.amazonaws.com',
        'arn:aws:s3:eu-west-1:123456789012:accesspoint/mine',
        'arn:aws:s3:::acme/a',
        '192.168.5.4',
      ].map((text) => [terraformRemoteStateS3, { bucket: text, keys: ['k'] }, 'bucket'] as const),
      [terraformRemoteStateS3, { bucket: 'acme', keys: ['k'], kmsKey: 'alias/x' }, 'kms_key'],
      ...['web:12', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:12'].map(
        (text) =>
          [
            ecsServiceDeployment,
            { cluster: 'c', services: ['web'], taskDefinitionFamilies: [text] },
            'task_definition_families',
          ] as const,
      ),
      [ecsServiceDeployment, { cluster: 'c', services: ['c/web'], taskDefinitionFamilies: ['web'] }, 'services'],
    ];
    const calls = wrong.map(([useCase, options], index) => {
      const given = Object.entries(options).map(([name, value]) => `  ${snakeCase(name)} = ${JSON.stringify(value)}\n`);
      return `module "x${index}" {\n  source = "${packageFolder}/documents/${useCase.id}"\n  ${place}\n${given.join('')}}\n`;
    });
    const said = planErrors(calls.join(''));
    for (const [index, [useCase, options, variable]] of wrong.entries()) {
      const [problem] = tryBuild(useCase, { ...options, account: '123456789012', region: 'eu-west-1' }).problems;
      const reason = /^`[^`]*` ([^:]*)/.exec(problem!.message)![1]!;
      const snake = reason.replace(/`(\w+)`/g, (_, name: string) => `\`${snakeCase(name)}\``);
      const own = said.split('Error: ').filter((error) => error.includes(`in module "x${index}"`));
      expect(own.join(' '), JSON.stringify(options)).toContain(`${variable} ${snake}`);
    }
  });

  test.each([
    ['bucket = "s3://acme/a"\n  keys = ["k"]', 'bucket is a URL that names keys too'],
    ['bucket = "acme"\n  keys = ["s3://other/a"]', 'keys holds a URL in another bucket than bucket says'],
  ])('URLs that say two things: %s', (given, says) => {
    expect(planError('terraform-remote-state-s3', `${given}\n  ${place}`)).toContain(says);
  });

  test('and nothing else', () => {
    expect(planError('ecr-docker-push', `repositories = ["a1"]\n  ${place}`)).toBe('');
  });

  test('the example of the README gives the policy of core', () => {
    const example = /```hcl\n(.*?)```/s.exec(readFileSync(join(packageFolder, 'README.md'), 'utf8'))![1]!;
    const outputs = applyConfiguration({
      'main.tf': example.replace('./packages/terraform//', `${packageFolder}/`),
    });
    const options = {
      repositories: ['my-app', 'team/worker'],
      pushClient: 'classic',
      account: '123456789012',
      region: 'eu-west-1',
    } as const;
    expect(JSON.parse(outputs['policy']!)).toEqual(build(ecrDockerPush, options));
  });

  test('every file is as `terraform fmt` writes it', () => {
    const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-recursive', packageFolder], {
      encoding: 'utf8',
      env: environment,
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

if (mirror === undefined) console.log('SKIPPED: no mirror of the AWS provider, so the modules were not planned');

describe.skipIf(mirror === undefined || terraformVersion() === undefined)('the modules, with the AWS provider', () => {
  const call = (name: string, id: string, hcl: string) =>
    `module "${name}" {\n  source = "${packageFolder}/modules/${id}"\n  ${hcl}\n}\n`;
  const later = 'repositories = [terraform_data.later.output.arn]\n  account = terraform_data.later.output.account';
  const configuration = [
    ...examples.map(({ useCase: { id }, options }) => call(id, id, moduleArguments(withoutPlace(options)))),
    'resource "terraform_data" "later" {\n  input = { arn = "x", account = "y" }\n}\n',
    call('later', 'ecr-docker-push', later),
    call('none', 'ecr-docker-push', 'repositories = ["a1"]\n  create = false'),
  ];
  let policies: ReadonlyMap<string, { readonly name: string; readonly policy?: string }>;

  beforeAll(async () => {
    const { resource_changes: changes } = await plan(configuration.join(''));
    const made = changes.filter(({ type }) => type === 'aws_iam_policy');
    policies = new Map(made.map(({ address, change }) => [address.split('.')[1]!, change.after]));
  }, 300_000);

  test.each(examples)('$useCase.id plans the policy of core, in the place of the provider', ({ useCase, options }) => {
    const planned = policies.get(useCase.id);
    expect(planned?.name).toBe(useCase.id);
    const expected = build(useCase, { ...options, account: '123456789012', region: 'eu-west-1' });
    expect(JSON.parse(planned!.policy!)).toEqual(expected);
  });

  test('values that are known only after apply can be planned', () => {
    expect(policies.get('later')?.name).toBe('ecr-docker-push');
    expect(policies.get('later')?.policy).toBeUndefined();
  });

  test('create = false makes nothing', () => {
    expect([...policies.keys()].sort()).toEqual(['later', ...useCases.map(({ id }) => id)].sort());
  });
});

test.skipIf(mirror === undefined || terraformVersion() === undefined)('the example program is valid', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-example-'));
  try {
    for (const name of ['documents', 'modules', 'examples'])
      cpSync(join(packageFolder, name), join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'rc'), mirrorConfiguration);
    const env = { ...environment, TF_CLI_CONFIG_FILE: join(folder, 'rc') };
    const cwd = join(folder, 'examples');
    execFileSync('terraform', ['init', '-input=false'], { cwd, env, stdio: 'pipe' });
    const { stdout } = spawnSync('terraform', ['validate', '-json'], { cwd, env, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe.skipIf(terraformVersion() === undefined)('a document is called from a folder of', () => {
  const [example] = examples;
  const { id } = example!.useCase;
  const options = { ...example!.options, region: 'cn-north-1' };

  test.each([
    ['the package', (folder: string) => `${folder}//documents/${id}`],
    ['a repository', (folder: string) => `git::file://${folder}//documents/${id}`],
  ])('%s, with the one table of partitions beside it', (_, source) => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-source-'));
    const run = (program: string, ...args: string[]) =>
      execFileSync(program, args, {
        cwd: folder,
        env: environment,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    try {
      const copy = join(folder, 'package');
      cpSync(join(packageFolder, 'documents'), join(copy, 'documents'), { recursive: true });
      run('git', '-C', copy, 'init', '--quiet');
      run('git', '-C', copy, 'add', '--all');
      run('git', '-C', copy, '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '-m', 'x');
      const call = `module "x" {\n  source = "${source(copy)}"\n  ${moduleArguments(options)}\n}\n`;
      writeFileSync(join(folder, 'main.tf'), `${call}output "json" {\n  value = module.x.json\n}\n`);
      run('terraform', 'init', '-input=false');
      run('terraform', 'apply', '-input=false', '-auto-approve');
      const { json } = JSON.parse(run('terraform', 'output', '-json')) as { readonly json: { readonly value: string } };
      expect(JSON.parse(json.value)).toEqual(build(example!.useCase, options));
      expect(json.value).toContain('arn:aws-cn:');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
