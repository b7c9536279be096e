import { explain, listNotes, quotas, quote, size, type PolicyDocument, type TrustEntry } from '@postern/core';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { buildGiven, readOptions, type GivenOptions } from '../../options/given.js';
import { wordProblems } from '../../options/words.js';
import { writeOutput } from '../../output.js';
import { openKeys, symbolicPlace, typicalDocument } from '../../printing/symbolic-place.js';
import type { TrustFlags } from './flags.js';

/** Where nothing says another: most roles are there, and the note says so. */
const usualPartition = { place: { partition: 'aws' } };

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
  refuseOversize(typical);

  const explanations = explained ? explain(entry, built.document) : [];
  const generated = { useCase: entry, options: given.options, document: built.document, explanations, name };
  const text = format.role === undefined ? format.print(generated) : format.role(generated);
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);

  writeLine(io.stderr, describeSize(typical));
  for (const note of listNotes(entry, built.resolved, given.spelling)) writeLine(io.stderr, `note: ${note}`);
  if (format.needsPlace) for (const note of placeNotes(entry, given)) writeLine(io.stderr, `note: ${note}`);
  if (explained && !format.explains) {
    const { printExplanationTable } = await import('../../printing/explanation-table.js');
    writeLine(io.stderr, printExplanationTable(explanations, io.stderr.columns ?? 120));
  }
}

/** Nobody said where the role is. */
function placeNotes({ options }: TrustEntry, { options: given, spelling }: GivenOptions): string[] {
  const says = ['partition', 'region', 'provider'].filter((name) => Object.hasOwn(options, name));
  const isSaid = says.some((name) => given[name] !== undefined && given[name] !== null);
  const isAnArn = Object.values(given)
    .flat()
    .some((value) => typeof value === 'string' && value.startsWith('arn:'));
  if (isSaid || isAnArn) return [];
  return [`the role is taken to be in the partition \`aws\`: give ${spelling.spell!('partition')} for another`];
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
function nameProblems(name: string): string[] {
  if (/^[A-Za-z0-9+=,.@_-]{1,64}$/.test(name)) return [];
  return [`--name: ${quote(name)} is no name of a role: use up to 64 letters, digits and \`+=,.@_-\``];
}

function count(characters: number): string {
  return String(characters).replace(/\B(?=(\d{3})+$)/g, ',');
}

function refuseOversize(document: PolicyDocument): void {
  const { largest } = quotas.trustPolicy;
  if (size(document) <= largest) return;
  throw new InputError([
    `the trust policy has ${count(size(document))} characters, and AWS takes ${count(largest)} at most: make a role for each part of the list`,
  ]);
}

function describeSize(document: PolicyDocument): string {
  const { characters, largest } = quotas.trustPolicy;
  const text = `size: ${count(size(document))} of ${count(characters)} characters that a trust policy may have`;
  if (size(document) <= characters) return text;
  return `${text}: too large unless the quota of the account is raised, to ${count(largest)} at most`;
}
