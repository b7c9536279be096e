import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestParts } from './against/parts.js';
import { whyProve } from './against/proved.js';
import { findClients, readJson, readSubjects } from './against/subjects.js';
import { chooseToday, describeToday } from './today.js';
import { folderOf } from './trust.js';

// Prints the entries that `.ci/run` proves, for `nx run-many -p`, and to standard error why each.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const subjects = await readSubjects(root);
const parts = await digestParts(root, subjects, await findClients(subjects, process.env));
const reasons = new Map(
  subjects.flatMap(({ id, evidence }) => {
    const why = whyProve(evidence, readJson(join(root, folderOf(id), 'proved.json')), parts.get(id)!);
    return why === undefined ? [] : [[id, why] as const];
  }),
);
const kinds = [true, false].map((planned) =>
  subjects.filter((subject) => 'plan' in subject === planned).map(({ id }) => id),
);
const today = chooseToday(kinds, reasons, new Date());
for (const line of describeToday(today)) console.error(line);
console.log([...today.chosen.keys()].join(','));
