// Run in a package before its bundle: the scripts of earlier builds, whose parts have other names each time, go.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

if (existsSync('dist')) {
  for (const file of readdirSync('dist')) if (file.endsWith('.js')) rmSync(join('dist', file));
}
