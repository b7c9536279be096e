// Divides the executable: what a command loads with `import()` stands in a file beside the program.
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** What others load so, such as a format, is small and stays in the program. */
const isOfCommand = (path) => /packages\/cli\/src\/(commands|lint)\//.test(path);

/** The files, and which folder what they hold reaches: the first that fits takes it. */
const files = {
  mcp: 'packages/cli/src/commands/mcp/',
  sandbox: 'packages/sandbox/',
  detect: 'packages/detect/',
  lint: 'packages/cli/src/lint/rules/',
  documents: '',
};
const fileOf = (paths) => Object.keys(files).find((name) => paths.some((path) => path.includes(files[name])));

/**
 * @param settings what the program is built with
 * @returns `parts`, the source of each file that goes beside the program; and `apart`, the plugin by which the program takes
 * from them what its commands load
 */
export async function findParts(settings) {
  const { metafile } = await build({ ...settings, write: false });
  const [main] = Object.values(settings.entryPoints);
  const places = new Map();
  const parts = new Map();
  for (const target of findTargets(metafile.inputs, main)) {
    const name = `part${places.size}`;
    const file = fileOf(reach(metafile.inputs, target, () => true));
    places.set(resolve(settings.absWorkingDir, target), { target, file, name });
    parts.set(file, `${parts.get(file) ?? ''}exports.${name} = () => require('./${target}');\n`);
  }
  return { parts, apart: takenFrom(places) };
}

/** What commands load with `import()`. */
function findTargets(inputs, main) {
  const isApart = (path, { kind, external }) => kind === 'dynamic-import' && !external && isOfCommand(path);
  const program = reach(inputs, main, (path, one) => !isApart(path, one));
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
