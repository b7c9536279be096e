import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const notCopied = new Set(['node_modules', 'dist', 'out-tsc', 'test', 'use-cases']);

/**
 * Builds core and the executable in a copy of the workspace whose entries are cloned until there are as many as asked.
 * Clones share with their originals what entries share with each other, and no more: their texts and their resource forms are
 * their own.
 * @param use is given the copy, which is removed afterwards
 */
export function withEntries<T>(count: number, use: (copy: string) => T): T {
  const copy = mkdtempSync(join(tmpdir(), 'postern-forty-'));
  try {
    buildWithEntries(count, copy);
    return use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function buildWithEntries(count: number, copy: string): void {
  for (const folder of ['packages', 'apps', 'tools/generators']) {
    const isCopied = (path: string) => !path.split(/[\\/]/).some((part) => notCopied.has(part));
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => isCopied(path.slice(root.length)),
    });
  }
  for (const file of ['package.json', 'tsconfig.base.json', '.prettierrc', '.prettierrc.json', '.editorconfig']) {
    if (readdirSync(root).includes(file)) cpSync(join(root, file), join(copy, file));
  }
  linkDependencies(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const group of ['packages', 'apps'])
    for (const name of readdirSync(join(copy, group))) {
      const own = join(root, group, name, 'node_modules');
      if (readdirSync(join(root, group, name)).includes('node_modules'))
        linkDependencies(own, join(copy, group, name, 'node_modules'));
    }
  cloneEntries(join(copy, 'packages/core/src/catalog'), count);
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
  run('--conditions=@postern/source', '--import', 'tsx', 'tools/generators/src/main.ts');
  run('packages/core/build.mjs');
  run('apps/cli/build.mjs');
}

function linkDependencies(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@postern') symlinkSync(join(from, name), join(to, name));
    else {
      mkdirSync(join(to, name));
      for (const own of readdirSync(join(from, name)))
        symlinkSync(readlinkSync(join(from, name, own)), join(to, name, own));
    }
  }
}

function cloneEntries(catalog: string, count: number): void {
  const permissions = join(catalog, 'permissions');
  const ids = readdirSync(permissions);
  for (let index = ids.length; index < count; index += 1) {
    const id = ids[index % ids.length]!;
    const round = Math.floor(index / ids.length);
    for (const shared of ['resources', 'conditions']) {
      if (readdirSync(catalog).includes(`${shared}-${round}`)) continue;
      mkdirSync(join(catalog, `${shared}-${round}`));
      for (const file of readdirSync(join(catalog, shared))) {
        const text = readFileSync(join(catalog, shared, file), 'utf8');
        writeFileSync(join(catalog, `${shared}-${round}`, file), ofRound(text, round));
      }
    }
    cloneEntry(permissions, id, round);
  }
}

function cloneEntry(permissions: string, id: string, round: number): void {
  const clone = `${id}-copy-${round}`;
  const [name, itsName] = [exportName(id), exportName(clone)];
  mkdirSync(join(permissions, clone));
  for (const file of readdirSync(join(permissions, id)).filter((one) => /\.(ts|json)$/.test(one))) {
    const text = readFileSync(join(permissions, id, file), 'utf8');
    const own = file === 'cases.ts' || file.endsWith('.json') ? text : ofRound(text, round);
    // An id of one word is its export's name too, and stands in texts.
    const exported =
      name === id
        ? new RegExp(`(?<=export const |\\{ |\\()${name}(?=[ ,]| \\})`, 'g')
        : new RegExp(`\\b${name}\\b`, 'g');
    const named = own
      .replaceAll(`'${id}'`, `'${clone}'`)
      .replace(exported, itsName)
      .replaceAll(`${name}Detection`, `${itsName}Detection`);
    writeFileSync(join(permissions, clone, file), named.replace(/\/(resources|conditions)\//g, `/$1-${round}/`));
  }
}

/** The texts that people read, made another for each round of clones. */
function ofRound(text: string, round: number): string {
  const literals = /"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[^]*?\*\/|'((?:[^'\\\n]|\\.)*)'/g;
  return text.replace(literals, (whole, inner?: string) =>
    inner !== undefined && /[a-z] [a-z]/.test(inner) && !/^[\^([]/.test(inner) ? `'${inner} ${round}'` : whole,
  );
}

function exportName(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
