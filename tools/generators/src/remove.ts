import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { root } from './folders.js';

/** Removes a file, and the folders that are empty without it. */
export function removeFile(path: string): void {
  rmSync(new URL(path, root));
  for (
    let folder = new URL('./', new URL(path, root));
    readdirSync(folder).length === 0;
    folder = new URL('../', folder)
  ) {
    rmdirSync(folder);
  }
}
