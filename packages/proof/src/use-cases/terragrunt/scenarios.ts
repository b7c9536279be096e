import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, terraformRemoteStateS3 } from '@postern/core';
import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { placeLock } from '../terraform-remote-state-s3/scenarios.js';
import { expectClean, makeBackend, makeState, usesTable } from '../terraform-remote-state-s3/state.js';
import { backendScenarios } from './backend.js';
import { bootstrapScenarios } from './bootstrap.js';
import {
  childOf,
  nameUnder,
  remoteState,
  runIn,
  succeedIn,
  terraformOptions,
  terragruntError,
  writeUnit,
  type Terragrunt,
} from './unit.js';

/** Terragrunt's policy is for the lock; the state itself is the other use case's. */
const stateWithoutLock = (options: CellOptions) => [
  build(terraformRemoteStateS3, terraformOptions(options, options.names('keys'), 'none')),
];

/** Whether the job deletes or moves states: it does nothing else then. */
const removesStates = (options: CellOptions) =>
  options.is('deleteStates', true) || options.names('migrateToKeys').length > 0;

/** The state without its key: what KMS is asked for then is the lock's alone. */
const stateWithoutKey = (options: CellOptions) => [
  build(terraformRemoteStateS3, { ...terraformOptions(options, options.names('keys'), 'none'), kmsKey: undefined }),
];

const keyOf = (options: CellOptions) => options.names('keys')[0]!;
const hasDependencies = (options: CellOptions) => options.names('dependencyKeys').length > 0;
const hasOneLock = (options: CellOptions) => options.is('lock', 'lockfile', 'dynamodb');
const flags = ['-input=false', '-no-color'];

function step(tool: Terragrunt, name: string, run: (stage: Stage) => Promise<void>): Step {
  return { name, tool, starts: ['terraform'], run };
}

/** A command of the unit that must succeed, and leave no lock behind. */
function command(tool: Terragrunt, options: CellOptions, name: string, args: readonly string[], expected = ''): Step {
  return step(tool, name, async (stage) => {
    const outcome = await runIn(stage, tool, 'unit', args);
    if (outcome.code !== 0) throw new StepFailure(terragruntError(outcome));
    await expectClean(stage, childOf(options), { ...outcome, stderr: '' });
    if (!outcome.stdout.includes(expected)) throw new StepFailure(`${name} does not say ${JSON.stringify(expected)}`);
  });
}

function initStep(tool: Terragrunt, options: CellOptions, folder: string): Step {
  return step(tool, 'terragrunt init', async (stage) => {
    writeUnit(stage, folder, remoteState(options, keyOf(options), { tool }));
    await succeedIn(stage, tool, folder, ['init', ...flags]);
  });
}

const foreignLock = '11111111-2222-3333-4444-777777777777';

/** Somebody else has the lock: the plan must stop, and say who. */
function planWhileLocked(tool: Terragrunt, options: CellOptions, folder: string): Step {
  return step(tool, 'terragrunt plan while locked', async (stage) => {
    await placeLock(stage, childOf(options), keyOf(options), foreignLock);
    const outcome = await runIn(stage, tool, folder, ['plan', '-lock-timeout=0s', ...flags]);
    if (outcome.code === 0) throw new StepFailure('a plan went on although the state is locked');
    if (!/somebody-else/.test(outcome.stderr + outcome.stdout)) throw new StepFailure(terragruntError(outcome));
  });
}

/** From nothing to a state and back; a lock of somebody else stops a plan, and is broken by force. */
function lockSteps(tool: Terragrunt, options: CellOptions): Step[] {
  return [
    initStep(tool, options, 'unit'),
    command(tool, options, 'terragrunt plan', ['plan', ...flags]),
    command(tool, options, 'terragrunt apply', ['apply', '-auto-approve', ...flags]),
    command(tool, options, 'terragrunt apply again', ['apply', '-auto-approve', ...flags], 'No changes'),
    command(tool, options, 'terragrunt output', ['output', '-raw', 'thing'], 'one'),
    ...(hasOneLock(options)
      ? [
          planWhileLocked(tool, options, 'unit'),
          command(tool, options, 'terragrunt force-unlock', ['force-unlock', '-force', foreignLock]),
        ]
      : []),
    command(tool, options, 'terragrunt destroy', ['destroy', '-auto-approve', ...flags]),
  ];
}

/** A lock that is found taken, before there is a state: nothing but the lock is encrypted or read. */
function lockAlone(tool: Terragrunt, options: CellOptions): Step[] {
  if (!options.is('lock', 'lockfile', 'both')) return [];
  return [initStep(tool, options, 'locked'), planWhileLocked(tool, options, 'locked')];
}

/** Evaluates the configuration of a unit, and with it what it asks of AWS and of other units; nothing is planned. */
async function render(stage: Stage, tool: Terragrunt, folder: string): Promise<string> {
  if (tool === 'terragrunt') return succeedIn(stage, tool, folder, ['render', '--format', 'json']);
  await succeedIn(stage, tool, folder, ['render-json', '--terragrunt-json-out', 'rendered.json']);
  return readFileSync(join(stage.folder, folder, 'rendered.json'), 'utf8');
}

/** A `dependency` block: Terragrunt reads the outputs of the other unit from its state. */
function readDependencies(tool: Terragrunt, options: CellOptions): Step[] {
  return options.names('dependencyKeys').map((key, index) =>
    step(tool, 'read the outputs of a dependency', async (stage) => {
      writeUnit(stage, `dependency-${index}`, remoteState(options, key, { tool }));
      writeUnit(
        stage,
        'unit',
        `dependency "other" {
  config_path = "../dependency-${index}"
}

inputs = {
  other = dependency.other.outputs.thing
}
`,
        'variable "other" {}\n\noutput "other" {\n  value = var.other\n}\n',
      );
      // The unit's own state is a local file, so that only the dependency's is asked for.
      const stdout = await succeedIn(stage, tool, 'unit', ['plan', ...flags]);
      if (!/other += "one"/.test(stdout)) throw new StepFailure('the output of the dependency is missing');
    }),
  );
}

/** A stale digest must stop terraform: without the right to read it, nothing does. */
function stale(key: (options: CellOptions) => string): Pick<Scenario, 'prepare' | 'steps'> {
  return {
    prepare: async (world, options) => {
      const child = childOf(options);
      await makeBackend(world, child);
      await makeState(world, child, key(options), '0'.repeat(32));
    },
    steps: (options) => [
      step('terragrunt', 'output of a stale state', async (stage) => {
        writeUnit(stage, 'stale', remoteState(options, key(options)));
        const outcome = await runIn(stage, 'terragrunt', 'stale', ['init', ...flags]);
        if (outcome.code === 0) throw new StepFailure('a stale state was read without a word');
        if (!/does not match|does not have the expected content|checksum/i.test(outcome.stderr + outcome.stdout))
          throw new StepFailure(terragruntError(outcome));
      }),
    ],
  };
}

/** What a configuration asks of AWS: who runs, and the alias of the account. */
const asks = (options: CellOptions) => `inputs = {
  account = get_aws_account_id()
  caller  = get_aws_caller_identity_arn()
${options.is('accountAlias', true) ? '  alias   = get_aws_account_alias()\n' : ''}}
`;

function identitySteps(tool: Terragrunt, options: CellOptions): Step[] {
  const roles = options.arns('assumeRoles', `arn:${options.partition}:iam::${options.account}:role/`);
  return [
    step(tool, 'ask who runs', async (stage) => {
      writeUnit(stage, 'unit', asks(options));
      const rendered = await render(stage, tool, 'unit');
      if (!rendered.includes(options.account)) throw new StepFailure('the configuration does not know the account');
    }),
    ...roles.map((role, index) =>
      step(tool, 'assume the role', async (stage) => {
        writeUnit(
          stage,
          `role-${index}`,
          `iam_role = ${JSON.stringify(role)}\n${remoteState(options, keyOf(options), { tool })}`,
        );
        await succeedIn(stage, tool, `role-${index}`, ['init', ...flags]);
        if (!stage.sandbox.log.entries.some(({ operation }) => operation === 'AssumeRole'))
          throw new StepFailure('no role was assumed');
      }),
    ),
  ];
}

/** What both releases do: the lock, dependencies, and who runs. */
function scenariosUnder(tool: Terragrunt): Scenario[] {
  return [
    {
      name: nameUnder(tool, 'lock'),
      title: 'init, plan, apply, output and destroy of a unit: its terraform takes and releases the lock',
      client: tool,
      applies: (options) => options.is('bootstrap', 'off') && !options.is('lock', 'none') && !removesStates(options),
      besides: stateWithoutLock,
      prepare: (world, options) => makeBackend(world, childOf(options)),
      steps: (options) => lockSteps(tool, options),
    },
    {
      name: nameUnder(tool, 'dependency'),
      title: 'a dependency block reads the outputs of another unit, and nothing else of it',
      client: tool,
      applies: hasDependencies,
      prepare: async (world, options) => {
        const child = childOf(options);
        await makeBackend(world, child);
        for (const key of options.names('dependencyKeys')) await makeState(world, child, key);
      },
      steps: (options) => readDependencies(tool, options),
    },
    {
      name: nameUnder(tool, 'bucket key'),
      title: 'the lock and a dependency, where the bucket has a key of its own: KMS is then asked for the bucket',
      client: tool,
      applies: (options) => options.name('kmsKey') !== undefined && !removesStates(options),
      besides: stateWithoutKey,
      prepare: async (world, options) => {
        const child = childOf(options);
        await makeBackend(world, child);
        world.objects.buckets.get(options.name('bucket')!)!.bucketKey = true;
        for (const key of options.names('dependencyKeys')) await makeState(world, child, key);
      },
      steps: (options) => [...lockAlone(tool, options), ...readDependencies(tool, options)],
    },
    {
      name: nameUnder(tool, 'identity'),
      title: 'who runs, the alias of the account, and a role that is assumed',
      client: tool,
      applies: (options) => options.is('accountAlias', true) || options.names('assumeRoles').length > 0,
      prepare: (world, options) => makeBackend(world, childOf(options)),
      steps: (options) => identitySteps(tool, options),
    },
  ];
}

export const scenarios: readonly Scenario[] = [
  ...scenariosUnder('terragrunt'),
  {
    name: 'stale',
    slow: true,
    title: 'a digest that does not match is noticed',
    applies: (options) => usesTable(options) && !hasDependencies(options) && !removesStates(options),
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
    name: 'own user',
    title: 'the call of Terragrunt 0.0.6 to 0.0.10, which wrote the user into the lock',
    applies: (options) => options.is('identity', 'iam-user'),
    prepare: () => undefined,
    steps: () => [
      {
        name: 'ask for the own user',
        tool: 'replay',
        source: 'gruntwork-io/terragrunt pull request 12',
        run: async (stage) => void (await stage.call('IAM', 'GetUser', {})),
      },
    ],
  },
  ...bootstrapScenarios('terragrunt'),
  ...backendScenarios,
  ...scenariosUnder('terragrunt-0.72'),
  ...bootstrapScenarios('terragrunt-0.72'),
];
