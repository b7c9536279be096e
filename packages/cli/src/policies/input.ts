import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quote, useCases, type DocumentType, type UseCase } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { readBounded } from '../options/file.js';
import { readFlagWords } from '../options/flag-words.js';
import { buildGiven } from '../options/built.js';
import { findInAssembly, isManifest } from './assembly.js';
import { inputOf, type PolicyInput } from './chosen.js';
import type { FoundPolicies, TemplatePlace } from './found.js';
import { foundIn, readValue } from './in-text.js';
import { splitWords } from './words.js';

/** The largest file of policies that is read whole: an account's details may be tens of megabytes. */
const largest = 256 * 1024 * 1024;

/** What is given besides what is read. */
export interface InputSettings {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** What the documents are, where their shape shall not decide. */
  readonly type?: DocumentType | undefined;
  /** Which of a file's policies are meant, where it has several types; `type` says it too. */
  readonly takes?: DocumentType;
}

/**
 * Reads one side of a comparison: a use case with its flags in one text (`ID --account 123456789012`), a file,
 * a folder with a CDK assembly, or `-` for standard input. `FILE#NAME` takes one policy of several in a file, `FILE#*` all.
 * @param given the account and the region of a use case whose flags do not say them
 * @throws {InputError} where there is no such thing, or it holds several policies and none is named
 */
export async function readInput(
  argument: string,
  place: TemplatePlace,
  io: Io,
  given: InputSettings = {},
): Promise<PolicyInput> {
  const [word = ''] = argument.trim().split(/\s/);
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => id === word);
  const { type, takes = type, ...options } = given;
  if (useCase !== undefined && !existsSync(argument)) return buildFrom(useCase, argument, io, options);
  const hash = existsSync(argument) ? -1 : argument.lastIndexOf('#');
  const [path, name] = hash < 0 ? [argument, undefined] : [argument.slice(0, hash), argument.slice(hash + 1)];
  const found = await readPolicies(path, place, io);
  return inputOf(found, { path, name, label: argument }, { type, takes });
}

/** Builds a use case from its flags in one text. */
async function buildFrom(useCase: UseCase, text: string, io: Io, given: object): Promise<PolicyInput> {
  const [, ...words] = splitWords(text);
  const options = await readFlagWords(useCase, words, io, given);
  const { document, problems } = buildGiven(useCase, options);
  if (problems.length > 0) throw new InputError(problems);
  return {
    label: text,
    documents: [document],
    documentNames: [''],
    notes: [],
    isOpen: false,
    elsewhere: [],
    parameters: new Set(),
  };
}

/** Reads every policy of a file, a CDK assembly, or standard input. */
export async function readPolicies(path: string, place: TemplatePlace, io: Io): Promise<FoundPolicies> {
  if (path !== '-' && existsSync(path) && statSync(path).isDirectory()) {
    const manifest = join(path, 'manifest.json');
    if (existsSync(manifest)) return findInAssembly(manifest, place);
    throw new InputError([
      `${quote(path)} is a folder without \`manifest.json\`: name a file in it, or a CDK assembly`,
    ]);
  }
  const label = path === '-' ? 'standard input' : quote(path);
  const text = await readBounded(path, io, largest, 'name a part of it');
  const value = await readValue(text, label);
  if (path !== '-' && isManifest(value)) return findInAssembly(path, place);
  return foundIn(value, label, place);
}
