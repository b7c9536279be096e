import { kindOfPath } from '@postern/detect';
import { quote } from '@postern/core';
import ignore, { type Ignore } from 'ignore';

/** Nothing that CI runs is longer. */
export const largestFile = 1024 * 1024;
/** What a CI file that is named by itself may have: 4 MiB. */
export const largestSingle = 4 * 1024 * 1024;
/** How much of a repository is read. */
export const mostBytes = 64 * 1024 * 1024;
/** How many files and folders of a repository are looked at. */
export const mostEntries = 200_000;

/** What is said of a file that is named by itself, and is longer. */
export function tooLarge(path: string): string {
  return `${quote(path)} is larger than 4 MiB: no CI file is, name another one`;
}

/** What is said of a file or a folder that the system does not let postern read. */
export function notOpen(code: string | undefined): string {
  return `cannot be read: ${code === 'EACCES' || code === 'EPERM' ? 'permission denied' : (code ?? 'why is not known')}`;
}

/** What is said of a file that is named by itself, and is no text. */
export function noText(path: string): string {
  return `${quote(path)} is no text: name a CI file`;
}

/** Folders that hold what others wrote, or what a build made. */
const skipped = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  'vendor',
  '.terraform',
  '.terragrunt-cache',
  'cdk.out',
  '.serverless',
  '.aws-sam',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.gradle',
  '.next',
  '.nx',
  '.cache',
  'coverage',
  'target',
]);

/** Names of files that CI files are, or may call. */
const wanted =
  /\.(ya?ml|sh|bash|zsh|ps1|bat|cmd|tf|tofu|hcl|tfbackend|tfvars|conf|backend|toml|mk|groovy|jenkinsfile|config)$|jenkinsfile|^(gnu)?makefile$|^package\.json$|^project\.json$|^cdk\.json$|^dockerfile\.|\.dockerfile$|^ecspresso\.json$|^config\.json$|(task|ecs)[^/]*\.json$/i;

/** Whether a folder of this name is never read. */
export function isSkipped(name: string): boolean {
  return skipped.has(name);
}

/** Whether a file of this name may be one of CI, or one that CI calls. */
export function isWanted(name: string): boolean {
  return wanted.test(name) || !name.slice(1).includes('.');
}

/** Whether a path says that a CI system reads the file. */
export function isCiFile(path: string): boolean {
  return kindOfPath(path) !== undefined;
}

/** The patterns of a file `.gitignore`, and the folder that they hold below: its path from the root, with slashes. */
export interface Ignored {
  readonly folder: string;
  readonly matcher: Ignore;
}

/** Reads the `.gitignore` of a folder. */
export function readIgnored(folder: string, text: string): Ignored {
  return { folder, matcher: ignore().add(text) };
}

/**
 * Whether git leaves a path out: the nearest file that says something of it counts.
 * @param path a path from the root, with slashes
 */
export function isIgnored(path: string, isFolder: boolean, rules: readonly Ignored[]): boolean {
  for (const rule of [...rules].reverse()) {
    const { ignored, unignored } = answerOf(rule, path, isFolder);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** The rules that hold in a folder: what would leave it out, and was overruled, says nothing of what is in it. */
export function rulesBelow(folder: string, rules: readonly Ignored[]): readonly Ignored[] {
  return rules.filter((rule) => !answerOf(rule, folder, true).ignored);
}

/** What the patterns of one file say of a path. */
function answerOf({ folder, matcher }: Ignored, path: string, isFolder: boolean) {
  const below = folder === '' ? path : path.slice(folder.length + 1);
  return matcher.test(isFolder ? `${below}/` : below);
}

/** What git's own file of the repository says under `[remote "origin"]`. */
export function originIn(text: string): string | undefined {
  let inOrigin = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.trimStart().startsWith('[')) inOrigin = line.trim() === '[remote "origin"]';
    const [name, ...value] = line.split('=');
    if (inOrigin && name?.trim() === 'url') return value.join('=').trim();
  }
  return undefined;
}

/** What of the path of a file says which CI system reads it: `.github/workflows/ci.yml`. */
export function pathInRepository(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const marker = parts.findLastIndex((part) =>
    ['.github', '.circleci', '.buildkite', '.forgejo', '.gitea'].includes(part),
  );
  return marker < 0 ? parts.at(-1)! : parts.slice(marker).join('/');
}
