import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { root } from './folders.js';
import { formatAll } from './format.js';
import { renderIndexes } from './indexes.js';
import { findMisnamed } from './names.js';
import { writeSkeleton } from './new-entry.js';
import { writeTrustSkeleton } from './new-trust.js';
import { findOrphans, findStrays } from './strays.js';
import { removeFile } from './remove.js';

const [command, id] = process.argv.slice(2);

try {
  if (command === 'new') console.log(`wrote ${writeSkeleton(id ?? '').pathname}`);
  else if (command === 'new-trust') console.log(`wrote ${writeTrustSkeleton(id ?? '').pathname}`);
  else if (command !== undefined)
    throw new Error(
      `\`${command}\` is no command: write \`npm run generate\`, \`npm run generate -- new ID\` or \`npm run generate -- new-trust ID\``,
    );
  await generate();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

/** Writes every generated file, and removes what no entry gives any more. On a failure every file is what it was. */
async function generate(): Promise<void> {
  const problems = [...findOrphans(), ...findMisnamed()];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const before = new Map<string, string | undefined>();
  const writeFirst = (files: ReadonlyMap<string, string>): void => {
    for (const path of files.keys()) before.set(path, read(path));
    write(files);
  };
  try {
    // The catalog is loaded through its indexes, and the sandbox, whose rules are read, with its models.
    writeFirst(await formatAll(renderIndexes()));
    const { renderModels } = await import('./render-models.js');
    writeFirst(await formatAll(await renderModels()));
    const { renderAll } = await import('./render.js');
    const files = await renderAll();
    write(files);
    const strays = findStrays(files);
    for (const path of strays) removeFile(path);
    console.log(`wrote ${files.size} files${strays.length === 0 ? '' : ` and removed ${strays.length}`}`);
  } catch (error) {
    for (const [path, text] of before) {
      if (text === undefined) rmSync(new URL(path, root));
      else writeFileSync(new URL(path, root), text);
    }
    throw error;
  }
}

function read(path: string): string | undefined {
  return existsSync(new URL(path, root)) ? readFileSync(new URL(path, root), 'utf8') : undefined;
}

function write(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    if (read(path) === text) continue;
    mkdirSync(new URL('./', new URL(path, root)), { recursive: true });
    writeFileSync(new URL(path, root), text);
  }
}
