import type { Readable } from 'node:stream';
import type { Ending, ProcessGroup } from '@postern/sandbox';

/** A program that runs, however it was started. */
export interface Program {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Settled once the program itself has ended; what it started may still run. */
  readonly exited: Promise<Ending>;
  /** Settled once nothing holds its output open. */
  readonly drained: Promise<void>;
  end(signal: NodeJS.Signals, grace: number): Promise<void>;
  /** Reads no more of its output. */
  forget(): void;
}

/** What is started and run in one place. */
export interface ProgramSettings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A program that was started in a group of its own. */
export function programOf({ child, exited, end, forget }: ProcessGroup): Program {
  const drained = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { stdout: child.stdout, stderr: child.stderr, exited, drained, end, forget };
}
