import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { quote } from '@postern/core';

/** A file to be read, or an input that means none. */
export interface NamedFile {
  readonly file: string;
  readonly error?: string;
}

/**
 * The files that are meant: a file is itself, a folder all JSON and YAML files in it (a CDK assembly stays one), anything
 * with `*` the files it matches. `-` is standard input. A folder or pattern without files is an error: a check of nothing
 * would look like one that found nothing.
 */
export async function* filesOf(inputs: readonly string[]): AsyncGenerator<NamedFile> {
  for (const input of inputs) {
    if (input === '-' || (existsSync(input) && !isOpenFolder(input)) || !(existsSync(input) || /[*?[{]/.test(input))) {
      yield { file: input };
      continue;
    }
    const { glob } = await import('tinyglobby');
    const options = existsSync(input) ? { cwd: input } : { absolute: isAbsolute(input) };
    const pattern = existsSync(input) ? '**/*.{json,yaml,yml}' : input.replaceAll('\\', '/');
    const found = await glob(pattern, { ...options, dot: false, ignore: ['**/node_modules/**'] });
    for (const file of found.sort()) yield { file: existsSync(input) ? join(input, file) : file };
    if (found.length > 0) continue;
    const why = existsSync(input)
      ? 'holds no JSON or YAML file: name a folder that does'
      : 'matches no file: check the pattern and the folder';
    yield { file: input, error: `${quote(input)} ${why}` };
  }
}

function isOpenFolder(path: string): boolean {
  return statSync(path).isDirectory() && !existsSync(join(path, 'manifest.json'));
}
