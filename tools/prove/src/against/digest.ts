import { createHash } from 'node:crypto';

/** A short digest of values, the same on every machine and for every order of an object's keys but the one written. */
export function digest(...values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
