import { runProgram } from './run-program.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Installs packages of npm into a folder of their own. */
export async function npmInstall(specs: readonly string[], folder: string, env: Environment): Promise<void> {
  const flags = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
  await runProgram('npm', ['install', '--prefix', folder, ...flags, ...specs], { env, in: folder });
}
