import { isTrustEntry, type AnyEntry } from '@postern/core';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { buildGiven } from '../../options/built.js';
import { readOptions } from '../../options/given.js';
import { writeOutput } from '../../output.js';
import { drawPicture } from '../../picture/draw.js';
import { symbolicPlace } from '../../printing/symbolic-place.js';
import { placeNotes, usualPartition } from '../../printing/usual-place.js';
import { exampleOptions } from '../../use-cases.js';
import type { ShowFlags } from './flags.js';

/** Prints a picture of the policy of an entry: for the options that are given, or else for the shortest that build. */
export async function printPicture(entry: AnyEntry, flags: ShowFlags & Record<string, unknown>, io: Io): Promise<void> {
  const given = await readOptions(entry, flags, io);
  const isExample = flags.options === undefined && Object.keys(given.flags).length === 0;
  const options = isExample ? exampleOptions(entry) : given.options;
  const isTrust = isTrustEntry(entry);
  const built = buildGiven(entry, { options, spelling: given.spelling }, isTrust ? usualPartition : symbolicPlace);
  if (built.problems.length > 0) throw new InputError(built.problems);
  const svg = drawPicture({ entry, document: built.document, options });
  if (flags.output === undefined) io.stdout.write(svg);
  else writeOutput(flags.output, svg, io);
  if (isTrust) for (const note of placeNotes(entry, options, given.spelling)) writeLine(io.stderr, `note: ${note}`);
}
