import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { listIds } from './catalog.js';
import { renderAll } from './render.js';
import { writeSkeleton } from './new-entry.js';

const root = new URL('../../../', import.meta.url);
const [command, id] = process.argv.slice(2);

try {
  if (command === 'new') console.log(`wrote ${writeSkeleton(id ?? '').pathname}`);
  await generate();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

/** Writes every generated file, and removes samples that no entry declares any more. */
async function generate(): Promise<void> {
  const files = await renderAll();
  for (const entry of listIds()) {
    const folder = `packages/core/src/catalog/permissions/${entry}/samples/`;
    mkdirSync(new URL(folder, root), { recursive: true });
    for (const name of readdirSync(new URL(folder, root))) {
      if (!files.has(folder + name)) rmSync(new URL(folder + name, root));
    }
  }
  for (const path of files.keys()) mkdirSync(new URL('./', new URL(path, root)), { recursive: true });
  for (const [path, text] of files) writeFileSync(new URL(path, root), await formatted(path, text));
  console.log(`wrote ${files.size} files`);
}

async function formatted(path: string, text: string): Promise<string> {
  if (!path.endsWith('.ts')) return text;
  return format(text, { ...(await resolveConfig(new URL(path, root).pathname)), parser: 'typescript' });
}
