import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the repository says of an entry. */
export interface History {
  readonly id: string;
  /** Whether its evidence is committed. */
  readonly recorded: boolean;
  /** What changed of its own since then: paths, those that are not committed first. */
  readonly changed: readonly string[];
  /** What changed since then of what every proof rests on: the engine, the sandbox, and how a policy is built and decided. */
  readonly shared: readonly string[];
}

const permissions = 'packages/core/src/catalog/permissions';
const plans = 'packages/proof/src/use-cases';
const services = 'packages/sandbox/src/services';
/** What no proof reads: texts for people, how a job is found in a repository, cases and their policies, the rows of a test. */
const notRead = [
  ...['README.md', 'detect.ts', 'cases.ts', 'vendor.ts', 'samples/*'].map((file) => `${permissions}/*/${file}`),
  `${services}/*/rows.ts`,
];

/** What every proof rests on; of core, what makes and decides policies of use cases. */
const shared = [
  'packages/proof/src',
  'packages/sandbox/src',
  ...['access', 'document', 'use-case', 'catalog/resources', 'catalog/conditions'].map(
    (folder) => `packages/core/src/${folder}`,
  ),
  `:(exclude)${plans}`,
  `:(exclude)${services}/*/*`,
];

/**
 * Reads what changed of entries since their evidence was recorded: in their folder, in that of their plan, in those that these
 * import from, and in the services of the sandbox whose actions they name. What all entries share is nobody's own, and is
 * told apart.
 * @param since what changed earlier is left out: every entry has had its day since then
 * @returns undefined where the repository does not know, as in a clone without history
 */
export function readHistories(root: string, ids: readonly string[], since: Date): History[] | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\0')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  try {
    if (git('rev-parse', '--is-shallow-repository')[0] !== 'false') return undefined;
    git('rev-parse', 'HEAD');
  } catch {
    return undefined;
  }
  return ids.map((id) => {
    const evidence = `${permissions}/${id}/evidence.json`;
    const [recording] = git('log', '-1', '--format=%H', '--', evidence);
    if (recording === undefined) return { id, recorded: false, changed: [], shared: [] };
    const range = [`--since=${since.toISOString()}`, `${recording}..HEAD`];
    const changedIn = (...paths: string[]) => {
      const open = git('status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', ...paths);
      const notEvidence = [...paths, `:(exclude)${permissions}/*/evidence.json`];
      const later = git('log', '-m', '-z', '--no-renames', '--name-only', '--format=', ...range, '--', ...notEvidence);
      return [...new Set([...open.map((line) => line.replace(/^\S{1,2} /, '')), ...later])];
    };
    const own = [...ownFolders(root, id), ...notRead.map((path) => `:(exclude)${path}`)];
    return { id, recorded: true, changed: changedIn(...own), shared: changedIn(...shared) };
  });
}

/** The folders whose files decide about this proof and not about every one. */
function ownFolders(root: string, id: string): string[] {
  const entries = reached(root, [permissions, plans], [id]);
  const texts = entries.flatMap((folder) => readSources(join(root, folder)));
  const named = new Set(
    texts.flatMap((text) => [...text.matchAll(/\b([a-z][a-z0-9-]*):[A-Z]/g)].map(([, one]) => one!)),
  );
  return [...entries, ...reached(root, [services], [...named])];
}

/** Folders of these names, and those beside them that their files import from. */
function reached(root: string, parents: readonly string[], names: readonly string[]): string[] {
  const found = new Set(names);
  const foldersOf = (name: string) =>
    parents.map((parent) => `${parent}/${name}`).filter((folder) => existsSync(join(root, folder)));
  // The set grows while it is walked.
  for (const name of found)
    for (const text of foldersOf(name).flatMap((folder) => readSources(join(root, folder))))
      for (const [, other] of text.matchAll(/(?:from|import\()\s*['"]\.\.\/([a-z0-9-]+)\//g)) found.add(other!);
  return [...found].flatMap(foldersOf);
}

function readSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}
