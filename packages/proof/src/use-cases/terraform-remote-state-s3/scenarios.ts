import { storeObject } from '@postern/sandbox';
import { errorOf, StepFailure, type RunSettings, type Stage } from '../../stage.js';
import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { configuration, keyArn, readingConfiguration } from './configuration.js';
import { makeEncryptedState, openTofuReads, openTofuSteps } from './opentofu.js';
import { bucketIn, expectClean, makeBackend, makeState, readItem, stateKeyOf, usesTable } from './state.js';

const flags = ['-input=false', '-no-color'];

/** A terraform command that must succeed and leave everything clean. */
function command(
  options: CellOptions,
  name: string,
  args: readonly string[],
  settings: RunSettings & { readonly expect?: (stage: Stage, stdout: string) => void | Promise<void> } = {},
): Step {
  return {
    name,
    tool: 'terraform',
    run: async (stage) => {
      const outcome = await stage.run('terraform', args, settings);
      if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
      await expectClean(stage, options, outcome);
      await settings.expect?.(stage, outcome.stdout);
    },
  };
}

function writeConfiguration(options: CellOptions, folder: string, key: string, input?: string): (stage: Stage) => void {
  return (stage) => void stage.write(`${folder}/main.tf`, configuration(options, key, input));
}

/** `terraform init` in a folder of its own. */
function init(
  options: CellOptions,
  folder: string,
  key: string,
  env: Readonly<Record<string, string>>,
  input?: string,
): Step {
  const step = command(options, 'init', ['init', ...flags], { in: folder, env });
  return {
    ...step,
    run: async (stage) => {
      writeConfiguration(options, folder, key, input)(stage);
      await step.run(stage);
    },
  };
}

const expectOutput = (folder: string, env: Readonly<Record<string, string>>, options: CellOptions): Step =>
  command(options, 'output', ['output', '-raw', 'thing'], {
    in: folder,
    env,
    expect: (_stage, stdout) => {
      if (stdout.trim() !== 'one') throw new StepFailure(`output gave ${JSON.stringify(stdout)} instead of the value`);
    },
  });

/** The workspaces a job uses: the default one first, unless it is left out. */
function workspacesOf(options: CellOptions): string[] {
  return [...(options.is('defaultWorkspace', true) ? ['default'] : []), ...options.names('workspaces')];
}

/** The state of the first workspace. */
const firstState = (options: CellOptions) => stateKeyOf(options, options.names('keys')[0]!, workspacesOf(options)[0]);

const env = (workspace: string): Record<string, string> => (workspace === 'default' ? {} : { TF_WORKSPACE: workspace });

/** From nothing to a state and back, in the first workspace. */
function lifeCycle(options: CellOptions, key: string, folder: string, workspace: string): Step[] {
  const settings = { in: folder, env: env(workspace) };
  const file = stateKeyOf(options, key, workspace);
  return [
    init(options, folder, key, env(workspace)),
    command(options, 'plan', ['plan', ...flags], settings),
    command(options, 'apply', ['apply', '-auto-approve', ...flags], {
      ...settings,
      expect: (stage) => {
        if (!bucketIn(stage, options).objects.get(file)?.body.includes('"one"'))
          throw new StepFailure(`no state was written to ${file}`);
      },
    }),
    command(options, 'apply again', ['apply', '-auto-approve', ...flags], {
      ...settings,
      expect: (_stage, stdout) => {
        if (!stdout.includes('No changes')) throw new StepFailure('the second apply found changes');
      },
    }),
    expectOutput(folder, env(workspace), options),
  ];
}

function destroy(options: CellOptions, folder: string, workspace: string): Step {
  return command(options, 'destroy', ['destroy', '-auto-approve', ...flags], { in: folder, env: env(workspace) });
}

/** While one command holds the lock, another is refused, and force-unlock frees it. */
function contention(options: CellOptions, key: string, folder: string, workspace: string): Step[] {
  const settings = { in: folder, env: env(workspace) };
  const file = stateKeyOf(options, key, workspace);
  const id = '11111111-2222-3333-4444-777777777777';
  return [
    {
      name: 'plan while locked',
      tool: 'terraform',
      run: async (stage) => {
        await placeLock(stage, options, file, id);
        const outcome = await stage.run('terraform', ['plan', '-lock-timeout=0s', ...flags], settings);
        if (outcome.code === 0) throw new StepFailure('a plan went on although the state is locked');
        if (!/somebody-else/.test(outcome.stderr + outcome.stdout)) throw new StepFailure(errorOf(outcome));
      },
    },
    command(options, 'force-unlock', ['force-unlock', '-force', id], settings),
  ];
}

/** The lock of a run that died. */
export async function placeLock(stage: Stage, options: CellOptions, file: string, id: string): Promise<void> {
  const { world } = stage.sandbox;
  const bucket = bucketIn(stage, options);
  const info = JSON.stringify({
    ID: id,
    Operation: 'OperationTypeApply',
    Info: '',
    Who: 'somebody-else',
    Version: '1.11.4',
    Created: '2026-01-01T00:00:00Z',
    Path: `${bucket.name}/${file}`,
  });
  if (options.is('lock', 'lockfile', 'both')) {
    const kmsKey = options.name('kmsKey') === undefined ? undefined : keyArn(options);
    storeObject(bucket, `${file}.tflock`, Buffer.from(info), { kmsKey });
    return;
  }
  await world.tables.send('PutItem', {
    TableName: options.name('lockTable')!,
    Item: { LockID: { S: `${bucket.name}/${file}` }, Info: { S: info } },
  });
}

/** With two locks, each has an id of its own, and a forced unlock takes one. */
const hasOneLock = (options: CellOptions) => options.is('lock', 'lockfile', 'dynamodb');

function applySteps(options: CellOptions): Step[] {
  const [first, ...others] = workspacesOf(options) as [string, ...string[]];
  const [key, ...keys] = options.names('keys') as [string, ...string[]];
  const created = options.is('defaultWorkspace', true);
  return [
    ...lifeCycle(options, key, 'first', first),
    ...(hasOneLock(options) ? contention(options, key, 'first', first) : []),
    ...(created ? others : []).flatMap((workspace): Step[] => [
      command(options, 'workspace new', ['workspace', 'new', '-no-color', workspace], { in: 'first' }),
      command(options, 'apply in the workspace', ['apply', '-auto-approve', ...flags], { in: 'first' }),
      command(options, 'workspace select', ['workspace', 'select', '-no-color', 'default'], { in: 'first' }),
      ...(options.is('deleteWorkspaces', true)
        ? [
            command(options, 'destroy in the workspace', ['destroy', '-auto-approve', ...flags], {
              in: 'first',
              env: env(workspace),
            }),
            deleteWorkspace(options, key, workspace),
          ]
        : []),
    ]),
    destroy(options, 'first', first),
    ...(!created && options.is('deleteWorkspaces', true) ? [deleteWorkspace(options, key, first, env('default'))] : []),
    ...keys.flatMap((other) => [
      ...lifeCycle(options, other, 'second', first).slice(0, 3),
      readOther(options, other, 'third'),
    ]),
  ];
}

function deleteWorkspace(
  options: CellOptions,
  key: string,
  workspace: string,
  settings: Readonly<Record<string, string>> = {},
): Step {
  const file = stateKeyOf(options, key, workspace);
  return command(options, 'workspace delete', ['workspace', 'delete', '-no-color', workspace], {
    in: 'first',
    env: settings,
    expect: async (stage) => {
      const bucket = bucketIn(stage, options);
      if (bucket.objects.has(file)) throw new StepFailure(`the state ${file} is still there`);
      if (
        usesTable(options) &&
        (await readItem(stage.sandbox.world, options, `${bucket.name}/${file}-md5`)) !== undefined
      )
        throw new StepFailure(`the digest item of ${file} is still there`);
    },
  });
}

/** A second configuration reads the state without a lock. */
function readOther(options: CellOptions, key: string, folder: string): Step {
  return {
    name: 'read from a second configuration',
    tool: 'terraform',
    run: async (stage) => {
      stage.write(`${folder}/main.tf`, readingConfiguration(options, key));
      await stage.succeed('terraform', ['init', ...flags], { in: folder });
      const stdout = await stage.succeed('terraform', ['plan', ...flags], { in: folder });
      if (!/\+ other = "one"/.test(stdout)) throw new StepFailure('the second configuration does not see the output');
    },
  };
}

function planSteps(options: CellOptions): Step[] {
  const [key] = options.names('keys') as [string];
  return workspacesOf(options).flatMap((workspace, index) => {
    const folder = `workspace-${index}`;
    const settings = { in: folder, env: env(workspace) };
    return [
      init(options, folder, key, env(workspace)),
      command(options, workspace === 'default' ? 'plan' : 'plan in the workspace', ['plan', ...flags], {
        ...settings,
        expect: (_stage: Stage, stdout: string) => {
          if (!stdout.includes('No changes')) throw new StepFailure('the plan found changes');
        },
      }),
      ...(hasOneLock(options) && index === 0 ? contention(options, key, folder, workspace) : []),
      expectOutput(folder, env(workspace), options),
      ...(index === 0 ? selectOthers(options, folder) : []),
    ];
  });
}

/** From the default workspace to the others, which terraform has to find in its list. */
function selectOthers(options: CellOptions, folder: string): Step[] {
  if (!options.is('defaultWorkspace', true)) return [];
  return options
    .names('workspaces')
    .flatMap((workspace) => [
      command(options, 'workspace select', ['workspace', 'select', '-no-color', workspace], { in: folder }),
      expectOutput(folder, {}, options),
      command(options, 'workspace select', ['workspace', 'select', '-no-color', 'default'], { in: folder }),
    ]);
}

function readSteps(options: CellOptions): Step[] {
  const [key] = options.names('keys') as [string];
  return [
    ...workspacesOf(options).flatMap((workspace, index) => [
      init(options, `workspace-${index}`, key, env(workspace)),
      expectOutput(`workspace-${index}`, env(workspace), options),
      ...(index === 0 ? selectOthers(options, 'workspace-0') : []),
    ]),
    ...(options.is('defaultWorkspace', true) ? [readOther(options, key, 'other')] : []),
  ];
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'apply',
    title: 'a first run on nothing, a second that finds no change, output, workspaces, locks, destroy',
    client: 'terraform',
    applies: (options) => options.is('access', 'apply'),
    prepare: async (world, options) => {
      await makeBackend(world, options);
      // Listing only workspaces, a missing state answers 403, which the entry says: so it must be there.
      if (options.is('restrictListing', true)) await makeState(world, options, firstState(options));
    },
    steps: applySteps,
  },
  {
    name: 'plan',
    title: 'a plan and an output of states that are there',
    applies: (options) => options.is('access', 'plan'),
    prepare: prepareStates,
    steps: planSteps,
  },
  {
    name: 'first plan',
    title: 'a plan before the first apply, when there is no state yet',
    applies: (options) =>
      options.is('access', 'plan') && options.is('defaultWorkspace', true) && !options.is('restrictListing', true),
    prepare: makeBackend,
    steps: (options) => [
      init(options, 'first', options.names('keys')[0]!, {}),
      command(options, 'plan', ['plan', ...flags], { in: 'first' }),
    ],
  },
  {
    name: 'read',
    title: 'outputs, and a second configuration that reads them, without a lock',
    applies: (options) => options.is('access', 'read'),
    prepare: prepareStates,
    steps: readSteps,
  },
  {
    name: 'stale',
    slow: true,
    title: 'a digest that does not match is noticed',
    applies: (options) => usesTable(options) && options.is('defaultWorkspace', true),
    prepare: async (world, options) => {
      await makeBackend(world, options);
      await makeState(world, options, options.names('keys')[0]!, '0'.repeat(32));
    },
    steps: (options) => [
      {
        name: 'output of a stale state',
        tool: 'terraform',
        run: async (stage) => {
          writeConfiguration(options, 'stale', options.names('keys')[0]!)(stage);
          const outcome = await stage.run('terraform', ['init', ...flags], { in: 'stale' });
          if (outcome.code === 0) throw new StepFailure('terraform read a stale state without a word');
          if (!/does not match|does not have the expected content|checksum/i.test(outcome.stderr + outcome.stdout))
            throw new StepFailure(errorOf(outcome));
        },
      },
    ],
  },
  {
    name: 'bucket key',
    title: 'the same, where the bucket has a key of its own: KMS is then asked for the bucket, not for the object',
    applies: (options) => options.name('kmsKey') !== undefined,
    prepare: async (world, options) => {
      await prepareStates(world, options);
      world.objects.buckets.get(options.name('bucket')!)!.bucketKey = true;
    },
    steps: (options) => {
      const [workspace] = workspacesOf(options) as [string];
      return [
        init(options, 'bucket-key', options.names('keys')[0]!, env(workspace)),
        options.is('access', 'read')
          ? expectOutput('bucket-key', env(workspace), options)
          : command(options, 'plan', ['plan', ...flags], { in: 'bucket-key', env: env(workspace) }),
      ];
    },
  },
  {
    name: 'assume role',
    title: 'the backend assumes a role before it touches the state',
    applies: (options) => options.names('assumeRoles').length > 0,
    prepare: makeBackend,
    steps: (options) =>
      options.arns('assumeRoles', `arn:${options.partition}:iam::${options.account}:role/`).map((role, index) => ({
        name: 'init with a role',
        tool: 'terraform',
        run: async (stage) => {
          const folder = `role-${index}`;
          stage.write(`${folder}/main.tf`, configuration(options, options.names('keys')[0]!, '"one"', role));
          await stage.succeed('terraform', ['init', ...flags], { in: folder });
          const { entries } = stage.sandbox.log;
          if (!entries.some(({ operation }) => operation === 'AssumeRole'))
            throw new StepFailure('no role was assumed');
        },
      })),
  },
  {
    name: 'large',
    title: 'a state above 5 MiB whose upload fails leaves no parts behind',
    applies: (options) => options.is('largeState', true) && options.is('access', 'apply'),
    prepare: async (world, options) => {
      await makeBackend(world, options);
      if (options.is('restrictListing', true)) await makeState(world, options, firstState(options));
      world.failing.add('s3:UploadPart');
    },
    steps: (options) => [
      init(options, 'large', options.names('keys')[0]!, env(workspacesOf(options)[0]!), 'file("payload.txt")'),
      {
        name: 'apply that fails to upload',
        tool: 'terraform',
        run: async (stage) => {
          stage.write('large/payload.txt', 'x'.repeat(6_000_000));
          const outcome = await stage.run('terraform', ['apply', '-auto-approve', ...flags], {
            in: 'large',
            env: env(workspacesOf(options)[0]!),
          });
          if (outcome.code === 0) throw new StepFailure('the apply ended well although no part could be sent');
          const { log } = stage.sandbox;
          if (!log.entries.some(({ operation }) => operation === 'UploadPart')) throw new StepFailure(errorOf(outcome));
          if (bucketIn(stage, options).uploads.size > 0)
            throw new StepFailure('the parts of the failed upload are left behind');
        },
      },
    ],
  },
  {
    name: 'opentofu',
    client: 'tofu',
    title: 'OpenTofu does the same with its native lock, tags on its objects, and a state that it encrypts itself',
    applies: (options) =>
      options.is('access', 'apply') && options.is('defaultWorkspace', true) && !options.is('restrictListing', true),
    prepare: makeBackend,
    steps: openTofuSteps,
  },
  {
    name: 'opentofu reads',
    title: 'OpenTofu plans and reads a state that it has encrypted with a data key of KMS',
    applies: (options) => options.is('access', 'plan', 'read') && options.names('encryptionKeys').length > 0,
    prepare: makeEncryptedState,
    steps: openTofuReads,
  },
];

async function prepareStates(world: Parameters<Scenario['prepare']>[0], options: CellOptions): Promise<void> {
  await makeBackend(world, options);
  for (const key of options.names('keys')) {
    for (const workspace of workspacesOf(options)) await makeState(world, options, stateKeyOf(options, key, workspace));
  }
}
