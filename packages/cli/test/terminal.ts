import { run } from '../src/index.js';

/** What a command line gave. */
export interface TerminalResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function postern(
  args: readonly string[],
  settings: {
    stdin?: string | Uint8Array;
    terminal?: boolean;
    env?: Record<string, string>;
    columns?: number | undefined;
  } = {},
): Promise<TerminalResult> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (written[name] += text),
    isTTY: settings.terminal ?? false,
    columns: 'columns' in settings ? settings.columns : 100,
  });
  async function* stdin() {
    if (settings.stdin !== undefined) yield settings.stdin;
  }
  const io = { stdin: stdin(), stdout: output('stdout'), stderr: output('stderr'), env: settings.env ?? {} };
  return { code: await run(args, io, '1.2.3'), ...written };
}

export const push = ['generate', 'ecr-docker-push'];
export const place = ['--account', '123456789012', '--region', 'eu-west-1'];
export const pushMyApp = [...push, '--repositories', 'my-app', ...place];
