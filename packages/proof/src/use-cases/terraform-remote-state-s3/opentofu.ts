import { createCipheriv, randomBytes } from 'node:crypto';
import { seal, storeObject, type World } from '@postern/sandbox';
import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Stage } from '../../stage.js';
import { configuration, encryptionKeysOf, state } from './configuration.js';
import { bucketIn, expectClean, makeBackend } from './state.js';

const flags = ['-input=false', '-no-color'];
const settings = { in: 'tofu' };

/** What OpenTofu has and Terraform has not: tags on its objects, and a state that is encrypted before it is sent. */
const tags = ['state_tags = { team = "web" }', 'lock_tags = { team = "web" }'];

/** A key provider, by its type and its settings. */
type KeyProvider = readonly [type: string, settings: Readonly<Record<string, string>>];

const passphrase: KeyProvider = ['pbkdf2', { passphrase: 'a passphrase of the sandbox' }];

/** A data key of KMS, which OpenTofu asks for at every command. */
const keyOfKms = (key: string, region: string): KeyProvider => [
  'aws_kms',
  { kms_key_id: key, key_spec: 'AES_256', region },
];

const encryption = ([type, settings]: KeyProvider) => `  encryption {
    key_provider "${type}" "own" {
${Object.entries(settings)
  .map(([name, value]) => `      ${name} = ${JSON.stringify(value)}\n`)
  .join('')}    }
    method "aes_gcm" "own" {
      keys = key_provider.${type}.own
    }
    state {
      method   = method.aes_gcm.own
      enforced = true
    }
    plan {
      method   = method.aes_gcm.own
      enforced = true
    }
  }
`;

function write(stage: Stage, options: CellOptions, key: string): void {
  const more = options.is('objectTags', true) ? tags : [];
  const [encryptionKey] = encryptionKeysOf(options);
  const provider = encryptionKey === undefined ? passphrase : keyOfKms(encryptionKey, options.region);
  const text = configuration(options, key)
    .replace('terraform {\n', `terraform {\n${encryption(provider)}`)
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

function init(options: CellOptions, key: string): Step {
  const step = command(options, ['init', ...flags]);
  return {
    ...step,
    run: async (stage) => {
      write(stage, options, key);
      await step.run(stage);
    },
  };
}

const output = (options: CellOptions) =>
  command(options, ['output', '-raw', 'thing'], (_stage, stdout) => {
    if (stdout.trim() !== 'one') throw new StepFailure(`output gave ${JSON.stringify(stdout)} instead of the value`);
  });

/** From nothing to a state and back, with what only OpenTofu does. */
export function openTofuSteps(options: CellOptions): Step[] {
  const [key] = options.names('keys') as [string];
  return [
    init(options, key),
    command(options, ['plan', '-out=plan', ...flags]),
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
    output(options),
    command(options, ['destroy', '-auto-approve', ...flags]),
  ];
}

/** A job that only reads or plans: the state is there, and was encrypted by an earlier run. */
export function openTofuReads(options: CellOptions): Step[] {
  const [key] = options.names('keys') as [string];
  return [
    init(options, key),
    ...(options.is('access', 'plan')
      ? [
          command(options, ['plan', '-out=plan', ...flags], (_stage, stdout) => {
            if (!stdout.includes('No changes')) throw new StepFailure('the plan found changes');
          }),
        ]
      : []),
    output(options),
  ];
}

/** A state as OpenTofu wrote it with a data key of KMS. */
export async function makeEncryptedState(world: World, options: CellOptions): Promise<void> {
  const [encryptionKey] = encryptionKeysOf(options) as [string];
  const plain = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', plain, nonce);
  const data = Buffer.concat([nonce, cipher.update(state), cipher.final(), cipher.getAuthTag()]);
  const meta = Buffer.from(JSON.stringify({ ciphertext_blob: seal(encryptionKey, plain) })).toString('base64');
  const text = JSON.stringify({
    serial: 1,
    lineage: '11111111-2222-3333-4444-555555555555',
    meta: { 'key_provider.aws_kms.own': meta },
    encrypted_data: data.toString('base64'),
    encryption_version: 'v0',
  });
  await makeBackend(world, options);
  storeObject(world.objects.buckets.get(options.name('bucket')!)!, options.names('keys')[0]!, Buffer.from(text), {});
}
