// Reads the docstrings of what the packages export, with TypeDoc. Nothing of it is installed with a package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application } from 'typedoc';
import { root } from './vite.mjs';

const packages = ['core', 'cdk', 'pulumi'];
const folderOf = (name) => join(root, '../../packages', name);

/**
 * What each address of the packages exports, in TypeDoc's own form; addresses with a `*`, and of files that are no module, are left
 * out.
 */
export async function readApi() {
  const modules = [];
  for (const name of packages) modules.push(...(await readPackage(folderOf(name))));
  return modules;
}

async function readPackage(folder) {
  const { name, description, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const sources = Object.entries(exports).flatMap(([address, target]) =>
    target['@postern/source'] === undefined ? [] : [[name + address.slice(1), target['@postern/source']]],
  );
  const app = await Application.bootstrap({
    entryPoints: sources.map(([, file]) => join(folder, file)),
    tsconfig: join(folder, 'tsconfig.lib.json'),
    // The typecheck of the package reports errors.
    skipErrorChecking: true,
    excludeExternals: true,
    excludePrivate: true,
    disableSources: true,
    readme: 'none',
    sort: ['alphabetical'],
    logLevel: 'Error',
  });
  const project = await app.convert();
  if (project === undefined) throw new Error(`the docstrings of ${name} cannot be read`);
  const { children = [] } = app.serializer.projectToObject(project, root);
  // Of one module TypeDoc makes no module of its own.
  if (sources.length === 1) return [{ address: sources[0][0], description, exports: children }];
  return sources.map(([address, file]) => {
    const module = file.replace(/^\.\/src\//, '').replace(/\.ts$/, '');
    const found = children.find((one) => one.name === module);
    if (found === undefined) throw new Error(`TypeDoc has no module for ${address}`);
    return { address, description, exports: found.children ?? [] };
  });
}
