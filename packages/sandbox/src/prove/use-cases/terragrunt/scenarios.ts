import { build, terraformRemoteStateS3, type OptionsOf } from '@postern/core';
import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { openCell } from '../../cell.js';
import { errorOf, StepFailure, type Stage } from '../../stage.js';
import { configuration } from '../terraform-remote-state-s3/configuration.js';
import { scenarios as terraform } from '../terraform-remote-state-s3/scenarios.js';
import { makeBackend, makeState, usesTable } from '../terraform-remote-state-s3/state.js';
import { checkSteps, createSteps, makeBootstrapped } from './bootstrap.js';

type TerraformOptions = OptionsOf<typeof terraformRemoteStateS3>;

/** The options of the terraform that Terragrunt starts. */
function terraformOptions(options: CellOptions, keys = options.names('keys'), lock?: 'none'): TerraformOptions {
  const own = (['none', 'lockfile', 'dynamodb', 'both'] as const).find((word) => options.is('lock', word))!;
  const kmsKey = options.name('kmsKey');
  return {
    bucket: options.name('bucket')!,
    keys,
    lock: lock ?? own,
    ...(lock === undefined && usesTable(options) ? { lockTable: options.name('lockTable')! } : {}),
    ...(kmsKey === undefined ? {} : { kmsKey }),
    account: options.account,
    region: options.region,
  };
}

const childOf = (options: CellOptions, keys?: string[]) =>
  openCell(terraformRemoteStateS3, 'child', terraformOptions(options, keys)).options;

/** Terragrunt's policy is for the lock; the state itself is the other use case's. */
const stateWithoutLock = (options: CellOptions) => [
  build(terraformRemoteStateS3, terraformOptions(options, options.names('keys'), 'none')),
];

const applies = terraform.find(({ name }) => name === 'apply')!;
const off = (options: CellOptions) => options.is('bootstrap', 'off');
const flags = ['-input=false', '-no-color'];

/** `terraform init` and `output` in the folder of a dependency, as a `dependency` block runs them. */
function readDependency(options: CellOptions): Step[] {
  return options.names('dependencyKeys').map((key) => ({
    name: 'read the outputs of a dependency',
    tool: 'terraform',
    run: async (stage) => {
      stage.write('dependency/main.tf', configuration(childOf(options, [key]), key));
      await stage.succeed('terraform', ['init', ...flags], { in: 'dependency' });
      const stdout = await stage.succeed('terraform', ['output', '-json'], { in: 'dependency' });
      if (!stdout.includes('"one"')) throw new StepFailure('the output of the dependency is missing');
    },
  }));
}

function replay(name: string, source: string, run: (stage: Stage) => Promise<unknown>): Step {
  return { name, tool: 'replay', source, run: async (stage) => void (await run(stage)) };
}

const config = 'gruntwork-io/terragrunt at 286a33cb: internal/awshelper/config.go';

/** A stale digest must stop terraform: without the right to read it, nothing does. */
function stale(key: (options: CellOptions) => string) {
  return {
    prepare: async (world: Parameters<Scenario['prepare']>[0], options: CellOptions) => {
      const child = childOf(options);
      await makeBackend(world, child);
      await makeState(world, child, key(options), '0'.repeat(32));
    },
    steps: (options: CellOptions): Step[] => [
      {
        name: 'output of a stale state',
        tool: 'terraform',
        run: async (stage) => {
          stage.write('stale/main.tf', configuration(childOf(options, [key(options)]), key(options)));
          const outcome = await stage.run('terraform', ['init', ...flags], { in: 'stale' });
          if (outcome.code === 0) throw new StepFailure('terraform read a stale state without a word');
          if (!/does not match|does not have the expected content|checksum/i.test(outcome.stderr + outcome.stdout))
            throw new StepFailure(errorOf(outcome));
        },
      },
    ],
  };
}

const hasDependencies = (options: CellOptions) => options.names('dependencyKeys').length > 0;

export const scenarios: readonly Scenario[] = [
  {
    name: 'lock',
    title: 'terraform as the child takes and releases the lock',
    applies: (options) => !options.is('lock', 'none'),
    besides: stateWithoutLock,
    prepare: (world, options) => makeBackend(world, childOf(options)),
    steps: (options) => applies.steps(childOf(options)),
  },
  {
    name: 'dependency',
    title: 'the outputs of a dependency are read, and nothing else of it',
    applies: hasDependencies,
    prepare: async (world, options) => {
      const child = childOf(options);
      await makeBackend(world, child);
      for (const key of options.names('dependencyKeys')) await makeState(world, child, key);
    },
    steps: readDependency,
  },
  {
    name: 'stale',
    slow: true,
    title: 'a digest that does not match is noticed',
    applies: (options) => usesTable(options) && !hasDependencies(options),
    besides: stateWithoutLock,
    ...stale((options) => options.names('keys')[0]!),
  },
  {
    name: 'stale dependency',
    slow: true,
    title: 'a digest of a dependency that does not match is noticed',
    applies: (options) => usesTable(options) && hasDependencies(options),
    ...stale((options) => options.names('dependencyKeys')[0]!),
  },
  {
    name: 'check',
    title: 'the backend is looked at',
    applies: (options) => options.is('bootstrap', 'check'),
    prepare: makeBootstrapped,
    steps: checkSteps,
  },
  {
    name: 'create',
    title: 'the backend is made from nothing, and looked at again',
    applies: (options) => options.is('bootstrap', 'create'),
    prepare: () => undefined,
    steps: (options) => [...createSteps(options), ...checkSteps(options)],
  },
  {
    name: 'identity',
    title: 'who runs, the alias of the account, and a role that is assumed',
    applies: (options) =>
      options.is('identity', 'iam-user') || options.is('accountAlias', true) || options.names('assumeRoles').length > 0,
    prepare: () => undefined,
    steps: (options) => [
      ...(options.is('identity', 'iam-user')
        ? [
            replay('ask for the own user', 'gruntwork-io/terragrunt pull request 12', (stage) =>
              stage.call('IAM', 'GetUser', {}),
            ),
          ]
        : [replay('ask who runs', config, (stage) => stage.call('STS', 'GetCallerIdentity', {}))]),
      ...(options.is('accountAlias', true)
        ? [replay('ask for the alias', config, (stage) => stage.call('IAM', 'ListAccountAliases', {}))]
        : []),
      ...options.names('assumeRoles').map((role) =>
        replay('assume the role', config, (stage) =>
          stage.call('STS', 'AssumeRole', {
            RoleArn: `arn:${options.partition}:iam::${options.account}:role/${role}`,
            RoleSessionName: 'terragrunt',
          }),
        ),
      ),
    ],
  },
  {
    name: 'terragrunt',
    title: 'the real binary: init, plan, apply and output of a unit',
    applies: (options) =>
      off(options) &&
      options.is('lock', 'lockfile', 'dynamodb') &&
      options.name('kmsKey') === undefined &&
      !hasDependencies(options),
    besides: stateWithoutLock,
    prepare: (world, options) => makeBackend(world, childOf(options)),
    steps: (options) =>
      [['init'], ['plan'], ['apply', '-auto-approve'], ['output']].map((args) => ({
        name: `terragrunt ${args[0]}`,
        tool: 'terragrunt',
        run: async (stage) => {
          const [key] = options.names('keys') as [string];
          stage.write('unit/main.tf', configuration(childOf(options), key));
          stage.write('unit/terragrunt.hcl', '');
          const env = { TG_NON_INTERACTIVE: 'true', TERRAGRUNT_NON_INTERACTIVE: 'true' };
          await stage.succeed('terragrunt', [...args, '-no-color'], { in: 'unit', env });
        },
      })),
  },
];
