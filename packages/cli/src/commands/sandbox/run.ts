import { DocumentError, quote, visible, type DocumentSource } from '@postern/core';
import { unresolved, type CheckResult, type LogEntry } from '@postern/sandbox';
import { look, toDo } from '@postern/why';
import { Finding, InputError, ProgramEnded } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { writeOutput } from '../../output.js';
import { readInput } from '../../policies/input.js';
import { placeOf } from '../../policies/place.js';
import { findUseCase } from '../../use-cases.js';
import { flagsFor } from '../why/advice.js';
import type { RunFlags } from './flags.js';
import { runProgram, type ProgramRun } from './run-program.js';

/** `postern sandbox`: runs a command under policies, and prints what was denied. */
export async function sandbox(command: readonly string[], flags: RunFlags, io: Io): Promise<void> {
  const documents: DocumentSource[] = [];
  for (const policy of flags.policy ?? []) {
    const input = await readInput(policy, placeOf(flags), io, { ...placeGiven(flags), type: 'identity' });
    for (const note of input.notes) writeLine(io.stderr, `note: ${note}`);
    documents.push(...input.documents);
  }
  const run = await runProgram(command, flags, documents, io).catch((error: unknown) => {
    if (error instanceof DocumentError) throw new InputError([`the policy cannot be read: ${error.message}`]);
    throw error;
  });
  writeReport(run, flags, io);
  printDenials(run, io);
  if (run.exitCode !== 0) throw new ProgramEnded(run.exitCode);
  const unknown = countUnknown(run);
  if (unknown > 0)
    throw new Finding(
      `whether the policy is enough is not known: ${counted(unknown, 'request')} ${unknown === 1 ? 'was' : 'were'} not understood`,
    );
}

/** The place that the flags of the sandbox say holds for its policies too. */
const placeGiven = ({ account, region }: RunFlags) => ({
  ...(account === undefined ? {} : { account }),
  ...(region === undefined ? {} : { region }),
});

/** Every request with its checks, as JSON. */
export function writeReport({ sandbox: { log, place, refusedHosts } }: ProgramRun, { report }: RunFlags, io: Io): void {
  if (report === undefined) return;
  const requests = log.entries.map(({ checks, ...entry }) => ({
    ...entry,
    checks: checks.map(({ action, resource, context, advisory, decision }) => ({
      action,
      resource,
      context: context ?? {},
      advisory,
      ...decision,
    })),
  }));
  const whole = { place, requests, refusedHosts: [...refusedHosts], dropped: log.dropped };
  writeOutput(report, `${JSON.stringify(whole, null, 2)}\n`, io);
}

interface Denial {
  readonly check: CheckResult;
  readonly operations: Set<string>;
  times: number;
}

function denialsOf(entries: readonly LogEntry[]): Denial[] {
  const found = new Map<string, Denial>();
  for (const entry of entries) {
    for (const check of entry.checks) {
      if (check.decision.decision === 'allowed') continue;
      const id = JSON.stringify([check.action, check.resource, check.decision.decision]);
      const denial = found.get(id) ?? { check, operations: new Set<string>(), times: 0 };
      denial.operations.add(`${entry.service} ${entry.operation}`);
      denial.times += 1;
      found.set(id, denial);
    }
  }
  return [...found.values()];
}

function printDenials(run: ProgramRun, io: Io): void {
  const line = (text: string) => writeLine(io.stderr, visible(text));
  const { entries } = run.sandbox.log;
  const denials = denialsOf(entries);
  const unknown = countUnknown(run);
  const asked = `${counted(entries.length, 'request')} to AWS${unknown === 0 ? '' : `, ${unknown} of them not understood`}`;
  const missing =
    denials.length === 0
      ? 'nothing was denied'
      : `${denials.length} permission${denials.length === 1 ? ' is' : 's are'} missing`;
  line(`postern: ${asked}, ${missing}`);
  for (const { check, operations, times } of denials) {
    line(`  denied   ${check.action} on ${check.resource}${times > 1 ? `, ${times} times` : ''}`);
    line(`    asked  by ${[...operations].join(', ')}${check.advisory ? ', whose answer it only changes' : ''}`);
    line(`    since  ${reasonOf(check)}`);
    for (const text of seeLines(check)) line(`    see    ${text}`);
  }
  for (const text of assumptionsOf(run)) line(`  assumed  ${text}`);
  describeTheUnknown(run, io);
}

/** The options that bring a permission, by the resource and the condition keys of the request. */
export function seeLines({
  action,
  resource,
  context = {},
}: Pick<CheckResult, 'action' | 'resource' | 'context'>): string[] {
  // An alias tells nothing of the key: any option that takes a key may be the one.
  const known = unresolved.test(resource) ? undefined : resource;
  const { candidates } = look({ action, resource: known, context });
  return candidates.map((candidate) => {
    const flags = flagsFor(findUseCase(candidate.useCase), candidate);
    const how =
      flags.length === 0
        ? `\`postern generate ${candidate.useCase}\``
        : `\`${flags.join(' ')}\` of \`${candidate.useCase}\``;
    return `${how} brings it${toDo(candidate.reason)}`;
  });
}

/** What the sandbox could not answer: nothing is known about these requests. */
export function describeTheUnknown({ sandbox: { log, refusedHosts } }: ProgramRun, io: Io): void {
  const unserved = log.entries.filter(({ understood }) => !understood);
  const linesOf = unserved.map((entry) => [nameUnknown(entry), isAuthorizedOnly(entry)] as const);
  const names = linesOf.map(([name]) => name);
  for (const [name, authorized] of new Map(linesOf)) {
    const times = names.filter((one) => one === name).length;
    const known = authorized
      ? 'it knows what that needs, and not what the command would do next'
      : 'nothing is known of what it needs';
    writeLine(io.stderr, `  unknown  the sandbox ${name}${times > 1 ? `, asked ${times} times` : ''}: ${known}`);
  }
  if (withoutLogin(log.entries))
    writeLine(
      io.stderr,
      '  login    the registry was asked without a password: log in first, as with `aws ecr get-login-password`',
    );
  const strangers = strangersIn(log.entries).length;
  if (strangers > 0) writeLine(io.stderr, `  unsigned ${counted(strangers, 'request')} carried no key of the sandbox`);
  for (const host of refusedHosts)
    writeLine(io.stderr, `  refused  ${quote(host)} is not AWS, and nothing else is reached from the sandbox`);
}

/** What is said of a request that cannot be read, whatever its service. */
const unread =
  /^(?:SerializationException|MalformedXML|EntityTooLarge|BadDigest|IncompleteBody|MissingAction|InvalidAction|InvalidBucketName)$/;

function nameUnknown({ service, operation, error }: LogEntry): string {
  const name = `${service} ${operation}`;
  return error !== undefined && unread.test(error) ? `could not read ${name} (${error})` : `does not serve ${name}`;
}

/** Whether it is known what a request needs, though the sandbox has no answer to it. */
export const isAuthorizedOnly = ({ understood, checks }: LogEntry): boolean => !understood && checks.length > 0;

/** Whether a registry was asked and nobody has logged in: clients ask once without a password, to be told how. */
export function withoutLogin(entries: readonly LogEntry[]): boolean {
  const asked = entries.filter(({ service }) => service === 'registry');
  return asked.length > 0 && asked.every(({ status, principal }) => status === 401 && principal === undefined);
}

/** Requests that nobody signed, or with keys of somebody else; clients of registries ask once without a password. */
const strangersIn = (entries: readonly LogEntry[]) =>
  entries.filter(
    ({ principal, status, understood, service }) =>
      understood && principal === undefined && !(service === 'registry' && status === 401),
  );

/** How many requests nothing is known of. */
export function countUnknown({ sandbox: { log } }: ProgramRun): number {
  return log.entries.filter(({ understood }) => !understood).length + strangersIn(log.entries).length + log.dropped;
}

/** What was taken for granted of the resources that were asked for. */
export function assumptionsOf({ sandbox: { log, assumed } }: ProgramRun): string[] {
  const resources = log.entries.flatMap(({ checks }) => checks.map(({ resource }) => resource));
  return [...assumed].flatMap(([text, part]) => (resources.some((resource) => resource.includes(part)) ? [text] : []));
}

/** `1 request`, `2 requests`. */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function reasonOf({ decision }: CheckResult): string {
  const sids = decision.statements.map(({ sid, statement }) => sid ?? `statement ${statement}`).join(', ');
  switch (decision.decision) {
    case 'explicitDeny':
      return `${sids} denies it`;
    case 'undetermined':
      return `${sids} turns on several values under an operator for one, and AWS does not say what happens`;
    default:
      return 'no statement allows it';
  }
}
