import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import {
  createClients,
  type Credentials,
  environmentFor,
  type Sandbox,
  type SendCall,
  startGroup,
} from '@postern/sandbox';
import { programOf, type Program } from './program.js';
import type { FoundTools, ProgramName } from './tools.js';
import type { WarmClients } from './warm/warm-clients.js';

/** What came of a command. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A step did not end as it must: the tool failed, or what it left behind is wrong. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

/** Where a scenario's steps run: a sandbox, a folder, and one principal. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** The ARN of that principal. */
  readonly principal: string;
  /** The environment in which unchanged commands reach the sandbox as that principal. */
  readonly environment: Readonly<Record<string, string>>;
  /** The tools, for those that are told where another one is. */
  readonly tools: FoundTools;
  /** What went wrong with the tools themselves: one that a signal ended, that hung, or that could not be started. */
  readonly accidents: readonly string[];
  /** What tools that failed said, newest last. */
  readonly said: readonly string[];
  /** Calls of the AWS SDK as that principal. */
  readonly call: SendCall;
  /** Runs a tool and gives what came of it. */
  run(tool: ProgramName, args: readonly string[], settings?: RunSettings): Promise<Outcome>;
  /**
   * Runs a tool that must succeed.
   * @throws {StepFailure} with the tool's own error where it does not
   */
  succeed(tool: ProgramName, args: readonly string[], settings?: RunSettings): Promise<string>;
  /** Starts a tool that runs on beside the others; it is ended with the stage. */
  start(tool: ProgramName, args: readonly string[], settings?: RunSettings): Running;
  /** Writes a file into the folder. */
  write(path: string, text: string | Buffer): string;
  isClosed(): boolean;
  close(): Promise<void>;
}

export interface RunSettings {
  /** A folder in the stage's folder. */
  readonly in?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
}

/** How long a tool may run, in milliseconds. */
const longest = 120_000;

/**
 * Opens a stage in a folder that exists.
 * @param patience how long a tool may run, in milliseconds
 * @param warm what starts some tools sooner, where it can
 */
export async function openStage(
  sandbox: Sandbox,
  credentials: Credentials & { readonly arn: string },
  folder: string,
  found: FoundTools,
  patience: number = longest,
  warm?: WarmClients,
): Promise<Stage> {
  const certificateFile = join(folder, 'certificate-authority.pem');
  writeFileSync(certificateFile, (await sandbox.authority()).certificate);
  const environment: Record<string, string> = {
    ...environmentFor(sandbox, credentials, certificateFile),
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    TMPDIR: folder,
    TF_CLI_CONFIG_FILE: devNull,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
  const clients = createClients(sandbox.endpoint, credentials, sandbox.place.region);
  const programs = new Set<Program>();
  const accidents: string[] = [];
  const said: string[] = [];
  let closed = false;

  function settingsOf({ in: below = '.', env }: RunSettings = {}) {
    return { cwd: join(folder, below), env: { ...environment, ...env } };
  }

  function startPlain(tool: ProgramName, args: readonly string[], settings?: RunSettings) {
    const path = found[tool]?.path;
    if (path === undefined) throw new StepFailure(`${tool} is missing`);
    if (closed) throw new Error('the stage is closed');
    const { cwd, env } = settingsOf(settings);
    return startGroup(path, args, {
      cwd,
      env: warm?.environmentOf(tool, env) ?? env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** What comes of a program that runs. */
  function attend(tool: ProgramName, program: Program): Promise<Outcome> {
    programs.add(program);
    let stdout = '';
    let stderr = '';
    program.stdout?.on('data', (chunk) => (stdout += chunk));
    program.stderr?.on('data', (chunk) => (stderr += chunk));
    const late = setTimeout(() => {
      accidents.push(`${tool} did not end within ${patience / 1000} seconds`);
      void program.end('SIGKILL', 0);
    }, patience);
    return program.exited.then(async (ending): Promise<Outcome> => {
      clearTimeout(late);
      if (ending.error === undefined) {
        // What a tool leaves running may hold its output open: it is ended with the tool.
        await Promise.race([program.drained, wait(100)]);
        await program.end('SIGTERM', 500);
        await Promise.race([program.drained, wait(500)]);
      }
      program.forget();
      programs.delete(program);
      return { code: ending.code, stdout, stderr: ending.error === undefined ? stderr : String(ending.error) };
    });
  }

  function start(tool: ProgramName, args: readonly string[], settings?: RunSettings): Running {
    const group = startPlain(tool, args, settings);
    const told = attend(tool, programOf(group)).then((outcome) => {
      if (outcome.code !== 0) said.push(errorOf(outcome));
      return outcome;
    });
    return { child: group.child, ended: told };
  }

  const run: Stage['run'] = async (tool, args, settings) => {
    const forked = await warm?.start(tool, args, settingsOf(settings));
    const program = forked ?? programOf(startPlain(tool, args, settings));
    const attended = attend(tool, program);
    if (closed) await program.end('SIGKILL', 0);
    const outcome = await attended;
    const { error, signal } = await program.exited;
    if (error !== undefined) accidents.push(`${tool} cannot be started: ${error.message}`);
    else if (signal !== null) accidents.push(`${tool} was ended by ${signal}`);
    if (outcome.code !== 0) said.push(errorOf(outcome));
    return outcome;
  };

  return {
    sandbox,
    folder,
    principal: credentials.arn,
    environment,
    tools: found,
    accidents,
    said,
    call: clients.call,
    run,
    start,
    async succeed(tool, args, settings) {
      const outcome = await run(tool, args, settings);
      if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
      return outcome.stdout;
    },
    write(path, text) {
      if (closed) throw new Error('the stage is closed');
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    isClosed: () => closed,
    async close() {
      closed = true;
      await Promise.all([...programs].map((program) => program.end('SIGKILL', 0)));
    },
  };
}

/** The line of a tool's output that says what went wrong: the one with the refusal, else the first with an error. */
export function errorOf({ stdout, stderr, code }: Outcome): string {
  // Terraform folds its messages into a box.
  const text = `${stderr}\n${stdout}`
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/^[│╷╵ ]+/gm, '')
    .replace(/\r/g, '');
  const unfolded = text.replace(/([^\n])\n(?=[^\n])/g, '$1 ').split('\n');
  const line =
    unfolded.find((one) => /not authorized to perform|AccessDenied|Forbidden|StatusCode: 403/.test(one)) ??
    unfolded.find((one) => /error/i.test(one)) ??
    unfolded.find((one) => one.trim() !== '') ??
    `exit code ${code}`;
  // What stands behind the refusal differs with the weather: the lock's own details, a second error.
  return (/^.*?no identity-based policy allows the \S+ action/.exec(line)?.[0] ?? line).trim();
}
