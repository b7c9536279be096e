import { createReadStream } from 'node:fs';
import { quote, readJson } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';

/** Far more than any set of options needs. */
const largest = 1024 * 1024;

/**
 * Reads options from a file, or from standard input for `-`: JSON or YAML by content, at most 1 MiB.
 * @returns the options by their camelCase names, unchecked
 * @throws {InputError} where it cannot be read, holds duplicate keys, or is no set of options
 */
export async function readOptionsFile(path: string, io: Io): Promise<Record<string, unknown>> {
  const name = nameOf(path);
  const text = await readBounded(path, io);
  if (text.trim() === '') throw new InputError([`${name} is empty: write the options as JSON or YAML`]);
  const value = await readValue(text, name);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError([`${name} holds no set of options: write them by name, such as \`region: eu-west-1\``]);
  }
  return value as Record<string, unknown>;
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : quote(path);
}

/**
 * Reads a file, or standard input for `-`, as UTF-8 text.
 * @param most the largest number of bytes
 * @param instead what to do with a larger one
 * @throws {InputError} where it cannot be read
 */
export async function readBounded(
  path: string,
  io: Io,
  most: number = largest,
  instead = 'give the options alone',
): Promise<string> {
  const name = nameOf(path);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of path === '-' ? io.stdin : (createReadStream(path) as AsyncIterable<Uint8Array>)) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      size += bytes.length;
      if (size > most) throw new InputError([`${name} is larger than ${most / 2 ** 20} MiB: ${instead}`]);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([`${name} cannot be read: ${reasonOf(error)}`]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new InputError([`${name} is not UTF-8 text: save it as UTF-8`]);
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file, check the path';
    case 'EISDIR':
      return 'it is a directory, name a file in it';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied, check its mode';
    default:
      return (error as Error).message;
  }
}

/** JSON where the text is JSON, else YAML, of which JSON is nearly a part. */
async function readValue(text: string, name: string): Promise<unknown> {
  const json = readJson(text);
  if (json.wellFormed) {
    if (json.problems.length > 0) {
      throw new InputError(json.problems.map(({ message }) => `${name}: ${message}`));
    }
    return json.value;
  }
  const [notJson] = json.problems;
  // The YAML reader would take many seconds to come to the same end.
  if (notJson?.message.startsWith('nested')) throw new InputError([`${name} is ${notJson.message}`]);
  const { readYaml } = await import('../printing/yaml.js');
  try {
    return readYaml(text);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    const looksLikeJson = /^\s*[{[]/.test(text);
    throw new InputError([`${name} is neither JSON nor YAML: ${looksLikeJson ? notJson?.message : reason}`]);
  }
}
