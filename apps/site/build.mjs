// Builds the folder to host: `node build.mjs [FOLDER]`.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build, createServer } from 'vite';
import { readApi } from './api.mjs';
import { referenceFiles } from './reference.mjs';
import { common, root, scripts } from './vite.mjs';

const dist = resolve(process.argv[2] ?? join(root, 'dist'));
rmSync(dist, { recursive: true, force: true });

const source = (name) => readdirSync(join(root, 'src/client')).find((file) => file.replace(/\.tsx?$/, '') === name);
await build({
  ...common,
  build: {
    outDir: dist,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      input: {
        style: join(root, 'src/style/site.css'),
        ...Object.fromEntries(scripts.map((name) => [name, join(root, 'src/client', source(name))])),
      },
    },
  },
});
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
rmSync(join(dist, 'manifest.json'));

const assets = {
  style: manifest['src/style/site.css'].file,
  script(name) {
    const key = `src/client/${source(name)}`;
    return { file: manifest[key].file, imports: importsOf(key).map((imported) => manifest[imported].file) };
  },
};
const api = await readApi();
const server = await createServer({ ...common, server: { middlewareMode: true, ws: false, watch: null } });
try {
  const { listData, listPages } = await server.ssrLoadModule('/src/pages/list.ts');
  const { renderPage } = await server.ssrLoadModule('/src/document.tsx');
  for (const page of await listPages(api)) write(page.path, renderPage(page, assets));
  for (const { path, text } of [...(await listData(api)), ...referenceFiles()]) write(path, text);
} finally {
  await server.close();
}
write('worker.js', worker());

/** The modules that one imports at once, and those that these import. */
function importsOf(key, found = new Set()) {
  for (const imported of manifest[key].imports ?? []) {
    if (found.has(imported)) continue;
    found.add(imported);
    importsOf(imported, found);
  }
  return [...found];
}

/** The worker that keeps all files of this build; another build is another name, and the files of the old one go. */
function worker() {
  const files = listFiles(dist).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(dist, file)));
  const text = readFileSync(join(root, 'src/worker.js'), 'utf8');
  return text
    .replace('__NAME__', JSON.stringify(`postern-${hash.digest('hex').slice(0, 16)}`))
    .replace('__FILES__', JSON.stringify(files));
}

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((item) => item.isFile())
    .map((item) => relative(dist, join(item.parentPath, item.name)).replaceAll('\\', '/'));
}

function write(path, text) {
  const file = join(dist, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
