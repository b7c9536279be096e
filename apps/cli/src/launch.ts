import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

// Compiling takes longer than making a policy, so the build leaves V8's code cache beside the program. V8 checks that it
// is its own, but of the program only the length: the cache begins with the program's hash, and stands for no other.
const file = join(__dirname, 'main.cjs');
const program = readFileSync(file);
const source = `(function (exports, require, module, __filename, __dirname) { ${program.toString('latin1')}\n})`;
const script = new Script(source, { filename: file, cachedData: readCache() });
(script.runInThisContext() as (...globals: unknown[]) => void)({}, require, {}, file, __dirname);

function readCache(): Buffer | undefined {
  const hash = createHash('sha256').update(program).digest();
  try {
    const cache = readFileSync(join(__dirname, 'main.cache'));
    return cache.subarray(0, hash.length).equals(hash) ? cache.subarray(hash.length) : undefined;
  } catch {
    return undefined;
  }
}
