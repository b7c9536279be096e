import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '@postern/core';
import type { CertificateAuthority } from '../server/certificate-authority.js';
import { refusals, type LogEntry } from '../server/log.js';
import { startSandbox, type Sandbox } from '../server/sandbox.js';
import type { Cell } from './cell.js';
import type { Scenario } from './scenario.js';
import { openStage, StepFailure, type Stage } from './stage.js';
import type { FoundTools, ToolName } from './tools.js';

/** How a scenario ended under a policy. */
export type ScenarioResult =
  | { readonly passed: true; readonly requests: readonly string[] }
  | {
      readonly passed: false;
      readonly step: string;
      readonly tool: ToolName;
      /** For a replay: where its calls were read. */
      readonly source: string | undefined;
      readonly error: string;
      /** The checks that IAM refused, as `action on resource`. */
      readonly refused: readonly string[];
    };

/** What all runs share. */
export interface Theatre {
  readonly tools: FoundTools;
  readonly authority: CertificateAuthority;
  /** The folder whose folders the runs use. */
  readonly folder: string;
  /** Whether the folders of runs are left. */
  readonly keep: boolean;
  /** Everything that must be ended when the whole is interrupted. */
  readonly open: Set<{ close(): Promise<void> }>;
}

let count = 0;

/** Runs the steps of a scenario, in a sandbox of its own, until one fails. */
export async function runScenario(
  theatre: Theatre,
  cell: Cell,
  scenario: Scenario,
  policy: PolicyDocument,
): Promise<ScenarioResult> {
  const folder = join(theatre.folder, `run-${(count += 1)}`);
  mkdirSync(folder); // Fails where the whole was interrupted, and its folder is gone.
  const { sandbox, stage, end } = await openRun(theatre, cell, folder, [
    policy,
    ...(scenario.besides?.(cell.options) ?? []),
  ]);
  try {
    await scenario.prepare(sandbox.world, cell.options);
    for (const step of scenario.steps(cell.options)) {
      const before = sandbox.log.entries.length;
      try {
        await step.run(stage);
      } catch (error) {
        if (!(error instanceof StepFailure) && !isServiceError(error)) throw error;
        const { name, tool, source } = step;
        const refused = refusedIn(sandbox.log.entries.slice(before));
        return { passed: false, step: name, tool, source, error: plainText((error as Error).message), refused };
      }
    }
    const requests = sandbox.log.entries.map(({ service, operation }) => `${service}:${operation}`);
    return { passed: true, requests: [...new Set(requests)].sort() };
  } finally {
    await end();
    if (!theatre.keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** A sandbox, and a stage on which one principal acts under the policies. */
export async function openRun(
  theatre: Theatre,
  cell: Cell,
  folder: string,
  policies: readonly PolicyDocument[],
): Promise<{ sandbox: Sandbox; stage: Stage; end: () => Promise<void> }> {
  const { account, region } = cell.options;
  const sandbox = await startSandbox({ place: { account, region }, authority: theatre.authority });
  const user = cell.options.is('identity', 'iam-user');
  const credentials = sandbox.principals.add({ policies, kind: user ? 'user' : 'role', name: 'ci' });
  const stage = await openStage(sandbox, credentials, folder, theatre.tools);
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
  return [...new Set(texts)].map(plainText).sort();
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
    .replace(/time="[^"]*" level=\w+ msg="(.*)"$/g, '$1')
    .replace(/\s+/g, ' ')
    .slice(0, 400);
}
