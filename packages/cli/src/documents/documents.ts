import { print, type DocumentSource, type PolicyDocument } from '@postern/core';
import { writeLine, type Io } from '../io.js';
import { writeOutput } from '../output.js';
import { readInput } from '../policies/input.js';
import { examplePlace } from '../policies/place.js';

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

export function write(text: string, output: string | undefined, io: Io): void {
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);
}

/** A policy as it is printed. */
export function printed(document: PolicyDocument): string {
  return `${print(document)}\n`;
}
