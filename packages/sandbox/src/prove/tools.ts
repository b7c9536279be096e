import { accessSync, constants } from 'node:fs';
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** A program that a step runs, or the AWS SDK, which makes the calls of a tool that cannot be run here. */
export type ToolName = 'terraform' | 'skopeo' | 'aws' | 'terragrunt' | 'replay';

interface ToolAbout {
  /** How its version is asked for, and read. */
  readonly versionArguments: readonly string[];
  readonly version: RegExp;
  readonly install: string;
}

export const tools: Readonly<Record<Exclude<ToolName, 'replay'>, ToolAbout>> = {
  terraform: {
    versionArguments: ['version'],
    version: /^Terraform v(\S+)/m,
    install: 'see https://developer.hashicorp.com/terraform/install',
  },
  skopeo: {
    versionArguments: ['--version'],
    version: /version (\S+)/,
    install: 'apt-get install skopeo, or see https://github.com/containers/skopeo/blob/main/install.md',
  },
  aws: {
    versionArguments: ['--version'],
    version: /^aws-cli\/(\S+)/,
    install:
      'apt-get install awscli, or see https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
  },
  terragrunt: {
    versionArguments: ['--version'],
    version: /v?(\d\S+)/,
    install: 'see https://terragrunt.gruntwork.io/docs/getting-started/install/',
  },
};

/** A tool as it was found: where, and which version. */
export interface FoundTool {
  readonly path: string;
  readonly version: string;
}

export type FoundTools = Readonly<Partial<Record<ToolName, FoundTool>>>;

/**
 * Looks for the tools, at the paths given for them, else on the PATH. A tool that is there but says no version counts as
 * missing.
 */
export async function findTools(
  paths: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FoundTools> {
  const entries = await Promise.all(
    Object.entries(tools).map(async ([name, about]): Promise<[string, FoundTool] | undefined> => {
      const path = paths[name] ?? onPath(name, env['PATH'] ?? '');
      if (path === undefined) return undefined;
      const version = about.version.exec(await output(path, about.versionArguments))?.[1];
      return version === undefined ? undefined : [name, { path, version }];
    }),
  );
  return Object.fromEntries(entries.filter((entry) => entry !== undefined));
}

function onPath(name: string, path: string): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function output(path: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(path, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], CHECKPOINT_DISABLE: '1' },
      timeout: 20_000,
    });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(text));
  });
}
