import { mkdirSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { marker, reachGroup, startGroup, type Ending, type Marker, type Reach } from '@postern/sandbox';
import type { Program, ProgramSettings } from '../program.js';
import { findScript } from './find-script.js';
import { warmProgram } from './program.js';

/** A client of Python whose modules are loaded. */
export interface WarmClient {
  /** Starts it with arguments; undefined where it has ended meanwhile, or was loaded for other variables than these. */
  start(args: readonly string[], settings: ProgramSettings): Program | undefined;
  close(): Promise<void>;
}

interface WarmRun {
  readonly started: (reach: Reach | undefined) => void;
  readonly ended: (ending: Ending) => void;
  readonly mark: Marker;
}

interface WarmMessage {
  readonly ready?: true;
  readonly unfit?: string;
  readonly id?: number;
  readonly pid?: number;
  readonly code?: number;
  readonly signal?: NodeJS.Signals;
}

/** What the environment holds in which a client is loaded, so that it is found where a module keeps it. */
const nowhere = '/postern-nowhere';

/**
 * Loads a client.
 * @param trials the arguments of commands, of which each does nothing but load
 * @param names the variables that its commands will have
 * @param folder may be made and written to
 * @throws {Error} where it cannot be loaded so, with the reason
 */
export async function openWarmClient(
  path: string,
  trials: readonly (readonly string[])[],
  names: readonly string[],
  folder: string,
): Promise<WarmClient> {
  const found = await findScript(path, folder);
  if (found === undefined) throw new Error('it is no program of Python 3.10 or later');
  mkdirSync(folder, { recursive: true });
  const known = [...names].sort();
  const runs = new Map<number, WarmRun>();
  /** Where the output of commands goes, until they have told that it is theirs: they may have ended by then. */
  const outputs = new Map<string, PassThrough>();
  let last = 0;

  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    // A command says in a line which output of which command this is.
    socket.once('data', (chunk) => {
      const end = chunk.indexOf('\n');
      const name = chunk.toString('utf8', 0, end);
      const output = outputs.get(name);
      outputs.delete(name);
      if (output === undefined) return void socket.destroy();
      output.write(chunk.subarray(end + 1));
      socket.pipe(output);
    });
  });
  const address = join(folder, 'output');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(address, resolve);
  });

  const env = {
    ...Object.fromEntries(names.map((name) => [name, `${nowhere}/${name}`])),
    PATH: process.env['PATH'] ?? '',
  };
  const group = startGroup(found.python, [...found.flags, '-c', warmProgram], {
    cwd: folder,
    env,
    // Nobody reads its errors, but what Python takes for its streams must be of the kind that its commands have.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { stdin, stdout: answers } = group.child;
  group.child.stderr!.resume();
  let open = true;
  const tell = (value: object) => void stdin!.write(`${JSON.stringify(value)}\n`);
  const told = new Promise<string | undefined>((resolve) => {
    const lines = createInterface({ input: answers! });
    lines.on('line', (line) => {
      const { ready, unfit, id, pid, code, signal } = JSON.parse(line) as WarmMessage;
      if (ready === true) resolve(undefined);
      if (unfit !== undefined) resolve(unfit);
      const run = id === undefined ? undefined : runs.get(id);
      if (run === undefined) return;
      if (pid !== undefined) run.started(reachGroup(pid, run.mark));
      else {
        runs.delete(id!);
        run.ended({ code: code ?? null, signal: signal ?? null });
      }
    });
    void group.exited.then(({ error }) => {
      open = false;
      resolve(error?.message ?? 'it ended while it was loaded');
      for (const run of runs.values()) {
        run.started(undefined);
        run.ended({ code: null, signal: 'SIGKILL' });
      }
      runs.clear();
    });
  });
  stdin!.on('error', () => undefined);
  const close = async () => {
    open = false;
    await group.end('SIGTERM', 0);
    group.forget();
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  tell({ script: found.script, trials, names, marker: nowhere, socket: address });
  const unfit = await told;
  if (unfit !== undefined) {
    await close();
    throw new Error(unfit);
  }

  return {
    start(args, { cwd, env: own }) {
      if (!open || !isDeepStrictEqual(Object.keys(own).sort(), known)) return undefined;
      const id = (last += 1);
      const mark = marker();
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      outputs.set(`${id} stdout`, stdout).set(`${id} stderr`, stderr);
      const [reach, started] = later<Reach | undefined>();
      const [exited, ended] = later<Ending>();
      runs.set(id, { started, ended, mark });
      tell({ id, args, cwd, env: { ...own, ...mark.environment } });
      const both = [stdout, stderr];
      const ends = both.map((one) => new Promise<void>((resolve) => one.once('close', resolve)));
      return {
        stdout,
        stderr,
        exited,
        drained: Promise.all(ends).then(() => undefined),
        end: async (signal, grace) => (await reach)?.end(signal, grace),
        forget: () => both.forEach((one) => one.destroy()),
      };
    },
    close,
  };
}

/** A promise, and what settles it. */
function later<T>(): readonly [Promise<T>, (value: T) => void] {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return [promise, settle];
}
