import { chmodSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { refusals, type LogEntry } from '@postern/sandbox';
import { cdk, runCdk, startCdk } from '../../cdk.js';
import { writeAssembly, writeLookingApp, type AssemblySettings } from '../../cdk-assembly.js';
import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Stage } from '../../stage.js';
import { appOf, lookedUp, looks, swaps } from './environment.js';

const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'cdk', run });

/**
 * The app as the command is told of it: with lookups, it looks something up while it is synthesized. What `cdk deploy` reads
 * before it asks it reads with the deploy role where it gets no lookup role in another account.
 */
function command(stage: Stage, options: CellOptions, app: AssemblySettings): string {
  const assembly = writeAssembly(stage, app, `assembly-${app.revision}`);
  const looksUp = options.is('lookups', true) && options.is('mode', 'deploy', 'destroy');
  return looksUp ? writeLookingApp(stage, app, [lookedUp], assembly) : assembly;
}

/** Takes what the CDK hands to docker, and has nothing yet. */
function docker(stage: Stage): { readonly env: Readonly<Record<string, string>> } {
  const program = stage.write('docker', '#!/bin/sh\n[ "$1" != inspect ] || exit 1\ncat > /dev/null\n');
  chmodSync(program, 0o755);
  return { env: { CDK_DOCKER: program } };
}

const approval = (options: CellOptions) => (looks(options) ? [] : ['--require-approval', 'never']);

function expectStacks(stage: Stage, { places, stack }: AssemblySettings, status: string): void {
  for (const { account, region } of places) {
    const found = stage.sandbox.world.stacks.get(`${account}/${region}/${stack}`);
    if (found?.status !== status) throw new StepFailure(`the stack in ${account}, ${region} is ${found?.status}`);
  }
}

function deploySteps(options: CellOptions): Step[] {
  const deploy = (revision: number, status: string) => async (stage: Stage) => {
    const app = appOf(options, revision);
    await cdk(
      stage,
      ['deploy', '--all', '--no-asset-parallelism', ...approval(options)],
      command(stage, options, app),
      docker(stage),
    );
    expectStacks(stage, app, status);
  };
  const isOne = appOf(options, 1).places.length === 1;
  return [
    step('deploy new stacks', deploy(1, 'CREATE_COMPLETE')),
    ...(isOne ? [step('deploy a change', deploy(2, 'UPDATE_COMPLETE'))] : []),
  ];
}

/** Comes to its end where what the CDK waits with was refused: it takes that for "not yet". */
async function refusedWaiting({ sandbox, principal, isClosed }: Stage): Promise<undefined> {
  const isRefused = (entry: LogEntry) =>
    entry.principal === principal && entry.operation === 'GetFunction' && refusals(entry).length > 0;
  while (!isClosed() && !sandbox.log.entries.some(isRefused)) await wait(50, undefined, { ref: false });
}

/** Past CloudFormation: the function is another one, and the stack is as it was. */
function hotswapSteps(options: CellOptions): Step[] {
  const [name = ''] = options.names('hotswapFunctions');
  return [
    step('swap the code of a function', async (stage) => {
      const { account, region } = options;
      const swapped = stage.sandbox.world.functions.get(`${account}/${region}/${name}`)!;
      const before = swapped.codeSha256;
      const app = appOf(options, 2);
      const running = startCdk(stage, ['deploy', '--hotswap', ...approval(options)], command(stage, options, app));
      const outcome = await Promise.race([running.ended, refusedWaiting(stage)]);
      if (outcome === undefined)
        throw new StepFailure('the CDK asks again for ten minutes whether the function is ready');
      if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
      if (swapped.codeSha256 === before) throw new StepFailure('the function has its old code');
      if (options.is('hotswapVersions', true) && swapped.aliases.get('live')?.version !== '2')
        throw new StepFailure('the alias is where it was');
    }),
  ];
}

/** Compares the second revision with the first; `-v` lets the CDK say why it cannot. */
const diff = (name: string, method: string, options: CellOptions): Step =>
  step(name, async (stage) => {
    const outcome = await runCdk(
      stage,
      ['diff', `--method=${method}`, '-v'],
      command(stage, options, appOf(options, 2)),
    );
    if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
    if (!/Number of stacks with differences: 1/.test(outcome.stdout + outcome.stderr))
      throw new StepFailure('no difference was found');
  });

const destroy = (options: CellOptions): Step =>
  step('destroy', async (stage) => {
    const app = appOf(options, 1);
    await cdk(stage, ['destroy', '--all', '--force'], command(stage, options, app));
    if (stage.sandbox.world.stacks.has(`${options.account}/${options.region}/${app.stack}`))
      throw new StepFailure('the stack is still there');
  });

export function steps(options: CellOptions): Step[] {
  if (options.is('mode', 'destroy')) return [destroy(options)];
  if (options.is('mode', 'diff')) return [diff('compare by a change set', 'change-set', options)];
  if (options.is('mode', 'diff-template')) return [diff('compare templates', 'template', options)];
  return swaps(options) ? hotswapSteps(options) : deploySteps(options);
}
