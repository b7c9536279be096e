import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

// Compiling takes longer than making a policy, so the build leaves V8's code cache beside the program. V8 checks that it
// is its own; where another version of Node runs, or the file is missing, the program is compiled as any other.
const file = join(__dirname, 'main.cjs');
const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'latin1')}\n})`;
const script = new Script(source, { filename: file, cachedData: readCache() });
(script.runInThisContext() as (...globals: unknown[]) => void)({}, require, {}, file, __dirname);

function readCache(): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, 'main.cache'));
  } catch {
    return undefined;
  }
}
