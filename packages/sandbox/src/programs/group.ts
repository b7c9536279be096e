import { ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { constants } from 'node:os';
import { marked, marker } from './marker.js';

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  readonly error?: NodeJS.ErrnoException;
}

/** A program with everything that it started. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** Settled once the program itself has ended; what it started may still run. */
  readonly exited: Promise<Ending>;
  /** Sends a signal to the program and everything that it started. */
  signal(signal: NodeJS.Signals): void;
  /**
   * Ends all of it: with a signal first, and for good where it has not ended in time.
   * @param grace how long it may clean up, in milliseconds
   * @param had whether the signal has reached it already, as Ctrl-C of its terminal does
   */
  end(signal: NodeJS.Signals, grace: number, had?: boolean): Promise<void>;
  /** Reads no more of its output, which something that was not found may still hold open. */
  forget(): void;
}

export interface GroupSettings {
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdio: StdioOptions;
  /** Stays in the terminal's foreground group, so that it can ask questions there; Ctrl-C then reaches it by itself. */
  readonly foreground?: boolean;
}

const windows = process.platform === 'win32';

/** Starts a program in a process group of its own. */
export function startGroup(command: string, args: readonly string[], settings: GroupSettings): ProcessGroup {
  const { foreground = false, env, ...rest } = settings;
  const mark = marker();
  const apart = !foreground && !windows;
  let child = new ChildProcess();
  const exited = new Promise<Ending>((resolve) => {
    try {
      child = spawn(command, [...args], { ...rest, env: { ...env, ...mark.environment }, detached: apart });
    } catch (error) {
      // Some of what keeps a program from starting is thrown, such as a path below a file or too many arguments.
      resolve({ code: null, signal: null, error: error as NodeJS.ErrnoException });
      return;
    }
    child.once('error', (error: NodeJS.ErrnoException) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

  /** Everything that still runs: the group, and what left the group but carries the mark of the run. */
  function signalAll(signal: NodeJS.Signals | 0): boolean {
    const { pid } = child;
    if (pid === undefined) return false;
    const running = child.exitCode === null && child.signalCode === null;
    const own = apart ? [-pid] : running ? [pid] : [];
    let reached = false;
    const group = new Set(own);
    for (const one of marked(mark)) if (!apart || one.group !== pid) group.add(one.pid);
    for (const target of group) {
      try {
        process.kill(target, signal);
        reached = true;
      } catch {
        // It has ended meanwhile.
      }
    }
    return reached;
  }

  async function gone(within: number): Promise<boolean> {
    const end = Date.now() + within;
    while (signalAll(0)) {
      if (Date.now() >= end) return false;
      await wait(20);
    }
    return true;
  }

  return {
    child,
    exited,
    signal: (signal) => void signalAll(signal),
    async end(signal, grace, had = false) {
      if (signalAll(had ? 0 : signal) && !(await gone(grace))) {
        signalAll('SIGKILL');
        await gone(2000);
      }
    },
    forget() {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

/** The exit code that a shell gives for an ending. */
export function exitCodeOf({ code, signal }: Ending): number {
  return code ?? 128 + (signal === null ? 9 : constants.signals[signal]);
}
