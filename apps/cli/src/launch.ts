import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

type LoadedModule = { exports: unknown };

const nodes = require;
const loaded = new Map<string, LoadedModule>();
const program = './main.cjs';
load(program, readFileSync(fileOf(program)));

/**
 * Compiling takes longer than making a policy, so the build leaves V8's code cache beside files of the program. V8 checks that
 * it is its own, but of the file only the length: the cache begins with a copy of it, and stands for no other.
 */
function readCache(id: string, text: Buffer): Buffer | undefined {
  try {
    const cache = readFileSync(fileOf(id).replace(/cjs$/, 'cache'));
    return cache.subarray(0, text.length).equals(text) ? cache.subarray(text.length) : undefined;
  } catch {
    return undefined;
  }
}

function load(id: string, text: Buffer, cachedData = readCache(id, text)): unknown {
  const file = fileOf(id);
  const source = `(function (exports, require, module, __filename, __dirname) { ${text.toString('latin1')}\n})`;
  const script = new Script(source, { filename: file, cachedData });
  const module: LoadedModule = { exports: {} };
  loaded.set(id, module);
  (script.runInThisContext() as (...globals: unknown[]) => void)(module.exports, need, module, file, __dirname);
  return module.exports;
}

/** As Node's own `require`, with the cache where there is one. */
function need(id: string): unknown {
  if (!id.startsWith('./') || !id.endsWith('.cjs')) return nodes(id);
  const found = loaded.get(id);
  if (found !== undefined) return found.exports;
  const text = readFileSync(fileOf(id));
  const cache = readCache(id, text);
  return cache === undefined ? nodes(id) : load(id, text, cache);
}

function fileOf(id: string): string {
  return join(__dirname, id);
}
