import { type DocumentType } from '@postern/core';
import { InputError } from '../errors.js';
import { once, type Flag } from './flags.js';
import { wordProblems } from './words.js';

const types: readonly DocumentType[] = ['identity', 'trust', 'resource'];

/** `--type`: what a policy is, where its shape shall not decide. */
export function typeFlag(): Flag {
  return once('--type <word>', `what the policies are: ${types.join(', ')} (default: by their shape)`, () => types);
}

/** What is wrong with the word of `--type`; nothing where it is a type. */
export function typeProblems(word: string | undefined): string[] {
  return wordProblems('--type', word, types);
}

/** @throws {InputError} for a word that is no type */
export function readType(word: string | undefined): DocumentType | undefined {
  const problems = typeProblems(word);
  if (problems.length > 0) throw new InputError(problems);
  return types.find((type) => type === word);
}
