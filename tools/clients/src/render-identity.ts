import { realpathSync, statSync } from 'node:fs';
import type { Client } from './ensure-clients.js';

/**
 * What tells a client from every other one, a line each: its release, its path, and the size and time of the program behind
 * it, since another program may say that it is the same release.
 */
export function renderIdentity(clients: readonly Client[]): string {
  return clients.map(({ name, found }) => `${name} ${found === undefined ? '-' : identityOf(found)}\n`).join('');
}

function identityOf({ path, version }: NonNullable<Client['found']>): string {
  const { size, mtimeMs } = statSync(path);
  return [version, path, realpathSync(path), size, mtimeMs].join(' ');
}
