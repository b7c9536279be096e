import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * The files that are meant: a file is itself, a folder all JSON and YAML files in it (a CDK assembly stays one), anything
 * with `*` the files it matches. `-` is standard input.
 */
export async function* filesOf(inputs: readonly string[]): AsyncGenerator<string> {
  for (const input of inputs) {
    if (input === '-' || (existsSync(input) && !isOpenFolder(input)) || !(existsSync(input) || /[*?[{]/.test(input))) {
      yield input;
      continue;
    }
    const { glob } = await import('tinyglobby');
    const options = existsSync(input) ? { cwd: input } : { absolute: isAbsolute(input) };
    const pattern = existsSync(input) ? '**/*.{json,yaml,yml}' : input.replaceAll('\\', '/');
    const found = await glob(pattern, { ...options, dot: false, ignore: ['**/node_modules/**'] });
    for (const file of found.sort()) yield existsSync(input) ? join(input, file) : file;
  }
}

function isOpenFolder(path: string): boolean {
  return statSync(path).isDirectory() && !existsSync(join(path, 'manifest.json'));
}
