import { compile, type Decision, type PolicyDocument, type Request } from '@postern/core';
import type { OpenCell } from './cell.js';
import type { CellRun } from './cell-run.js';

/** What a job asked for in one cell, with what else its principal may do. */
export interface CellUse {
  readonly cell: OpenCell;
  readonly asked: readonly { readonly requests: readonly Request[]; readonly besides: readonly PolicyDocument[] }[];
}

/** The cells of which every scenario ran to its end: only there is what was not asked for known. */
export function usesOf(runs: readonly CellRun[]): CellUse[] {
  const byCell = new Map<string, CellRun[]>();
  for (const run of runs) byCell.set(run.cell.name, [...(byCell.get(run.cell.name) ?? []), run]);
  return [...byCell.values()].flatMap((ofCell) => {
    const [first] = ofCell;
    if (first === undefined || ofCell.some(({ result }) => result?.passed !== true)) return [];
    const { cell } = first;
    return [
      {
        cell,
        asked: ofCell.map(({ scenario, result }) => ({
          requests: result?.passed === true ? distinct(result.allowed) : [],
          besides: scenario.besides?.(cell.options) ?? [],
        })),
      },
    ];
  });
}

/** Requests that differ in nothing that a policy of the catalog can ask about. */
function distinct(requests: readonly Request[]): Request[] {
  const seen = new Map<string, Request>();
  for (const request of requests) {
    const context = Object.entries(request.context ?? {}).filter(([key]) => !/^aws:(CurrentTime|EpochTime)$/.test(key));
    const id = JSON.stringify([request.action, request.resource, context]);
    if (!seen.has(id)) seen.set(id, request);
  }
  return [...seen.values()];
}

/** Whether the job's requests in a cell are all allowed by another policy than the cell's. */
export function suffices({ asked }: CellUse, policy: PolicyDocument): boolean {
  return asked.every(({ requests, besides }) => {
    const decide = compile([policy, ...besides]);
    return requests.every((request) => isAllowed(decide(request)));
  });
}

export function isAllowed({ decision }: Decision): boolean {
  return decision === 'allowed';
}
