import { accessSync, constants } from 'node:fs';
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pinnedVersion } from './origin.js';
import {
  aboutTool,
  toolNames,
  toolVariable,
  type FoundTool,
  type FoundTools,
  type ProgramName,
  type ToolName,
} from './tools.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder in which `npm run clients` keeps what it installs, beside the user's other caches. */
export function clientsFolder(env: Environment): string {
  const cache = env['XDG_CACHE_HOME'];
  const base = cache !== undefined && cache.startsWith('/') ? cache : join(env['HOME'] ?? homedir(), '.cache');
  return join(base, 'postern', 'clients');
}

/** Where an installed client lies, by its pinned release; undefined where the system's packages place it. */
export function installedPath(name: ProgramName, env: Environment): string | undefined {
  const { origin, program = name } = aboutTool(name);
  const version = pinnedVersion(origin);
  return version === undefined ? undefined : join(clientsFolder(env), `${name}-${version}`, 'bin', program);
}

/**
 * Looks for the tools: a path that was given, else the first on the PATH that is of the right releases, else what
 * `npm run clients` installed. A program that says no version counts as missing; so does a given path with another release.
 * @param paths by the tool's name, as `--tool` has them; the environment's variables stand in
 * @param names the tools that are looked for
 */
export async function findTools(
  paths: Readonly<Record<string, string>>,
  env: Environment,
  names: readonly ProgramName[] = toolNames,
): Promise<FoundTools> {
  const pathOf = (name: ProgramName) => paths[name] ?? env[toolVariable(name)];
  const entries = await Promise.all(
    names.map(async (name): Promise<[ProgramName, FoundTool] | undefined> => {
      const found = await findTool(name, pathOf(name), env);
      return found === undefined ? undefined : [name, found];
    }),
  );
  const found: Partial<Record<ToolName, FoundTool>> = Object.fromEntries(
    entries.filter((entry) => entry !== undefined),
  );
  for (const name of names) {
    const { origin } = aboutTool(name);
    if (found[name] !== undefined || origin.kind !== 'vendor' || origin.instead === undefined) continue;
    const instead = origin.instead as ProgramName;
    const other = found[instead] ?? (await findTool(instead, pathOf(instead), env));
    if (other !== undefined) found[name] = await standIn(name, other, env);
  }
  return found;
}

async function findTool(
  name: ProgramName,
  given: string | undefined,
  env: Environment,
): Promise<FoundTool | undefined> {
  const { program = name, root } = aboutTool(name);
  if (root === true && process.getuid?.() !== 0) return undefined;
  const installed = installedPath(name, env);
  const candidates =
    given !== undefined && given !== ''
      ? [given]
      : [...new Set([...onPath(program, env['PATH'] ?? ''), ...(installed === undefined ? [] : [installed])])];
  for (const path of candidates) {
    const version = await versionOf(name, path, env);
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

/** Another program in the place of a missing one; its version tells which. */
async function standIn(name: ProgramName, other: FoundTool, env: Environment): Promise<FoundTool> {
  return { path: other.path, version: (await versionOf(name, other.path, env)) ?? other.version };
}

/** @returns undefined where the program is missing, says no version, or is of a release that does not stand for the tool */
async function versionOf(name: ProgramName, path: string, env: Environment): Promise<string | undefined> {
  const { versionArguments, version, releases } = aboutTool(name);
  const found = version.exec(await output(path, versionArguments, env))?.[1];
  return found === undefined || releases?.test(found) === false ? undefined : found;
}

function onPath(program: string, path: string): string[] {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => suffixes.map((suffix) => join(folder, program + suffix)))
    .filter((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function output(path: string, args: readonly string[], env: Environment): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(path, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: env['PATH'], HOME: env['HOME'], CHECKPOINT_DISABLE: '1' },
    });
    // The time that Node's own option gives is waited for by a process whose child could not be started.
    const late = setTimeout(() => child.kill(), 60_000);
    const end = (text: string) => {
      clearTimeout(late);
      resolve(text);
    };
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('error', () => end(''));
    child.on('close', () => end(text));
  });
}
