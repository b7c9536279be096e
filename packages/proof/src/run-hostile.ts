import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '@postern/core';
import { refusals } from '@postern/sandbox';
import type { OpenCell } from './cell.js';
import { isServiceError, openRun, type Theatre } from './run-scenario.js';
import type { HostileRequest } from './scenario.js';

/** What became of a hostile request. */
export type HostileResult = 'refused' | 'got through' | 'not sent';

let count = 0;

/**
 * Sends a hostile request under a policy: boto3 does, or the SDK in this process where it is missing.
 * @returns `not sent` where no request came in, so that nothing was shown
 */
export async function runHostile(
  theatre: Theatre,
  cell: OpenCell,
  request: HostileRequest,
  policy: PolicyDocument,
): Promise<HostileResult> {
  const folder = join(theatre.folder, `hostile-${(count += 1)}`);
  mkdirSync(folder);
  const besides = request.besides?.(cell.options) ?? [];
  const policies =
    besides.length === 0 ? [policy] : [policy, { Version: '2012-10-17', Statement: besides } as PolicyDocument];
  const { sandbox, stage, end } = await openRun(theatre, cell, folder, policies);
  try {
    await request.prepare?.(sandbox.world, cell.options);
    try {
      await request.send(theatre.boto3?.callFor(stage) ?? stage.call, cell.options);
    } catch (error) {
      // A service may well say that what was asked for does not exist: what counts is whether IAM let it be asked.
      if (!isServiceError(error)) throw error;
    }
    const { entries } = sandbox.log;
    if (entries.length === 0 || entries.some(({ operation }) => operation === 'unknown')) return 'not sent';
    return entries.some((entry) => refusals(entry).length > 0) ? 'refused' : 'got through';
  } finally {
    await end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The policy with the resources of one statement widened to everything; the rest of it stays. */
export function widened(policy: PolicyDocument, sid: string): PolicyDocument {
  const Statement = policy.Statement.map((statement) =>
    statement.Sid === sid ? { ...statement, Resource: ['*'] } : statement,
  );
  return { ...policy, Statement };
}
