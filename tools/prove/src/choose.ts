import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { changedEntries, entriesOfTheDay } from './chosen.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folders = { entries: 'packages/core/src/catalog/permissions', plans: 'packages/proof/src/use-cases' };
const planned = readdirSync(`${root}${folders.plans}`).sort();

/** The paths that differ from a commit; none where there is no such commit, as after the first one. */
function changedSince(base: string): string[] {
  try {
    const args = ['diff', '--name-only', base, '--'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');
  } catch {
    console.error(`\`${base}\` is no commit here: only the entries of the day are proved exhaustively`);
    return [];
  }
}

// Prints the entries that CI proves exhaustively, for `nx run-many -p`: what changed since `POSTERN_BASE`, and three more.
const base = process.env['POSTERN_BASE'] || 'HEAD~1';
const changed = changedEntries(changedSince(base), planned, Object.values(folders));
const today = entriesOfTheDay(planned, new Date());
console.error(
  `proved exhaustively: changed since ${base}: ${changed.join(', ') || 'none'}; of the day: ${today.join(', ')}`,
);
console.log([...new Set([...changed, ...today])].join(','));
