// Bundles the package, as ES modules and as CommonJS: the whole, what loads it in parts, and each entry and proof alone.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { catalogJson } from './catalog-json.mjs';
import { entriesAsText } from './entries-as-text.mjs';

process.chdir(import.meta.dirname);
const permissions = 'src/catalog/permissions';
const trust = 'src/catalog/trust';
const idsIn = (folder) => readdirSync(folder).filter((id) => existsSync(join(folder, id, 'entry.ts')));
const ids = idsIn(permissions);
const trustIds = idsIn(trust);

const common = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  platform: 'neutral',
  target: 'es2022',
  conditions: ['@postern/source'],
  minify: true,
  logLevel: 'warning',
};
const formats = [
  { format: 'esm', outdir: 'dist' },
  { format: 'cjs', outdir: 'dist/cjs', supported: { 'dynamic-import': false } },
];

const fileOf = /^\.\/(permissions|trust)\/([^/]+)\/(entry\.js|evidence\.json)$/;
const places = {
  permissions: { 'entry.js': 'catalog', 'evidence.json': 'proofs' },
  trust: { 'entry.js': 'catalog/trust', 'evidence.json': 'proofs/trust' },
};

/** Entries and proofs are files of their own, loaded from there. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: fileOf }, ({ path }) => {
      const [, sort, id, file] = fileOf.exec(path);
      return { path: `./${places[sort][file]}/${id}.js`, external: true };
    });
  },
};

/** A record as a module: esbuild gives CommonJS nothing of a JSON file that is an entry point itself. */
const records = (format) => ({
  name: 'records',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^record:/ }, ({ path }) => ({ path: path.slice('record:'.length), namespace: 'record' }));
    onLoad({ filter: /./, namespace: 'record' }, ({ path }) => ({
      contents:
        format === 'cjs'
          ? `module.exports = require(${JSON.stringify(`./${path}`)});`
          : `export { default } from ${JSON.stringify(`./${path}`)};`,
      resolveDir: import.meta.dirname,
    }));
  },
});
const record = (...path) => `record:${join(...path, 'evidence.json')}`;

/** Where all entries are in one file, each is text until a part of it is asked for. */
const onUse = ({ entries, sharedValues }) => ({
  name: 'on-use',
  setup({ onLoad, onResolve }) {
    const here = (contents) => ({ contents, resolveDir: join(import.meta.dirname, 'src/catalog') });
    onResolve({ filter: /^shared-values$/ }, () => ({ path: 'shared-values', namespace: 'on-use' }));
    onLoad({ filter: /./, namespace: 'on-use' }, () => here(sharedValues));
    onLoad({ filter: /[\\/](permissions|trust)[\\/][^\\/]+[\\/]entry\.ts$/ }, ({ path }) =>
      here(entries.get(path.split(/[\\/]/).slice(-3, -1).join('/'))),
    );
  },
});

for (const folder of ['dist/catalog', 'dist/catalog/trust', 'dist/proofs', 'dist/proofs/trust', 'dist/cjs'])
  removeScripts(folder);
const core = await evaluate();
const written = Object.fromEntries(
  Object.entries(core).filter(([, value]) => Object(value) === value && 'statements' in value),
);
const recorded = ids.filter((id) => existsSync(join(permissions, id, 'evidence.json')));
const recordedTrust = trustIds.filter((id) => existsSync(join(trust, id, 'evidence.json')));
for (const format of formats) {
  const bundle = (entryPoints, plugins = []) => build({ ...common, ...format, entryPoints, plugins });
  await bundle({ index: 'src/index.ts' }, [onUse(entriesAsText(written))]);
  await bundle({ catalog: 'src/catalog/catalog.ts', proofs: 'src/catalog/proofs.ts' }, [apart]);
  await bundle({ detections: 'src/catalog/detections.ts' });
  await bundle(Object.fromEntries(ids.map((id) => [`catalog/${id}`, join(permissions, id, 'entry.ts')])));
  await bundle(Object.fromEntries(trustIds.map((id) => [`catalog/trust/${id}`, join(trust, id, 'entry.ts')])));
  await bundle(Object.fromEntries(recorded.map((id) => [`proofs/${id}`, record(permissions, id)])), [
    records(format.format),
  ]);
  await bundle(Object.fromEntries(recordedTrust.map((id) => [`proofs/trust/${id}`, record(trust, id)])), [
    records(format.format),
  ]);
}
const proofs = Object.fromEntries(recorded.map((id) => [id, readJson(join(permissions, id, 'evidence.json'))]));
const { version } = readJson('package.json');
writeFileSync('dist/catalog.json', `${JSON.stringify(catalogJson(core, proofs, version))}\n`);
copyFileSync('catalog.schema.json', 'dist/catalog.schema.json');
writeFileSync('dist/postern.schema.json', `${JSON.stringify(core.configSchema())}\n`);

const asJson = (value) => JSON.parse(JSON.stringify(value));
const packed = await import(`./dist/index.js?${Date.now()}`);
for (const [name, entry] of Object.entries(written)) {
  if (!isDeepStrictEqual(asJson(packed[name]), asJson(entry))) throw new Error(`${name} is another in the package`);
}
const { loadProof } = required('dist/cjs/catalog.js');
for (const [folder, recordedIds] of [
  [permissions, recorded],
  [trust, recordedTrust],
]) {
  if (recordedIds.length === 0) throw new Error(`no record of ${folder} is packed`);
  for (const id of recordedIds) {
    const record = readJson(join(folder, id, 'evidence.json'));
    if (!isDeepStrictEqual(asJson((await loadProof(id)) ?? null), record))
      throw new Error(`the record of ${id} is another in CommonJS`);
  }
}

/** A CommonJS file of the package with what it requires; what says that it is CommonJS is written later. */
function required(file) {
  const module = { exports: {} };
  const require = (path) => required(join(dirname(file), path));
  runInNewContext(readFileSync(file, 'utf8'), { module, require });
  return module.exports;
}

/** What the package exports, with the entries as they are written. */
async function evaluate() {
  const { outputFiles } = await build({ ...common, format: 'esm', write: false, entryPoints: ['src/index.ts'] });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What an entry that is gone would leave behind. */
function removeScripts(folder) {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) if (file.endsWith('.js')) rmSync(join(folder, file));
}
