import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { schemaHint } from './schema-hint.js';

const name = 'postern.schema.json';
/** Where the package has it, from a folder in which it is installed. */
const installed = join('node_modules', '@postern', 'core', 'dist', name);

/**
 * The first line of a `postern.yaml`, by which editors find its schema: beside the file, or in a package that is installed
 * there or above. Where it is nowhere, the line says how to get it, since one that names no file would only be an error.
 * @param folder where the file stands
 */
export function schemaLine(folder: string): string {
  const path = existsSync(join(folder, name)) ? name : installedFrom(folder);
  if (path === undefined) return schemaHint;
  const written = path.split(sep).join('/');
  return `# yaml-language-server: $schema=${written.startsWith('../') ? written : `./${written}`}`;
}

/** The package as Node finds it: in this folder or one above it. */
function installedFrom(folder: string): string | undefined {
  const start = realpathSync(folder);
  for (let at = start; ; at = dirname(at)) {
    const path = join(at, installed);
    if (existsSync(path)) return relative(start, path);
    if (dirname(at) === at) return undefined;
  }
}
