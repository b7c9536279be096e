import { createHash } from 'node:crypto';
import type { CellOptions } from '../../scenario.js';

/** One backend block: which state, how locked, how encrypted, and which role is assumed for it. */
export function backendBlock(options: CellOptions, key: string, role?: string): string {
  const lines = [
    `bucket = ${quoted(options.name('bucket')!)}`,
    `key = ${quoted(key)}`,
    `region = ${quoted(options.region)}`,
  ];
  if (options.is('lock', 'lockfile', 'both')) lines.push('use_lockfile = true');
  if (options.is('lock', 'dynamodb', 'both')) lines.push(`dynamodb_table = ${quoted(options.name('lockTable')!)}`);
  const prefix = options.name('workspaceKeyPrefix') ?? 'env:';
  if (prefix !== 'env:') lines.push(`workspace_key_prefix = ${quoted(prefix)}`);
  if (options.name('kmsKey') !== undefined) lines.push('encrypt = true', `kms_key_id = ${quoted(keyArn(options))}`);
  if (role !== undefined) lines.push(`assume_role = { role_arn = ${quoted(role)} }`);
  return `  backend "s3" {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
}

/** A configuration that needs no provider. */
export function configuration(options: CellOptions, key: string, input = '"one"', role?: string): string {
  return `terraform {
${backendBlock(options, key, role)}}

resource "terraform_data" "thing" {
  input = ${input}
}

output "thing" {
  value = terraform_data.thing.output
}
`;
}

/** A second configuration, of which this state is only read. */
export function readingConfiguration(options: CellOptions, key: string): string {
  const arguments_ = backendBlock(options, key)
    .split('\n')
    .slice(1, -2)
    .filter((line) => !/use_lockfile|dynamodb_table/.test(line));
  return `data "terraform_remote_state" "other" {
  backend = "s3"
  config = {
${arguments_.join('\n')}
  }
}

output "other" {
  value = data.terraform_remote_state.other.outputs.thing
}
`;
}

export function keyArn(options: CellOptions): string {
  return `arn:${options.partition}:kms:${options.region}:${options.account}:key/${options.name('kmsKey')}`;
}

/** The keys with which OpenTofu encrypts states and plans itself. */
export function encryptionKeysOf(options: CellOptions): string[] {
  return options.arns('encryptionKeys', `arn:${options.partition}:kms:${options.region}:${options.account}:key/`);
}

/** A state that terraform wrote once, with one resource and one output. */
export const state = Buffer.from(
  `${JSON.stringify(
    {
      version: 4,
      terraform_version: '1.5.0',
      serial: 1,
      lineage: '11111111-2222-3333-4444-555555555555',
      outputs: { thing: { value: 'one', type: 'string' } },
      resources: [
        {
          mode: 'managed',
          type: 'terraform_data',
          name: 'thing',
          provider: 'provider["terraform.io/builtin/terraform"]',
          instances: [
            {
              schema_version: 0,
              attributes: {
                id: '11111111-2222-3333-4444-666666666666',
                input: { value: 'one', type: 'string' },
                output: { value: 'one', type: 'string' },
                triggers_replace: null,
              },
              sensitive_attributes: [],
            },
          ],
        },
      ],
      check_results: null,
    },
    null,
    2,
  )}\n`,
);

export const stateDigest = createHash('md5').update(state).digest('hex');

const quoted = (text: string) => JSON.stringify(text);
