import { literalOf, type Text, type Unknown, type Value } from '../values/value.js';

/** Variables of CI systems that hold the folder of the checkout. */
const rootFolders = new Set([
  '$GITHUB_WORKSPACE',
  'github.workspace',
  '$CI_PROJECT_DIR',
  '$BITBUCKET_CLONE_DIR',
  '$CODEBUILD_SRC_DIR',
  '$WORKSPACE',
  '$BUILD_SOURCESDIRECTORY',
  '$(Build.SourcesDirectory)',
  '$(System.DefaultWorkingDirectory)',
  '$CIRCLE_WORKING_DIRECTORY',
  '$PWD',
]);

/** What stands before the path of a file that the job writes itself, in the names of what its variables hold. */
export const writtenFile = 'file ';

/** What stands for the folder of the checkout where a script asks for it. */
const root: Unknown = { from: '$PWD' };

function isInCheckout([head]: Text): boolean {
  return head !== undefined && typeof head !== 'string' && rootFolders.has(head.from);
}

/** Whether a path begins with the folder of the checkout. */
export function beginsInCheckout(path: Value): boolean {
  return path.some(isInCheckout);
}

/** A path with what stands for the checkout taken off. */
export function fromCheckout(path: Value): Value {
  return path.map((text) => (isInCheckout(text) ? normalText(withoutSlash(text.slice(1))) : text));
}

/** A path of the repository as a script sees it that asks where it is. */
export function inCheckout(path: Value): Value {
  return path.map((text) => {
    const [head, ...rest] = text;
    if (head === undefined) return [root];
    if (typeof head !== 'string') return isInCheckout(text) ? text : [root, '/', ...text];
    return head.startsWith('/') ? text : [root, `/${head}`, ...rest];
  });
}

/** What `dirname` prints; undefined where that cannot be told. */
export function folderOfText(text: Text): Text | undefined {
  const last = text.at(-1);
  if (typeof last !== 'string') return undefined;
  const path = last.replace(/\/+$/, '');
  const slash = path.lastIndexOf('/');
  if (slash < 0) return text.length === 1 ? ['.'] : undefined;
  const before = path.slice(0, slash);
  if (before === '' && text.length === 1) return ['/'];
  return [...text.slice(0, -1), ...(before === '' ? [] : [before])];
}

/** A path without `.` and `..`, as far as it has folders that these take away. */
export function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function normalText(text: Text): Text {
  const known = literalOf(text);
  const made = known === undefined ? undefined : normal(known);
  return made === undefined ? text : made === '' ? [] : [made];
}

function withoutSlash(text: Text): Text {
  const [head, ...rest] = text;
  if (typeof head !== 'string') return text;
  const known = head.replace(/^\/+/, '');
  return known === '' ? rest : [known, ...rest];
}
