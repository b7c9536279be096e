import { quote, type DocumentType } from '@postern/core';
import type { Option } from 'commander';
import { InputError } from '../errors.js';
import { once } from './flags.js';

const types: readonly DocumentType[] = ['identity', 'trust', 'resource'];

/** `--type`: what a policy is, where its shape shall not decide. */
export function typeFlag(): Option {
  return once('--type <word>', `what the policies are: ${types.join(', ')} (default: by their shape)`);
}

/** @throws {InputError} for a word that is no type */
export function readType(word: string | undefined): DocumentType | undefined {
  const found = types.find((type) => type === word);
  if (word !== undefined && found === undefined) {
    throw new InputError([`--type: ${quote(word)} is none of ${types.map(quote).join(', ')}`]);
  }
  return found;
}
