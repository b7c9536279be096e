// Divides the executable: what the command line loads with `import()` stands in a file beside the program.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

/** The usual format stays in the program, and so do entries, which are read from files of their own. */
const isHeld = (importer, { kind, external, path }) =>
  isLoaded({ kind, external }) && (!importer.includes('packages/cli/') || path.endsWith('/formats/json.ts'));
const isApart = (importer, one) => isLoaded(one) && !isHeld(importer, one);
const isLoaded = ({ kind, external }) => kind === 'dynamic-import' && !external;

/** The files, and which folder what they hold reaches: the first that fits takes it. */
const files = {
  mcp: 'packages/cli/src/commands/mcp/',
  sandbox: 'packages/sandbox/',
  detect: 'packages/detect/',
  lint: 'packages/cli/src/lint/rules/',
  documents: 'packages/cli/src/commands/',
  printing: '',
};
const fileOf = (paths) => Object.keys(files).find((name) => paths.some((path) => path.includes(files[name])));

/**
 * @param settings what the program is built with
 * @returns `parts`, the source of each file that goes beside the program; and the plugins by which the program takes from them
 * what it loads with `import()`, and has at its start what it holds itself
 */
export async function findParts(settings) {
  const { metafile } = await build({ ...settings, write: false });
  const [main] = Object.values(settings.entryPoints);
  const program = reach(metafile.inputs, main, (path, one) => !isApart(path, one));
  const places = new Map();
  const parts = new Map();
  for (const target of targetsOf(metafile.inputs, program)) {
    const name = `part${places.size}`;
    const file = fileOf(reach(metafile.inputs, target, () => true));
    places.set(resolve(settings.absWorkingDir, target), { target, file, name });
    parts.set(file, `${parts.get(file) ?? ''}exports.${name} = () => require('./${target}');\n`);
  }
  const held = new Map();
  for (const path of program) {
    const imports = metafile.inputs[path].imports.filter((one) => isHeld(path, one));
    if (imports.length > 0)
      held.set(resolve(settings.absWorkingDir, path), new Set(imports.map((one) => one.original)));
  }
  return { parts, plugins: [takenFrom(places), heldHere(held)] };
}

/** What the program loads from beside it. */
function targetsOf(inputs, program) {
  const targets = program.flatMap((path) => inputs[path].imports.filter((one) => isApart(path, one)));
  return new Set(targets.map(({ path }) => path));
}

/** All that a file imports, and what that imports. */
function reach(inputs, from, isFollowed) {
  const found = new Set([from]);
  for (const path of found)
    for (const one of inputs[path].imports) if (!one.external && isFollowed(path, one)) found.add(one.path);
  return [...found];
}

/** Gives the program, in the place of each of these modules, what the file beside it has of that name. */
const takenFrom = (places) => ({
  name: 'apart',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, namespace, path, resolveDir }) => {
      if (namespace === 'apart') return { path, external: true };
      if (kind !== 'dynamic-import') return undefined;
      const place = places.get(resolve(resolveDir, path.replace(/\.js$/, '.ts')));
      return place === undefined ? undefined : { path: place.target, namespace: 'apart', pluginData: place };
    });
    onLoad({ filter: /./, namespace: 'apart' }, ({ pluginData: { file, name } }) => ({
      contents: `module.exports = require('./${file}.cjs').${name}();`,
    }));
  },
});

/**
 * Imports what the program holds at the head of the file that loads it with `import()`: esbuild would put off the start of
 * each module that this reaches, one by one, which takes longer than to start them.
 */
const heldHere = (held) => ({
  name: 'held',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!held.has(path)) return undefined;
      const imports = [];
      const text = readFileSync(path, 'utf8').replace(/\(await import\('(.*?)'\)\)\.(\w+)/g, (found, from, name) => {
        if (!held.get(path).has(from)) return found;
        imports.push(`import { ${name} } from '${from}';\n`);
        return name;
      });
      if (imports.length !== held.get(path).size) throw new Error(`${path} loads with import() in a form of its own`);
      return { contents: imports.join('') + text, loader: 'ts', resolveDir: dirname(path) };
    });
  },
});
