import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KeptOrigin } from '@postern/proof/clients';
import { npmInstall } from './npm-install.js';
import { InstallFailure } from './run-program.js';

type Environment = Readonly<Record<string, string | undefined>>;

const keptFolder = fileURLToPath(new URL('../kept/', import.meta.url));

/** The name that git gives to a content. */
export function blobName(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/**
 * Places a program that is kept in this repository, and installs what it needs.
 * @param target where the program shall lie
 * @throws {InstallFailure} where a file is not what was published
 */
export async function placeKept(
  { repository, version, files, starts, requires = {} }: KeptOrigin,
  name: string,
  target: string,
  env: Environment,
): Promise<void> {
  const folder = dirname(target);
  mkdirSync(folder, { recursive: true });
  for (const [file, published] of Object.entries(files)) {
    const content = readFileSync(join(keptFolder, name, file));
    if (blobName(content) !== published)
      throw new InstallFailure(
        `\`tools/clients/kept/${name}/${file}\` is not that of ${repository} ${version}: restore it`,
      );
    writeFileSync(join(folder, file), content);
    chmodSync(join(folder, file), 0o755);
  }
  const specs = Object.entries(requires).map(([one, release]) => `${one}@${release}`);
  if (specs.length > 0) await npmInstall(specs, dirname(folder), env);
  if (starts === undefined) return;
  writeFileSync(target, launcher(name, version, starts), { mode: 0o755 });
}

/** Starts a module as a program, and says its version, which the module itself does not. */
const launcher = (name: string, version: string, module: string) => `#!/usr/bin/env node
if (process.argv[2] === '--version') console.log(${JSON.stringify(`${name} ${version}`)});
else {
  const start = require(${JSON.stringify(`./${module}`)});
  // Some start where they are loaded, and export nothing.
  if (typeof start === 'function') start();
}
`;
