import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '@postern/core';
import type { Found } from '@postern/detect';
import { InputError } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { writeOutput } from '../output.js';
import { plainLine } from '../reports/plain.js';
import { addProposal, isLacking, mayAdd } from './add-proposal.js';
import { linesOfProposal, titleOf } from './content.js';
import { openFile, type OpenedFile } from './open-file.js';
import { keyOfProposal, type Proposal } from './proposal.js';
import { proposalsFor, proposalsOf } from './propose.js';
import { boundedText } from './read-file.js';

/** A proposal that is not added, and why. */
interface Left {
  readonly proposal: Proposal;
  readonly why: string;
}

/** What is chosen of what can be added, and what was found, with answers in it. */
export interface Chosen {
  readonly found: Found;
  readonly proposals: readonly Proposal[];
}

/** Says which of the additions are wanted; nothing is written before it has answered. */
export type Choose = (found: Found, file: OpenedFile, addable: readonly Proposal[]) => Promise<Chosen>;

/** All that can be added. */
export const chooseAll: Choose = (found, _file, proposals) => Promise.resolve({ found, proposals });

/**
 * Says what the CI files say and a `postern.yaml` that is there does not, and adds what is chosen of it. What is in the file
 * stays as it is written, and nothing is taken out.
 * @param choose undefined where the file stays as it is
 * @throws {InputError} where the file cannot be read or written, or has changed meanwhile
 */
export async function writeAdditions(
  folder: string,
  name: string,
  found: Found,
  choose: Choose | undefined,
  io: Io,
): Promise<void> {
  const path = join(folder, name);
  const say = (line: string) => writeLine(io.stdout, plainLine(line));
  const file = await openFile(await boundedText(path, io), path);
  const all = proposalsFor(found, file.roles);
  if (all.length === 0) return say(`${path} has all that was found in the CI files.`);
  const addable = all.filter((one) => mayAdd(found, file, one));
  if (choose === undefined) {
    say(`${path} stays as it is; the CI files say besides:`);
    for (const line of all.flatMap((one) => blockOf(found, file, one))) say(line);
    if (addable.length > 0)
      [
        '',
        `\`postern init --write\` adds ${ofThese(addable.length, all.length)}, and changes nothing that is there.`,
      ].forEach(say);
    return;
  }
  const chosen = await choose(found, file, addable);
  const rest = all.filter((one) => !addable.includes(one));
  const { count, left, now } = await addAll({ ...chosen, proposals: [...chosen.proposals, ...rest] }, file);
  if (count === 0) say(`${path} stays as it is.`);
  else {
    if ((await boundedText(path, io)) !== file.text)
      throw new InputError([`${quote(path)} has changed meanwhile, and nothing was written: run it again`]);
    writeOutput(path, `${markOf(path)}${now.text}`, io);
    const before = file.text.split('# required').length;
    const next = now.text.split('# required').length > before ? ', answer what stands in its comments,' : '';
    say(
      `Wrote ${path}: ${count === 1 ? 'one addition' : `${count} additions`}; see \`git diff\`${next} and run \`postern plan\`.`,
    );
  }
  if (left.length === 0) return;
  ['', 'Left to you, since it is not certain or changes what is there:'].forEach(say);
  for (const { proposal, why } of left) {
    for (const line of blockOf(found, file, proposal)) say(line);
    say(`  ${why}`);
  }
}

/** The byte order mark of a file that has one. */
function markOf(path: string): string {
  return readFileSync(path).subarray(0, 3).equals(Buffer.from('\ufeff')) ? '\ufeff' : '';
}

/** The lines that tell of a proposal. */
export function blockOf(found: Found, { places }: OpenedFile, proposal: Proposal): string[] {
  return ['', titleOf(found, proposal), ...linesOfProposal(found, proposal, places)];
}

/** Adds one after the other: what one adds may be what another one says. */
async function addAll({ found, proposals }: Chosen, file: OpenedFile) {
  let [now, count] = [file, 0];
  const left: Left[] = [];
  for (const proposal of proposals) {
    const here = proposal.what === 'role' ? [proposal] : proposalsOf(found, proposal.role, now.roles);
    const one = here.find((other) => keyOfProposal(other) === keyOfProposal(proposal));
    if (one === undefined || !isLacking(found, now, one)) continue;
    const result = await addProposal(found, now, one);
    if ('left' in result) left.push({ proposal, why: result.left });
    else {
      now = result.added;
      count += 1;
    }
  }
  return { now, count, left };
}

function ofThese(some: number, all: number): string {
  if (some === all) return all === 1 ? 'it' : 'them';
  return `${some} of these ${all}`;
}
