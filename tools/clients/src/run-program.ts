import { spawn } from 'node:child_process';

/** What an installing program did not do, with the end of what it said. */
export class InstallFailure extends Error {
  override readonly name = 'InstallFailure';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Runs an installing program to its end.
 * @returns what it wrote to standard output
 * @throws {InstallFailure} where it is missing or fails
 */
export function runProgram(
  program: string,
  args: readonly string[],
  settings: { readonly env: Environment; readonly in?: string; readonly hint?: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...settings.env },
      ...(settings.in === undefined ? {} : { cwd: settings.in }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr = (stderr + chunk).slice(-4000)));
    const hint = settings.hint === undefined ? '' : `: ${settings.hint}`;
    child.on('error', () => reject(new InstallFailure(`\`${program}\` is missing${hint}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new InstallFailure(`\`${[program, ...args].join(' ')}\` failed: ${lastLines(stderr || stdout)}`));
    });
  });
}

const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' ').trim();
