import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program of Python, behind whatever starts it. */
export interface Script {
  readonly python: string;
  /** What stands before the script: flags of Python. */
  readonly flags: readonly string[];
  readonly script: string;
}

/** Python loads it before anything else, so that the program itself does not start. */
const telling = `import json, os, sys
print(json.dumps([sys.executable, sys.orig_argv]), flush=True)
os._exit(0)
`;

/**
 * Finds which Python runs a program and which script it runs, through shims and programs of the shell that start it.
 * @param folder may be written to
 * @returns undefined where it is no program of Python, or one that does not say so
 */
export async function findScript(path: string, folder: string): Promise<Script | undefined> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'sitecustomize.py'), telling);
  const argument = '--postern-looks-for-the-script';
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, PYTHONPATH: folder };
  const text = await new Promise<string>((resolve) => {
    const child = spawn(path, [argument], { env, stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(output));
  });
  try {
    const [python, [, ...words]] = JSON.parse(text) as [string, [string, ...string[]]];
    const script = words.at(-2);
    if (words.at(-1) !== argument || script === undefined || !script.startsWith('/')) return undefined;
    return { python, flags: words.slice(0, -2), script };
  } catch {
    return undefined;
  }
}
