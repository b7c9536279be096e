// `npm run postern`: builds the program where its sources changed since the last build, which it says in one line, and runs it
// in this process, so that arguments, exit code and signals are the program's own.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');
const program = join(import.meta.dirname, 'dist/postern.cjs');
const record = join(root, 'node_modules/.cache/postern/built');

/** What the build reads: the packages that the program is made of, its own folder, and what decides about dependencies. */
const folders = [
  'packages/core',
  'packages/cli',
  'packages/detect',
  'packages/sandbox',
  'packages/proof',
  'packages/why',
  'apps/cli',
];
const files = ['package-lock.json', 'tsconfig.base.json', 'nx.json'];
const built = 'apps/cli/dist';
const notRead = new Set(['dist', 'out-tsc', 'node_modules', 'test', 'README.md']);

/** The state of all sources, and with it that of what was built of them: paths, sizes and times as text. */
function stateOf() {
  const lines = [];
  const add = (path) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    lines.push(`${path} ${found?.size} ${found?.mtimeMs}`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (notRead.has(entry.name) || /^\.|\.test\.ts$/.test(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  for (const folder of folders) walk(folder);
  for (const file of files) add(file);
  const sources = lines.join('\n');
  if (statSync(join(root, built), { throwIfNoEntry: false }) !== undefined) walk(built);
  return { sources, all: lines.join('\n') };
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Builds; what that says is shown where it fails. What changes meanwhile is seen by the next run. */
async function build({ sources }) {
  const { spawnSync } = await import('node:child_process');
  const folder = join(root, 'node_modules/nx');
  const nx = join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.nx);
  const args = [nx, 'run', 'postern:build', '--output-style=static'];
  console.error('postern: building these sources first, once');
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 };
  const { status, signal, error, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (error !== undefined) throw error;
  if (signal !== null) process.kill(process.pid, signal);
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    console.error('postern: it could not be built, see above');
    process.exit(status ?? 70);
  }
  const after = stateOf();
  if (after.sources !== sources) return;
  mkdirSync(join(record, '..'), { recursive: true });
  writeFileSync(record, after.all);
}

const state = stateOf();
if (read(record) !== state.all) await build(state);
process.argv[1] = program;
await import(pathToFileURL(program).href);
