import type { Atom, ClientUse } from '@postern/core';
import type { CellRun } from './cell-run.js';
import type { ProgramName } from './tools.js';

/** What one release of a client makes of a part of the policy. */
export interface Column {
  readonly atom: string;
  readonly client: ProgramName;
  readonly use: ClientUse;
}

/** How the prover looks at a part in a run. */
export interface PartInRun {
  /** Whether the policy of the run's cell has the part. */
  readonly isActive: (atom: Atom, run: CellRun) => boolean;
  /** Whether the run asked for something that only the part allows. */
  readonly asks: (atom: Atom, run: CellRun) => boolean;
  /** Whether the run breaks by a refusal of the part. */
  readonly misses: (atom: Atom, run: CellRun) => Promise<boolean>;
}

/**
 * Takes each part away from each release of a client that is told apart, in the cells in which all of them ran: where
 * one ran alone, nothing is known of the others.
 */
export async function findColumns(
  atoms: readonly Atom[],
  runs: readonly CellRun[],
  { isActive, asks, misses }: PartInRun,
): Promise<Column[]> {
  const passed = runs.filter(({ result }) => result?.passed === true);
  const ofClient = (client: ProgramName) => passed.filter(({ scenario }) => scenario.client === client);
  const clients = [...new Set(passed.flatMap(({ scenario: { client } }) => (client === undefined ? [] : [client])))];
  if (clients.length < 2) return [];
  const isShared = ({ cell }: CellRun) =>
    clients.every((client) => ofClient(client).some((run) => run.cell.name === cell.name));
  const columns: Column[] = [];
  for (const atom of atoms.filter(({ kind }) => kind !== 'condition')) {
    for (const client of clients) {
      const here = ofClient(client).filter((run) => isShared(run) && isActive(atom, run));
      if (here.length === 0) continue;
      const asking = here.filter((run) => asks(atom, run));
      let use: ClientUse = asking.length === 0 ? 'does not ask for it' : 'goes on without it';
      for (const run of asking) {
        if (await misses(atom, run)) {
          use = 'needs it';
          break;
        }
      }
      columns.push({ atom: atom.name, client, use });
    }
  }
  return columns;
}
