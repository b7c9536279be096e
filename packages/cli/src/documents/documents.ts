import {
  DocumentError,
  print,
  quotas,
  quote,
  size,
  SplitError,
  type DocumentSource,
  type PolicyDocument,
} from '@postern/core';
import { InputError } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { writeOutput } from '../output.js';
import { examplePlace, readInput } from '../policies/input.js';

/** How many policies there are, how large, and whether they can be attached. */
export function describeParts(parts: readonly PolicyDocument[], quota: keyof typeof quotas = 'managedPolicy'): string {
  const { title, characters, attachments } = quotas[quota];
  const sizes = parts.map(size).join(', ');
  const count = parts.length === 1 ? '1 policy' : `${parts.length} policies`;
  const text = `${count} of ${sizes} characters; ${title}: at most ${characters}; the access is the same, compared over all requests`;
  if (parts.length <= attachments) return text;
  if (attachments === 1)
    return `${text}\nnote: there can be only one ${title}: take permissions out, or make managed policies`;
  return `${text}\nnote: ${attachments} can be attached by default: see whether AWS raises the quota, or take permissions out`;
}

/** Reads policies that hold together, from files or use cases. */
export async function readDocuments(policies: readonly string[], io: Io): Promise<DocumentSource[]> {
  const found: DocumentSource[] = [];
  for (const policy of policies) {
    const { documents, notes } = await readInput(policy, examplePlace, io);
    for (const note of notes) writeLine(io.stderr, `note: ${note}`);
    found.push(...(documents as readonly DocumentSource[]));
  }
  return found;
}

/** What core refuses, as bad input. */
export function explained<Result>(work: () => Result, policy: string): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof SplitError) throw new InputError(error.problems.map((one) => `${quote(policy)}: ${one}`));
    if (error instanceof DocumentError || error instanceof RangeError)
      throw new InputError([`${quote(policy)}: ${error.message}`]);
    throw error;
  }
}

export function write(text: string, output: string | undefined, io: Io): void {
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);
}

/** A policy as it is printed. */
export function printed(document: PolicyDocument): string {
  return `${print(document)}\n`;
}
