import type { Client } from './ensure-clients.js';

/** The clients in columns: what, which release, where, and from where. */
export function renderTable(clients: readonly Client[]): string {
  const rows = [
    ['client', 'version', 'path', 'from'],
    ...clients.map(({ name, found, from }) => [name, found?.version ?? '-', found?.path ?? 'missing', from]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}
