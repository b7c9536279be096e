import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beginOfTurn } from './chosen.js';
import { readHistories } from './history.js';
import { chooseToday, describeToday } from './today.js';

// Prints the entries that `.ci/run` proves, for `nx run-many -p`, and to standard error why each.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const plans = `${root}packages/proof/src/use-cases`;
const ids = readdirSync(plans)
  .filter((id) => existsSync(`${plans}/${id}/plan.ts`))
  .sort();
const now = new Date();
const histories = readHistories(root, ids, beginOfTurn(ids, now));
if (histories === undefined)
  console.error('this clone has no history, so what changed is not known: only the entries of the day are proved');
const today = chooseToday(ids, histories ?? [], now);
for (const line of describeToday(today)) console.error(line);
console.log([...today.chosen.keys()].join(','));
