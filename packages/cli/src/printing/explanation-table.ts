import type { Explanation } from '@postern/core';
import Table from 'cli-table3';

/**
 * Prints why each line of a policy is there, as a table.
 * @param width how many columns the terminal has
 */
export function printExplanationTable(explanations: readonly Explanation[], width: number): string {
  const lines = explanations.flatMap(({ sid, actions, unscoped, principal, conditions }) => [
    ...(principal === undefined ? [] : [[sid, `Principal ${principal.type}`, principal.reason]]),
    ...Object.entries(actions).map(([action, reason]) => [sid, action, reason]),
    ...(unscoped === undefined ? [] : [[sid, 'Resource *', unscoped]]),
    ...conditions.map(({ operator, key, reason }) => [sid, `${operator} ${key}`, reason]),
  ]);
  const widest = (column: number) => Math.max(...lines.map((line) => line[column]!.length)) + 2;
  const reasons = Math.max(30, width - widest(0) - widest(1) - 4);
  const table = new Table({
    head: ['statement', 'line', 'why it is there'],
    colWidths: [widest(0), widest(1), reasons],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  table.push(...lines);
  return table.toString();
}
