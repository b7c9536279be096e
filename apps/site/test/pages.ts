import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { dist } from './host.js';

/** Every page of the built site. */
export const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.html'));

/** Whether a link of a page leads to a file of the site, and to a place that is on it. */
export function leads(path: string, name: string): boolean {
  if (name.startsWith('https://')) return true;
  const [target = '', place] = name.split('#');
  if (target.startsWith('/') || /^[a-z]+:/.test(target)) return false;
  const file = join(dist, target === '' ? path : posix.join(posix.dirname(path), target));
  if (!existsSync(file) || !statSync(file).isFile()) return false;
  return place === undefined || place === '' || readFileSync(file, 'utf8').includes(` id="${place}"`);
}
