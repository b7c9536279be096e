import { quotas, split } from '@postern/core';
import { readDocuments, write } from '../../documents/documents.js';
import { explained } from '../../documents/explained.js';
import { describeParts } from '../../documents/parts.js';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { kebabCase } from '../../options/spell.js';
import { wordProblems } from '../../options/words.js';
import type { SplitFlags } from './flags.js';

/** Prints several policies that fit a quota and together give the access of one. */
export async function splitPolicy(policy: string, flags: SplitFlags, io: Io): Promise<void> {
  const quota = quotaNamed(flags.quota ?? 'managed-policy');
  if (policy === '-' && flags.previous === '-') throw new InputError(['standard input can be read once only']);
  const documents = await readDocuments([policy], io);
  const previous = flags.previous === undefined ? [] : await readDocuments([flags.previous], io);
  const parts = explained(() => split(documents, quota, { attachments: Infinity, previous }), policy);
  write(`${JSON.stringify(parts, null, 2)}\n`, flags.output, io);
  writeLine(io.stderr, describeParts(parts, quota));
}

function quotaNamed(word: string): keyof typeof quotas {
  const names = Object.keys(quotas) as (keyof typeof quotas)[];
  const found = names.find((name) => word === name || word === kebabCase(name));
  if (found !== undefined) return found;
  throw new InputError(wordProblems('--quota', word, names.map(kebabCase)));
}
