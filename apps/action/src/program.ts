import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ActionInputError } from './input-error.js';

/** What a run of a program left. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const mostOutput = 64 * 1024 * 1024;

/** What a program is given of the environment: no token, no credentials, no inputs. */
const passed = /^(?:PATH|HOME|USERPROFILE|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT|LANG|LC_\w+|TZ|GIT_CONFIG_\w+)$/i;

/** Runs a program to its end; it gets nothing on standard input. */
export async function runProgram(file: string, args: readonly string[], cwd: string): Promise<Ran> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passed.test(name)));
  const child = spawn(file, args, { cwd, env: { ...env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let size = 0;
  const texts = [child.stdout, child.stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) child.kill();
      else chunks.push(chunk);
    });
    return chunks;
  });
  const status = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  const [stdout, stderr] = texts.map((chunks) => Buffer.concat(chunks).toString('utf8')) as [string, string];
  if (size > mostOutput)
    return { status: -1, stdout: '', stderr: 'postern: it printed more than 64 MiB, name fewer files' };
  return { status: status ?? -1, stdout, stderr };
}

/**
 * How the command line is run: the built one that a release has beside the action, or in a clone with its dependencies
 * the one that builds itself.
 * @throws {ActionInputError} where there is neither
 */
export function findPostern(bundle: string): (args: readonly string[], cwd: string) => Promise<Ran> {
  const cli = join(bundle, '../../cli');
  const files = [join(cli, 'dist/postern.cjs')];
  if (existsSync(join(bundle, '../../../node_modules/nx'))) files.push(join(cli, 'run.mjs'));
  const program = files.find((file) => existsSync(file));
  if (program === undefined) {
    throw new ActionInputError([
      'this commit of the action holds no built program: use a tag that begins with `action-v`, or run `npm ci` in it first',
    ]);
  }
  return (args, cwd) => runProgram(process.execPath, [program, ...args], cwd);
}
