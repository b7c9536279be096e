import { existsSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder whole or not at all: it is filled under a name of this process, and the link with its own name is set
 * last. A folder is not renamed, since programs of Python know where they lie.
 * @param link what the folder is called when it is whole
 */
export async function placeWhole(link: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(link);
  mkdirSync(parent, { recursive: true });
  removeLeft(link);
  const folder = `${link}.${process.pid}`;
  mkdirSync(folder);
  try {
    await fill(folder);
    const fresh = `${folder}.link`;
    symlinkSync(basename(folder), fresh);
    renameSync(fresh, link);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What interrupted runs left: folders of processes that are gone, to which no link leads. */
function removeLeft(link: string): void {
  const parent = dirname(link);
  const current = targetOf(link);
  for (const name of readdirSync(parent)) {
    const [, pid] = name.startsWith(`${basename(link)}.`) ? (/\.(\d+)(?:\.link)?$/.exec(name) ?? []) : [];
    if (pid === undefined || name === current || (isRunning(Number(pid)) && Number(pid) !== process.pid)) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
  if (current !== undefined && !existsSync(link)) rmSync(link, { force: true });
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
