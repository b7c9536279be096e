import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environment } from './terraform.js';

/** A filesystem mirror of the AWS provider, where this machine has one. */
export const mirror = spawnSync(
  'find',
  [
    '/opt',
    '/usr',
    '/root',
    '/home',
    '-maxdepth',
    '8',
    '-name',
    'terraform-provider-aws_v*',
    '-not',
    '-path',
    '*/.terraform/*',
  ],
  { encoding: 'utf8' },
)
  .stdout.split('\n')
  .find((path) => path.includes('/registry.terraform.io/'))
  ?.split('/registry.terraform.io/')[0];

/** The configuration of the Terraform CLI that installs from the mirror. */
export const mirrorConfiguration = `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`;

/** What is read of a plan. */
export interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly after: Readonly<Record<string, unknown>> & { readonly name: string; readonly policy?: string };
    };
  }[];
}

/** What a configuration needs besides the AWS provider. */
interface Beside {
  /** Files of its folder, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** Filesystem mirrors of other providers. */
  readonly mirrors?: readonly string[];
  /** A folder of programs. */
  readonly path?: string;
}

/**
 * Plans a configuration with the AWS provider, and a stand-in for the one call that it makes.
 * @throws {Error} with what Terraform says where it refuses
 */
export async function plan(configuration: string, { files = {}, mirrors = [], path }: Beside = {}): Promise<Plan> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-module-'));
  const sts = createServer((_, response) => response.end(callerIdentity)).listen(0, '127.0.0.1');
  try {
    await once(sts, 'listening');
    const { port } = sts.address() as AddressInfo;
    const others = mirrors.map((other) => `  filesystem_mirror {\n    path = "${other}"\n  }\n`);
    writeFileSync(join(folder, 'rc'), mirrorConfiguration.replace(/\}\n$/, `${others.join('')}}\n`));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'main.tf'), offlineProvider(port) + configuration);
    const PATH = [...(path === undefined ? [] : [path]), process.env['PATH']].join(':');
    const env = { ...environment, TF_CLI_CONFIG_FILE: join(folder, 'rc'), PATH };
    const run = (...args: string[]) => promisify(execFile)('terraform', args, { cwd: folder, env, maxBuffer: 1 << 28 });
    await run('init', '-input=false');
    await run('plan', '-input=false', '-no-color', '-out=plan');
    return JSON.parse((await run('show', '-json', 'plan')).stdout) as Plan;
  } finally {
    sts.close();
    rmSync(folder, { recursive: true });
  }
}

const callerIdentity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/x</Arn><UserId>x</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

function offlineProvider(port: number): string {
  return `provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  endpoints {
    sts = "http://127.0.0.1:${port}"
  }
}
`;
}
