import { spawn } from 'node:child_process';

/** A command line of this program, and where it runs. */
export interface AskedCommand {
  readonly args: readonly string[];
  readonly cwd: string;
}

/** What it answered. */
export interface Answered {
  /** The exit code; undefined where it was ended. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was ended, in a sentence. */
  readonly ended?: string;
}

const mostOutput = 16 * 1024 * 1024;
const longest = 120_000;

/** Runs this program with other arguments, and nothing on standard input. */
export async function ask(
  program: readonly string[],
  { args, cwd }: AskedCommand,
  signal: AbortSignal,
): Promise<Answered> {
  const [file = '', ...first] = program;
  const child = spawn(file, [...first, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let ended: string | undefined;
  const end = (why: string) => {
    ended ??= why;
    child.kill('SIGKILL');
  };
  const cancel = () => end('it was cancelled');
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  const timer = setTimeout(() => end('it took more than two minutes: name less'), longest);
  let size = 0;
  const collect = (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) end('its answer is larger than 16 MiB: name less');
      else chunks.push(chunk);
    });
    return chunks;
  };
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  try {
    const code = await new Promise<number | null>((done, fail) => {
      child.on('error', fail);
      child.on('close', done);
    });
    const texts = { stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') };
    return { code: code ?? undefined, ...texts, ...(ended === undefined ? {} : { ended }) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}
