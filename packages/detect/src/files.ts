/** The files of a repository: paths from its root, with slashes, and their texts. */
export type Files = ReadonlyMap<string, string>;

/** The file at a path that may begin with `./`. */
export function fileAt(files: Files, path: string): { readonly path: string; readonly text: string } | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  const normal = parts.join('/');
  const text = files.get(normal);
  return text === undefined ? undefined : { path: normal, text };
}

/** The folder that a file stands in; empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
