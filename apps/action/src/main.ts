import { runStep } from './run.js';

process.exitCode = await runStep(process.env, import.meta.dirname, (line) => process.stdout.write(`${line}\n`));
