import { ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { constants } from 'node:os';
import { marked, marker, type Marker } from './marker.js';

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  readonly error?: NodeJS.ErrnoException;
}

/** The ways to reach a program and everything that it started. */
export interface Reach {
  /** Sends a signal to the program and everything that it started. */
  signal(signal: NodeJS.Signals): void;
  /**
   * Ends all of it: with a signal first, and for good where it has not ended in time.
   * @param grace how long it may clean up, in milliseconds
   * @param had whether the signal has reached it already, as Ctrl-C of its terminal does
   */
  end(signal: NodeJS.Signals, grace: number, had?: boolean): Promise<void>;
}

/** A program with everything that it started. */
export interface ProcessGroup extends Reach {
  readonly child: ChildProcess;
  /** Settled once the program itself has ended; what it started may still run. */
  readonly exited: Promise<Ending>;
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

  const reach = reachOf(mark, () => {
    const { pid } = child;
    if (pid === undefined) return undefined;
    const running = child.exitCode === null && child.signalCode === null;
    return apart ? { group: pid, targets: [-pid] } : { targets: running ? [pid] : [] };
  });

  return {
    child,
    exited,
    ...reach,
    forget() {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

/**
 * Reaches a program that another one started, in a group of its own.
 * @param mark what its environment carries
 */
export const reachGroup = (pid: number, mark: Marker): Reach => reachOf(mark, () => ({ group: pid, targets: [-pid] }));

/** What still runs of a program: its group or itself, and what left the group but carries the mark of the run. */
function reachOf(
  mark: Marker,
  own: () => { readonly group?: number; readonly targets: readonly number[] } | undefined,
): Reach {
  function signalAll(signal: NodeJS.Signals | 0): boolean {
    const known = own();
    if (known === undefined) return false;
    const targets = new Set(known.targets);
    for (const one of marked(mark)) if (one.group !== known.group) targets.add(one.pid);
    let reached = false;
    for (const target of targets) {
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
    signal: (signal) => void signalAll(signal),
    async end(signal, grace, had = false) {
      if (signalAll(had ? 0 : signal) && !(await gone(grace))) {
        signalAll('SIGKILL');
        await gone(2000);
      }
    },
  };
}

/** The exit code that a shell gives for an ending. */
export function exitCodeOf({ code, signal }: Ending): number {
  return code ?? 128 + (signal === null ? 9 : constants.signals[signal]);
}
