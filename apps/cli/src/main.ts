import { run } from '@postern/cli';
import { terminal } from './terminal.js';

declare const POSTERN_VERSION: string;

run(process.argv.slice(2), terminal, POSTERN_VERSION).then(
  (code) => {
    process.exitCode = code;
    // Nothing goes on: V8 would collect garbage once more before the end, which takes a fifth of making a policy.
    if (process.getActiveResourcesInfo().length === 0) process.exit();
  },
  (error: unknown) => {
    if (error instanceof Error && error.name === 'PipeClosed') {
      // As a program ends that SIGPIPE ends; what was open is closed by now.
      process.exitCode = 141;
      return;
    }
    terminal.stderr.write(`postern: an error of its own: ${String(error)}; please report it with the command\n`);
    process.exitCode = 70;
  },
);
