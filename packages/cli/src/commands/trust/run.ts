import { explain, listNotes, quote, type TrustEntry } from '@postern/core';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { buildGiven } from '../../options/built.js';
import { readOptions } from '../../options/given.js';
import { wordProblems } from '../../options/words.js';
import { writeOutput } from '../../output.js';
import { describeTrustSize, oversizeTrustProblems } from '../../printing/policy-size.js';
import { openKeys, symbolicPlace, typicalDocument } from '../../printing/symbolic-place.js';
import { placeNotes, usualPartition } from '../../printing/usual-place.js';
import type { TrustFlags } from './flags.js';

/** Prints the trust policy of a role. */
export async function trust(entry: TrustEntry, flags: TrustFlags & Record<string, unknown>, io: Io): Promise<void> {
  const { format: word = 'json', name = entry.id, output, explain: explained } = flags;
  const problems = [...wordProblems('--format', word, Object.keys(formats)), ...nameProblems(name)];
  const format = await formats[Object.hasOwn(formats, word) ? word : 'json']!();
  const given = await readOptions(entry, flags, io);
  const built = buildGiven(entry, given, format.needsPlace ? usualPartition : symbolicPlace);
  problems.push(...built.problems);
  if (problems.length === 0) problems.push(...openKeys(built.document));
  if (problems.length > 0) throw new InputError(problems);
  const typical = typicalDocument(built.document);
  const oversize = oversizeTrustProblems(typical);
  if (oversize.length > 0) throw new InputError(oversize);

  const explanations = explained ? explain(entry, built.document) : [];
  const generated = { useCase: entry, options: given.options, document: built.document, explanations, name };
  const text = format.role === undefined ? format.print(generated) : format.role(generated);
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);

  writeLine(io.stderr, describeTrustSize(typical));
  for (const note of listNotes(entry, built.resolved, given.spelling)) writeLine(io.stderr, `note: ${note}`);
  if (format.needsPlace)
    for (const note of placeNotes(entry, given.options, given.spelling)) writeLine(io.stderr, `note: ${note}`);
  if (explained && !format.explains) {
    const { printExplanationTable } = await import('../../printing/explanation-table.js');
    writeLine(io.stderr, printExplanationTable(explanations, io.stderr.columns ?? 120));
  }
}

function nameProblems(name: string): string[] {
  if (/^[A-Za-z0-9+=,.@_-]{1,64}$/.test(name)) return [];
  return [`--name: ${quote(name)} is no name of a role: use up to 64 letters, digits and \`+=,.@_-\``];
}
