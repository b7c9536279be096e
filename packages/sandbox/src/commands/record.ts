import { compare, print, quote, size, type UseCase } from '@postern/core';
import { Finding, kebabCase, ProgramEnded, writeLine, writeOutput, type Io } from '@postern/cli';
import { listAsked } from '../record/asked.js';
import { leastPolicy } from '../record/least-policy.js';
import { suggest } from '../record/suggest.js';
import type { RunFlags } from './commands.js';
import { runProgram } from './run-program.js';
import { describeTheUnknown, writeReport } from './sandbox.js';

/** `postern record`: runs a command with everything allowed, and prints the least policy that covers it. */
export async function record(command: readonly string[], flags: RunFlags, io: Io): Promise<void> {
  const run = await runProgram(command, flags, 'everything', io);
  await writeReport(run, flags);
  const { log, refusedHosts, place } = run.sandbox;
  describeTheUnknown(log.entries, refusedHosts, io);
  const asked = listAsked(log.entries);
  if (run.exitCode !== 0)
    writeLine(
      io.stderr,
      `note: the command ended with ${run.exitCode}: what it would have asked for later is not in the policy`,
    );
  if (asked.length === 0) {
    throw new Finding(
      log.entries.length === 0
        ? 'no request to AWS came in, so there is nothing to record'
        : 'no request asked for a permission: this command needs no policy',
    );
  }
  const policy = leastPolicy(asked);
  const text = `${print(policy)}\n`;
  if (flags.output === undefined) io.stdout.write(text);
  else await writeOutput(flags.output, text);
  writeLine(io.stderr, `${asked.length} permission${asked.length === 1 ? '' : 's'}, ${size(policy)} characters`);
  const found = suggest(asked, place);
  for (const { useCase, options, document } of found) {
    const how = compare(policy, document).relation === 'equal' ? 'gives just that' : 'gives all of it, and more';
    writeLine(io.stderr, `${quote(useCase.id)} ${how}: postern generate ${useCase.id} ${flagsText(useCase, options)}`);
  }
  if (found.length === 0) writeLine(io.stderr, 'no use case of the catalog gives all of it');
  if (run.exitCode !== 0) throw new ProgramEnded(run.exitCode);
}

function flagsText(useCase: UseCase, options: Readonly<Record<string, unknown>>): string {
  return Object.keys(useCase.options)
    .filter((name) => name in options)
    .map((name) => {
      const value = options[name];
      if (typeof value === 'boolean') return value ? `--${kebabCase(name)}` : `--no-${kebabCase(name)}`;
      return `--${kebabCase(name)} ${[value]
        .flat()
        .map((one) => shellWord(String(one)))
        .join(' ')}`;
    })
    .join(' ');
}

function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
