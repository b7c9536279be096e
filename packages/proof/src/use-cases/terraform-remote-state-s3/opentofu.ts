import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Stage } from '../../stage.js';
import { configuration } from './configuration.js';
import { bucketIn, expectClean } from './state.js';

const flags = ['-input=false', '-no-color'];
const settings = { in: 'tofu' };

/** What OpenTofu has and Terraform has not: tags on its objects, and a state that is encrypted before it is sent. */
const tags = ['state_tags = { team = "web" }', 'lock_tags = { team = "web" }'];
const encryption = `  encryption {
    key_provider "pbkdf2" "own" {
      passphrase = "a passphrase of the sandbox"
    }
    method "aes_gcm" "own" {
      keys = key_provider.pbkdf2.own
    }
    state {
      method   = method.aes_gcm.own
      enforced = true
    }
  }
`;

function write(stage: Stage, options: CellOptions, key: string): void {
  const more = options.is('objectTags', true) ? tags : [];
  const text = configuration(options, key)
    .replace('terraform {\n', `terraform {\n${encryption}`)
    .replace('  backend "s3" {\n', (line) => `${line}${more.map((one) => `    ${one}\n`).join('')}`);
  stage.write('tofu/main.tf', text);
}

function command(
  options: CellOptions,
  args: readonly string[],
  expect?: (stage: Stage, stdout: string) => void,
  name = `tofu ${args[0]}`,
): Step {
  return {
    name,
    tool: 'tofu',
    run: async (stage) => {
      const outcome = await stage.run('tofu', args, settings);
      if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
      await expectClean(stage, options, outcome);
      expect?.(stage, outcome.stdout);
    },
  };
}

/** From nothing to a state and back, with what only OpenTofu does. */
export function openTofuSteps(options: CellOptions): Step[] {
  const [key] = options.names('keys') as [string];
  const init = command(options, ['init', ...flags]);
  return [
    {
      ...init,
      run: async (stage) => {
        write(stage, options, key);
        await init.run(stage);
      },
    },
    command(options, ['plan', ...flags]),
    command(options, ['apply', '-auto-approve', ...flags], (stage) => {
      const state = bucketIn(stage, options).objects.get(key);
      if (state?.body.includes('encrypted_data') !== true || state.body.includes('"one"'))
        throw new StepFailure('the state is not written, or not encrypted');
      if (options.is('objectTags', true) && state.tags !== 'team=web') throw new StepFailure('the state has no tags');
    }),
    command(
      options,
      ['apply', '-auto-approve', ...flags],
      (_stage, stdout) => {
        if (!stdout.includes('No changes')) throw new StepFailure('the second apply found changes');
      },
      'tofu apply again',
    ),
    command(options, ['output', '-raw', 'thing'], (_stage, stdout) => {
      if (stdout.trim() !== 'one') throw new StepFailure(`output gave ${JSON.stringify(stdout)} instead of the value`);
    }),
    command(options, ['destroy', '-auto-approve', ...flags]),
  ];
}
