import { compare, print, quote, size } from '@postern/core';
import { keyBehindAlias, leastPolicy, listAliases, listAsked, suggest, type LogEntry } from '@postern/sandbox';
import { Finding, ProgramEnded } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { flagsText, shellWord } from '../../options/command-line.js';
import { writeOutput } from '../../output.js';
import type { RunFlags } from '../sandbox/flags.js';
import { runProgram } from '../sandbox/run-program.js';
import {
  assumptionsOf,
  countUnknown,
  counted,
  describeTheUnknown,
  isAuthorizedOnly,
  withoutLogin,
  writeReport,
} from '../sandbox/run.js';

/** `postern record`: runs a command with everything allowed, and prints the least policy that covers it. */
export async function record(command: readonly string[], flags: RunFlags, io: Io): Promise<void> {
  const run = await runProgram(command, flags, 'everything', io, flags.output === undefined);
  writeReport(run, flags, io);
  const { log, place } = run.sandbox;
  describeTheUnknown(run, io);
  const asked = listAsked(log.entries);
  const unknown = countUnknown(run);
  const notKnown = `the policy is not known: ${counted(unknown, 'request')} ${unknown === 1 ? 'was' : 'were'} not understood`;
  const needs = `what ${unknown === 1 ? 'it needs' : 'they need'} is not in it`;
  if (run.exitCode !== 0)
    writeLine(
      io.stderr,
      `note: the command ended with ${run.exitCode}: what it would have asked for later is not in the policy`,
    );
  if (asked.length === 0) {
    if (log.entries.length === 0) throw new Finding('no request to AWS came in, so there is nothing to record');
    if (unknown > 0) throw new Finding(notKnown);
    if (withoutLogin(log.entries))
      throw new Finding('the policy is not known: a registry answers nothing before a client has logged in');
    const free = describeFree(log.entries);
    // A command that failed may have failed before it asked.
    writeLine(
      io.stderr,
      run.exitCode === 0 ? `this command needs no policy: ${free}` : `${free}, and no more was asked`,
    );
    if (run.exitCode !== 0) throw new ProgramEnded(run.exitCode);
    return;
  }
  const policy = leastPolicy(asked);
  const text = `${print(policy)}\n`;
  if (flags.output === undefined) io.stdout.write(text);
  else writeOutput(flags.output, text, io);
  writeLine(io.stderr, `${counted(asked.length, 'permission')}, ${size(policy)} characters`);
  if (unknown > 0) {
    const isKnown = unknown === log.entries.filter((entry) => isAuthorizedOnly(entry)).length;
    throw new Finding(
      isKnown
        ? `whether the policy is whole is not known: ${counted(unknown, 'request')} got no answer, and the command may have stopped there`
        : `${notKnown}, and ${needs}`,
    );
  }
  for (const alias of listAliases(log.entries))
    writeLine(
      io.stderr,
      `note: KMS alone knows the key behind ${quote(alias)}, so the policy names the alias: \`aws kms describe-key --key-id ${shellWord(alias)} --query KeyMetadata.Arn\` shows the key, and \`--kms-alias ${shellWord(alias)}=KEY\` records with it`,
    );
  for (const text of assumptionsOf(run)) writeLine(io.stderr, `note: ${text}`);
  const found = suggest(asked, { ...place, region: regionOf(log.entries) ?? place.region });
  for (const { useCase, options, document } of found) {
    const how = given[compare(policy, document).relation] ?? 'gives all of it, and more, under conditions of its own';
    writeLine(
      io.stderr,
      `${quote(useCase.id)} ${how}: postern generate ${useCase.id} ${flagsText(useCase, withoutKey(options))}`,
    );
  }
  if (found.length === 0)
    writeLine(io.stderr, 'no use case of the catalog gives all of it with the names that were asked for');
  if (run.exitCode !== 0) throw new ProgramEnded(run.exitCode);
}

/** What the policy of an entry gives, as against the recorded one: its own conditions may keep it narrower. */
const given: Readonly<Record<string, string>> = {
  equal: 'gives just that',
  wider: 'gives all of it, and more',
  narrower: 'gives all that was asked for, under conditions of its own',
};

/** The region that most requests went to: a command may choose another one than the environment. */
function regionOf(entries: readonly LogEntry[]): string | undefined {
  const times = new Map<string, number>();
  for (const { region, checks } of entries) if (checks.length > 0) times.set(region, (times.get(region) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Requests that ask IAM for nothing, such as GetCallerIdentity. */
function describeFree(entries: readonly LogEntry[]): string {
  const names = [...new Set(entries.map(({ service, operation }) => `${service} ${operation}`))];
  return `${names.join(', ')} ${names.length === 1 ? 'asks' : 'ask'} for no permission`;
}

/** The key behind an alias is for the user to put in. */
function withoutKey(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = (value: unknown) => (value === keyBehindAlias ? 'KEY' : value);
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, named(value)]));
}
