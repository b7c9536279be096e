import { writeLine, type Io } from '../io.js';
import { rules } from './rules/index.js';

/** Prints every rule. */
export function listRules(json: boolean, io: Io): void {
  if (json) {
    const rows = rules.map(({ id, title, reason, source, level }) => ({ id, level, title, reason, source }));
    writeLine(io.stdout, JSON.stringify(rows, null, 2));
    return;
  }
  for (const { id, title, reason, source, level } of rules) {
    writeLine(io.stdout, `${id} (${level})`);
    for (const line of [`${title}.`, reason, source]) writeLine(io.stdout, `    ${line}`);
  }
}
