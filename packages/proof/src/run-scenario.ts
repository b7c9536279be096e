import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument, Request } from '@postern/core';
import { type CertificateAuthority, type LogEntry, refusals, type Sandbox, startSandbox } from '@postern/sandbox';
import type { Boto3 } from './boto3.js';
import type { OpenCell } from './cell.js';
import type { Closable } from './close-all.js';
import type { Scenario } from './scenario.js';
import { openStage, StepFailure, type Stage } from './stage.js';
import type { FoundTools, ToolName } from './tools.js';
import type { WarmClients } from './warm/warm-clients.js';

/** How a scenario ended under a policy. */
export type ScenarioResult =
  | {
      readonly passed: true;
      readonly requests: readonly string[];
      /** What IAM was asked for the principal of the job, and allowed. */
      readonly allowed: readonly Request[];
    }
  | {
      readonly passed: false;
      readonly step: string;
      readonly tool: ToolName;
      /** For a replay: where its calls were read. */
      readonly source: string | undefined;
      readonly error: string;
      /** The checks that IAM refused, as `action on resource`. */
      readonly refused: readonly string[];
      /** The same, as IAM was asked in the whole run. */
      readonly refusedRequests: readonly Request[];
      /** Why the failure may have nothing to do with a refusal: a tool that crashed or hung, an error of the sandbox. */
      readonly accident: string | undefined;
    };

/** What all runs share. */
export interface Theatre {
  readonly tools: FoundTools;
  readonly authority: CertificateAuthority;
  /** The folder whose folders the runs use. */
  readonly folder: string;
  /** Whether the folders of runs are left. */
  readonly keep: boolean;
  /** How long a tool may run, in milliseconds; two minutes by default. */
  readonly patience?: number;
  /** What runs commands of some tools, where it can. */
  readonly warm?: WarmClients | undefined;
  /** What sends the hostile requests, where it was found. */
  readonly boto3?: Boto3 | undefined;
  /** Everything that must be ended when the whole is interrupted. */
  readonly open: Set<Closable>;
}

let count = 0;

/** Runs the steps of a scenario, in a sandbox of its own, until one fails. */
export async function runScenario(
  theatre: Theatre,
  cell: OpenCell,
  scenario: Scenario,
  policy: PolicyDocument,
): Promise<ScenarioResult> {
  const folder = join(theatre.folder, `run-${(count += 1)}`);
  mkdirSync(folder); // Fails where the whole was interrupted, and its folder is gone.
  const policies = [policy, ...(scenario.besides?.(cell.options) ?? [])];
  const { assumed } = cell;
  const { sandbox, stage, end } = await openRun(
    theatre,
    cell,
    folder,
    assumed === undefined ? policies : [mayAssume(assumed)],
    assumed === undefined ? {} : { [assumed[0]]: policies },
  );
  const isOwn = assumed === undefined ? (who: string) => who === stage.principal : isSessionOf(assumed[0]);
  const { entries } = sandbox.log;
  try {
    await scenario.prepare(sandbox.world, cell.options);
    for (const step of scenario.steps(cell.options)) {
      const before = entries.length;
      try {
        await step.run(stage);
      } catch (error) {
        if (stage.isClosed()) throw error;
        const { name, tool, source } = step;
        return {
          passed: false,
          step: name,
          tool,
          source,
          error: plainText((error as Error).message),
          refused: refusedIn(entries.slice(before)),
          refusedRequests: checksOf(entries, isOwn, false),
          accident: accidentOf(error, stage, entries),
        };
      }
    }
    const requests = entries.map(({ service, operation }) => `${service}:${operation}`);
    return {
      passed: true,
      requests: [...new Set(requests)].sort(),
      allowed: checksOf(entries, isOwn, true),
    };
  } finally {
    await end();
    if (!theatre.keep) rmSync(folder, { recursive: true, force: true });
  }
}

const mayAssume = (roles: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: roles }],
});

/** Whether a principal is a session of the role: `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`. */
function isSessionOf(role: string): (who: string) => boolean {
  const [arn, partition, , , account] = role.split(':');
  const name = role.slice(role.lastIndexOf('/') + 1);
  return (who) => who.startsWith(`${arn}:${partition}:sts::${account}:assumed-role/${name}/`);
}

/** What IAM was asked for one principal, and answered so. */
function checksOf(entries: readonly LogEntry[], isOwn: (who: string) => boolean, allowed: boolean): Request[] {
  return entries
    .filter(({ principal }) => principal !== undefined && isOwn(principal))
    .flatMap(({ checks }) => checks)
    .filter(({ decision }) => (decision.decision === 'allowed') === allowed)
    .map(({ asked }) => asked);
}

/** A refusal in the words of AWS, of its tools, and of what speaks HTTP. */
const speaksOfRefusal =
  /not authorized|access ?denied|forbidden|denied|\b403\b|unauthorized|don'?t have access|sufficient permissions/i;

/**
 * Why a failure is no answer of IAM's; undefined where it may be one. That a refusal is in the log is not enough: a tool
 * that swallows it may fail of something else.
 */
function accidentOf(error: unknown, stage: Stage, entries: readonly LogEntry[]): string | undefined {
  const broken = entries.find(({ status, error: code }) => status >= 500 && code === 'InternalError');
  if (broken !== undefined) return `the sandbox failed at ${broken.service}:${broken.operation}`;
  const [accident] = stage.accidents;
  if (accident !== undefined) return accident;
  if (isServiceError(error))
    return speaksOfRefusal.test(`${error.name} ${error.message}`)
      ? undefined
      : `the service answers with ${error.name}`;
  if (!(error instanceof StepFailure)) return `the step broke: ${plainText(String(error))}`;
  const last = stage.said.at(-1);
  if (last !== error.message || speaksOfRefusal.test(last)) return undefined;
  return 'the tool does not speak of a refusal';
}

/**
 * A sandbox, and a stage on which one principal acts under the policies.
 * @param roles policies of roles that it may assume, by ARN; other roles may do everything
 */
export async function openRun(
  theatre: Theatre,
  cell: OpenCell,
  folder: string,
  policies: readonly PolicyDocument[],
  roles: Readonly<Record<string, readonly PolicyDocument[]>> = {},
): Promise<{ sandbox: Sandbox; stage: Stage; end: () => Promise<void> }> {
  const { account, region } = cell.options;
  const sandbox = await startSandbox({ place: { account, region }, authority: theatre.authority, roles });
  const credentials = sandbox.principals.add({ policies, kind: cell.principal ?? 'role', name: 'ci' });
  const stage = await openStage(sandbox, credentials, folder, theatre.tools, theatre.patience, theatre.warm);
  const opened = {
    async close() {
      await stage.close();
      await sandbox.close();
    },
  };
  theatre.open.add(opened);
  const end = async () => {
    theatre.open.delete(opened);
    await opened.close();
  };
  return { sandbox, stage, end };
}

/** The SDK's own error for an answer of a service. */
export function isServiceError(error: unknown): error is Error {
  return error instanceof Error && '$metadata' in error;
}

function refusedIn(entries: readonly LogEntry[]): string[] {
  const texts = entries.flatMap((entry) => [
    ...refusals(entry).map(({ action, resource }) => `${action} on ${resource}`),
    ...entry.checks
      .filter(({ advisory, decision }) => advisory && decision.decision !== 'allowed')
      .map(({ action, resource }) => `${action} on ${resource}`),
  ]);
  return [...new Set(texts.map(plainText))].sort();
}

/** A message without what differs from run to run, so that evidence is the same when nothing has changed. */
export function plainText(text: string): string {
  return text
    .replace(/sha256(:|%3A)[0-9a-f]{64}/g, 'sha256:...')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) =>
      /^1{8}|1234abcd/.test(id) ? id : '...',
    )
    .replace(/\b[0-9a-f]{32}\b/g, '...')
    .replace(/\bd-[0-9A-F]{10}\b/g, 'd-...')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?\+0000 UTC|Z)?/g, '...')
    .replace(/\b(?:\d{4}\/\d\d\/\d\d |\d\d\/[A-Z][a-z]{2}\/\d{4}:)\d\d:\d\d:\d\d\b/g, '...')
    .replace(/\b(\d{19}|\d{13}(?=-))\b/g, '...')
    .replace(/time="[^"]*" level=\w+ msg="(.*)"$/g, '$1')
    .replace(/\s+/g, ' ')
    .slice(0, 400);
}
