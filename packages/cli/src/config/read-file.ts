import { existsSync } from 'node:fs';
import { placedLines, readJsonText, readYamlText, type Problem, type TextPlace } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { readBounded } from '../options/file.js';

/** What the file is called where nobody says. */
export const configNames = ['postern.yaml', 'postern.yml', 'postern.json'] as const;

/** A file with roles, and how to say what is wrong with them. */
export interface ConfigFile {
  /** What messages call it: its path. */
  readonly name: string;
  /** What it holds, unchecked. */
  readonly value: unknown;
  /** Problems as lines, each with the line and column of the file. */
  readonly describe: (problems: readonly Problem[]) => string[];
  /** Where the part with a path stands. */
  readonly placeOf: (path: string) => TextPlace;
}

/**
 * Reads a `postern.yaml`.
 * @param path the file, `-` for standard input; by default the one in this folder
 * @throws {InputError} where it is neither JSON nor YAML, by line and column
 */
export async function readConfigFile(path: string | undefined, io: Io): Promise<ConfigFile> {
  const found = path ?? configNames.find((name) => existsSync(name));
  if (found === undefined) {
    throw new InputError([
      'there is no `postern.yaml` here: write one with `postern init`, or name it with `--config`',
    ]);
  }
  return readConfigText(await boundedText(found, io), found === '-' ? 'standard input' : found);
}

/** The text of a `postern.yaml`, at most 1 MiB. */
export function boundedText(path: string, io: Io): Promise<string> {
  return readBounded(path, io, 1024 * 1024, 'divide it into several files');
}

/**
 * Reads the text of a `postern.yaml`.
 * @param name what the file is called in messages
 * @throws {InputError} where it is neither JSON nor YAML, by line and column
 */
export async function readConfigText(text: string, name: string): Promise<ConfigFile> {
  const read = readJsonText(text) ?? readYamlText(text, await import('yaml'));
  if (read.problems.length > 0) throw new InputError(placedLines(read, name));
  const describe = (problems: readonly Problem[]) => placedLines(read, name, problems);
  return { name, value: read.value, describe, placeOf: read.placeOf };
}
