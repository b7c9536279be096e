// Mutation testing of src/access, one file after the other: what is not being changed then runs at its usual speed, which
// makes the whole several times as fast as all files at once. `npm run mutate` for all, `npm run mutate -- key.ts` for some.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

process.chdir(fileURLToPath(new URL('../../', import.meta.url)));
const wanted = process.argv.slice(2);
const folder = 'packages/core/src/access';
const files = readdirSync(folder, { recursive: true })
  .map((name) => join(folder, name))
  .filter((file) => file.endsWith('.ts') && (wanted.length === 0 || wanted.includes(basename(file))))
  .sort();
if (files.length === 0) {
  console.error(
    `no file of \`${folder}\` is named ${wanted.map((name) => `\`${name}\``).join(' or ')}: name one that is there, such as \`key.ts\``,
  );
  process.exit(2);
}

const configFile = 'packages/core/stryker.config.json';
const survivors = [];
const start = performance.now();
let noticed = 0;
let total = 0;
for (const [index, file] of files.entries()) {
  const results = await new Stryker({ configFile, mutate: [file] }).runMutationTest();
  const made = results.filter(({ status }) => status !== 'Ignored');
  const alive = made.filter(({ status }) => status !== 'Killed' && status !== 'Timeout');
  survivors.push(...alive.map((mutant) => ({ file, ...mutant })));
  noticed += made.length - alive.length;
  total += made.length;
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(
    `${index + 1} of ${files.length}  ${file}: ${made.length - alive.length} of ${made.length} noticed  (${minutes} minutes)`,
  );
}
console.log(`all: ${noticed} of ${total} noticed`);
const list = survivors
  .map(({ file, location, mutatorName, replacement, status }) => {
    const { line, column } = location.start;
    return `${file}:${line}:${column} ${status} ${mutatorName}: ${replacement.replaceAll(/\s+/g, ' ')}`;
  })
  .join('\n');
writeFileSync('packages/core/out-tsc/survivors.txt', `${list}\n`);
console.log('the survivors are in packages/core/out-tsc/survivors.txt');
