import { terraformRemoteStateS3, type OptionsOf } from '@postern/core';
import { openCell } from '../../cell.js';
import type { CellOptions } from '../../scenario.js';
import { errorOf, StepFailure, type Outcome, type RunSettings, type Stage } from '../../stage.js';
import { backendBlock, keyArn } from '../terraform-remote-state-s3/configuration.js';
import { usesTable } from '../terraform-remote-state-s3/state.js';

/** The releases whose calls differ: 1.x bootstraps when told to, those up to 0.76 before every command. */
export type Terragrunt = 'terragrunt' | 'terragrunt-0.72';

/** A scenario's name under a release: that of 1.x is the plain one. */
export const nameUnder = (tool: Terragrunt, what: string) =>
  tool === 'terragrunt' ? what : `${what} ${tool.slice('terragrunt-'.length)}`;

type TerraformOptions = OptionsOf<typeof terraformRemoteStateS3>;

/** The options of the terraform that Terragrunt starts. */
export function terraformOptions(options: CellOptions, keys = options.names('keys'), lock?: 'none'): TerraformOptions {
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

export const childOf = (options: CellOptions, keys?: string[]) =>
  openCell(terraformRemoteStateS3, 'child', terraformOptions(options, keys)).options;

/** The names of remote_state's settings, by the options that stand for them. */
const switches = {
  disableBucketUpdate: 'disable_bucket_update',
  skipBucketVersioning: 'skip_bucket_versioning',
  skipBucketSsencryption: 'skip_bucket_ssencryption',
  skipBucketRootAccess: 'skip_bucket_root_access',
  skipBucketEnforcedTls: 'skip_bucket_enforced_tls',
  skipBucketPublicAccessBlocking: 'skip_bucket_public_access_blocking',
  skipBucketAccesslogging: 'skip_bucket_accesslogging',
  skipAccessloggingBucketAcl: 'skip_accesslogging_bucket_acl',
  skipAccessloggingBucketEnforcedTls: 'skip_accesslogging_bucket_enforced_tls',
  skipAccessloggingBucketPublicAccessBlocking: 'skip_accesslogging_bucket_public_access_blocking',
  skipAccessloggingBucketSsencryption: 'skip_accesslogging_bucket_ssencryption',
  lockTableSsencryption: 'enable_lock_table_ssencryption',
} as const;

/**
 * A unit's remote_state, with every setting that an option stands for.
 * @param about the release that reads it, and another bucket than that of the options
 */
export function remoteState(
  options: CellOptions,
  key: string,
  about: { readonly tool?: Terragrunt; readonly bucket?: string } = {},
): string {
  const { tool = 'terragrunt', bucket = options.name('bucket')! } = about;
  // With remote_state, older releases look at the backend before every command, and make what is missing.
  if (tool !== 'terragrunt' && options.is('bootstrap', 'off')) return generatedBackend(options, key);
  const logs = options.name('accessLoggingBucket');
  const settings: [string, string | boolean | object][] = [
    ['bucket', bucket],
    ['key', key],
    ['region', options.region],
    ...(options.is('lock', 'lockfile', 'both') ? [['use_lockfile', true] as [string, boolean]] : []),
    ...(usesTable(options) ? [['dynamodb_table', options.name('lockTable')!] as [string, string]] : []),
    ...(options.name('kmsKey') === undefined
      ? []
      : ([
          ['encrypt', true],
          ['kms_key_id', keyArn(options)],
        ] as [string, string | boolean][])),
    ...(logs === undefined
      ? []
      : ([
          ['accesslogging_bucket_name', logs],
          ['accesslogging_target_prefix', 'TFStateLogs/'],
        ] as [string, string][])),
    ...Object.entries(switches).flatMap(([option, setting]): [string, boolean][] =>
      options.is(option, true) ? [[setting, true]] : [],
    ),
    ...(options.is('bucketTags', true) ? [['s3_bucket_tags', { team: 'web' }] as [string, object]] : []),
    ...(options.is('lockTableTags', true) ? [['dynamodb_table_tags', { team: 'web' }] as [string, object]] : []),
  ];
  const lines = settings.map(([name, value]) => `    ${name} = ${JSON.stringify(value)}\n`);
  return `remote_state {
  backend = "s3"
  generate = {
    path      = "backend.tf"
    if_exists = "overwrite"
  }
  config = {
${lines.join('')}  }
}
`;
}

/** A backend that Terragrunt writes and does not look at. */
const generatedBackend = (options: CellOptions, key: string) => `generate "backend" {
  path      = "backend.tf"
  if_exists = "overwrite"
  contents  = <<EOF
terraform {
${backendBlock(options, key)}}
EOF
}
`;

const resource = `resource "terraform_data" "thing" {
  input = "one"
}

output "thing" {
  value = terraform_data.thing.output
}
`;

/** Writes a unit: its own folder, a terragrunt.hcl, and a configuration that needs no provider. */
export function writeUnit(stage: Stage, folder: string, terragrunt: string, configuration = resource): void {
  stage.write(`${folder}/main.tf`, configuration);
  stage.write(`${folder}/terragrunt.hcl`, terragrunt);
}

/** Old releases read TERRAGRUNT_, new ones TG_. */
function environmentOf(stage: Stage): Record<string, string> {
  const settings = {
    NON_INTERACTIVE: 'true',
    TF_PATH: stage.tools.terraform?.path ?? 'terraform',
    TFPATH: stage.tools.terraform?.path ?? 'terraform',
    NO_COLOR: 'true',
    NO_TIPS: 'true',
    LOG_SHOW_ABS_PATHS: 'false',
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => [
      [`TG_${name}`, value],
      [`TERRAGRUNT_${name}`, value],
    ]),
  );
}

/** Runs a command of Terragrunt in the folder of a unit. */
export function runIn(
  stage: Stage,
  tool: Terragrunt,
  folder: string,
  args: readonly string[],
  env: RunSettings['env'] = {},
): Promise<Outcome> {
  return stage.run(tool, args, { in: folder, env: { ...environmentOf(stage), ...env } });
}

/**
 * Runs a command that must succeed.
 * @throws {StepFailure} with Terragrunt's own error
 */
export async function succeedIn(...given: Parameters<typeof runIn>): Promise<string> {
  const outcome = await runIn(...given);
  if (outcome.code !== 0) throw new StepFailure(terragruntError(outcome));
  return outcome.stdout;
}

/** Lines beside the error, which would be taken for a part of it. */
const isTalk = /^(?:TIP |SDK \d|Initializing |- terraform\.io|(?:Terraform|OpenTofu) has been )/;

/** What went wrong: Terragrunt's log puts the time, the level and the program before what terraform says in its boxes. */
export function terragruntError({ stdout, stderr, code }: Outcome): string {
  const text = `${stderr}\n${stdout}`
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/^[\d:.]+ /, '')
        .replace(/^(?:STDOUT|STDERR|ERROR|WARN|INFO) +(?:\[[^\]]*\] +)?/, '')
        .replace(/^\S*(?:terraform|tofu): /, '')
        .replace(/(?:\/[\w.@-]+)+\/(?=(?:unit|stale|moved|role-\d+|dependency-\d+)\b)/g, ''),
    )
    .map((line) => (isTalk.test(line) ? '' : line))
    .join('\n');
  return errorOf({ stdout: '', stderr: text, code });
}
