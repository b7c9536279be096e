// Run in a package after `compile` and the CommonJS bundle: the declarations again beside it, read as CommonJS there.
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

const [dist, target] = ['dist', join('dist', 'cjs')];
for (const file of readdirSync(target, { recursive: true })) {
  if (file.endsWith('.d.ts')) rmSync(join(target, file));
}
for (const file of readdirSync(dist, { recursive: true })) {
  if (!file.endsWith('.d.ts') || file.startsWith(`cjs${sep}`)) continue;
  mkdirSync(dirname(join(target, file)), { recursive: true });
  copyFileSync(join(dist, file), join(target, file));
}
writeFileSync(join(target, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
