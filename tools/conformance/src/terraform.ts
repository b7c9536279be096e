import { kindOf } from '@postern/core';
import { snakeCase } from '@postern/terraform';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cell } from './cells.js';

/** Two slashes end the package: Terraform copies what stands before them, and the documents read a file beside them. */
export const documents = `${fileURLToPath(new URL('../../../packages/terraform/', import.meta.url))}/documents/`;
/** What Terraform runs with: no configuration of the user, and no questions. */
export const environment = {
  ...process.env,
  TF_CLI_CONFIG_FILE: '/dev/null',
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
};

/** The version of the `terraform` binary; undefined where there is none. */
export function terraformVersion(): string | undefined {
  const { status, stdout } = spawnSync('terraform', ['version', '-json'], { encoding: 'utf8', env: environment });
  return status === 0 ? (JSON.parse(stdout) as { terraform_version: string }).terraform_version : undefined;
}

/** Applies one configuration and gives its outputs. */
export function applyConfiguration(files: Readonly<Record<string, string>>): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-terraform-'));
  const run = (...args: string[]) =>
    execFileSync('terraform', args, {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    run('init', '-input=false', '-no-color');
    run('apply', '-auto-approve', '-input=false', '-no-color');
    const outputs = JSON.parse(run('output', '-json')) as Record<string, { value: string }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The configuration that calls the document module of each cell.
 * @param deferred whether every option is known only after apply
 */
export function documentCalls(cells: readonly Cell[], deferred: boolean): string {
  return cells
    .map(({ useCase, options }, index) => {
      const given = Object.entries(options).map(([name, value]) => [snakeCase(name), literal(value)] as const);
      // What is required has no default, also where scope `account` takes its place.
      const absent = Object.entries(useCase.options)
        .filter(([name, option]) => kindOf(option).isRequired(option) && !Object.hasOwn(options, name))
        .map(([name]) => `  ${snakeCase(name)} = null\n`)
        .join('');
      const input = given.map(([name, value]) => `    ${name} = ${value}\n`).join('');
      const later = deferred ? `resource "terraform_data" "cell${index}" {\n  input = {\n${input}  }\n}\n` : '';
      const args = given.map(
        ([name, value]) => `  ${name} = ${deferred ? `terraform_data.cell${index}.output.${name}` : value}\n`,
      );
      return `${later}module "cell${index}" {\n  source = ${JSON.stringify(documents + useCase.id)}\n${args.join('')}${absent}}
output "cell${index}" {\n  value = module.cell${index}.json\n}\n`;
    })
    .join('');
}

/** Options as the arguments of a module call, one a line. */
export function moduleArguments(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${snakeCase(name)} = ${literal(value)}`)
    .join('\n  ');
}

export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return typeof value === 'string'
    ? JSON.stringify(value).replace(/([$%])\{/g, (_, sign: string) => `${sign}${sign}{`)
    : String(value);
}
