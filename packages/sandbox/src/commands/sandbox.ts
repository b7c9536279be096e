import {
  examplePlace,
  findUseCase,
  InputError,
  ProgramEnded,
  readInput,
  writeLine,
  writeOutput,
  type Io,
} from '@postern/cli';
import { DocumentError, quote, type DocumentSource } from '@postern/core';
import type { CheckResult, LogEntry } from '../server/log.js';
import { flagsFor, toDo } from '../why/advice.js';
import { look } from '../why/candidates.js';
import type { RunFlags } from './commands.js';
import { runProgram, type ProgramRun } from './run-program.js';

/** `postern sandbox`: runs a command under policies, and prints what was denied. */
export async function sandbox(command: readonly string[], flags: RunFlags, io: Io): Promise<void> {
  const documents: DocumentSource[] = [];
  for (const policy of flags.policy ?? []) {
    const input = await readInput(policy, examplePlace, io);
    for (const note of input.notes) writeLine(io.stderr, `note: ${note}`);
    documents.push(...input.documents);
  }
  const run = await runProgram(command, flags, documents, io).catch((error: unknown) => {
    if (error instanceof DocumentError) throw new InputError([`the policy cannot be read: ${error.message}`]);
    throw error;
  });
  await writeReport(run, flags);
  printDenials(run, io);
  if (run.exitCode !== 0) throw new ProgramEnded(run.exitCode);
}

/** Every request with its checks, as JSON. */
export async function writeReport(
  { sandbox: { log, place, refusedHosts } }: ProgramRun,
  { report }: RunFlags,
): Promise<void> {
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
  await writeOutput(
    report,
    `${JSON.stringify({ place, requests, refusedHosts: [...refusedHosts], dropped: log.dropped }, null, 2)}\n`,
  );
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

function printDenials({ sandbox: { log, refusedHosts } }: ProgramRun, io: Io): void {
  const line = (text: string) => writeLine(io.stderr, text);
  const { entries } = log;
  const denials = denialsOf(entries);
  const asked = `${entries.length} request${entries.length === 1 ? '' : 's'} to AWS`;
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
  describeTheUnknown(entries, refusedHosts, io);
}

/** The options that bring a permission, by the resource and the condition keys of the request. */
export function seeLines({
  action,
  resource,
  context = {},
}: Pick<CheckResult, 'action' | 'resource' | 'context'>): string[] {
  const { candidates } = look({ action, resource, context });
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
export function describeTheUnknown(entries: readonly LogEntry[], refusedHosts: ReadonlySet<string>, io: Io): void {
  const unknown = new Set(
    entries
      .filter(
        ({ error }) => error !== undefined && /NotImplemented|UnknownOperation|UNSUPPORTED|InternalError/.test(error),
      )
      .map(({ service, operation }) => `${service} ${operation}`),
  );
  for (const operation of unknown)
    writeLine(io.stderr, `  unknown  the sandbox does not know ${operation}: nothing is known of what it needs`);
  const strangers = entries.filter(({ principal, status }) => principal === undefined && status !== 401).length;
  if (strangers > 0)
    writeLine(io.stderr, `  unsigned ${strangers} request${strangers === 1 ? '' : 's'} carried no key of the sandbox`);
  for (const host of refusedHosts)
    writeLine(io.stderr, `  refused  ${quote(host)} is not AWS, and nothing else is reached from the sandbox`);
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
