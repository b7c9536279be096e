import {
  combine,
  compare,
  didYouMean,
  DocumentError,
  print,
  printShortest,
  quotas,
  quote,
  size,
  split,
  SplitError,
  type DocumentSource,
  type PolicyDocument,
} from '@postern/core';
import type { CombineFlags } from '../commands/combine/command.js';
import type { SplitFlags } from '../commands/split/command.js';
import { InputError } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { kebabCase } from '../options/spell.js';
import { writeOutput } from '../output.js';
import { examplePlace, readInput } from '../policies/input.js';

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

/** Prints one policy that gives the access of several, in no more characters than they have. */
export async function combinePolicies(policies: readonly string[], flags: CombineFlags, io: Io): Promise<void> {
  if (policies.filter((one) => one === '-').length > 1) throw new InputError(['standard input can be read once only']);
  const documents = await readDocuments(policies, io);
  const before = documents.reduce((sum, one) => sum + compactText(one).length, 0);
  const combined = explained(() => combine(documents), policies.join(' '));
  const { relation, reason } = compare(documents, combined);
  if (relation !== 'equal' && relation !== 'unknown') throw new Error(`the combination came out ${relation}`);
  const candidates = [printShortest(combined), ...asTheyAre(documents)];
  const shortest = candidates.reduce((one, other) => (other.length < one.length ? other : one));
  write(`${flags.compact ? shortest : JSON.stringify(JSON.parse(shortest), null, 2)}\n`, flags.output, io);
  writeLine(io.stderr, `size: ${shortest.length} characters of ${before}, white space not counted`);
  if (relation === 'unknown') writeLine(io.stderr, `note: not compared as a whole: ${reason ?? 'no reason is known'}`);
}

/** The statements of documents of one version beside each other, where that is a document too. */
function asTheyAre(documents: readonly DocumentSource[]): string[] {
  const values = documents.map((one) => JSON.parse(compactText(one)) as { Version?: unknown; Statement?: unknown });
  const [first] = values;
  if (first === undefined || values.some(({ Version }) => Version !== first.Version)) return [];
  if (values.length === 1) return [JSON.stringify(first)];
  const { Version } = first;
  const Statement = values.flatMap((value) => value.Statement);
  const sids = Statement.flatMap((one) => (one as { Sid?: string }).Sid ?? []);
  if (new Set(sids).size < sids.length) return [];
  return [JSON.stringify({ ...(Version === undefined ? {} : { Version }), Statement })];
}

function compactText(document: DocumentSource): string {
  return typeof document === 'string' ? JSON.stringify(JSON.parse(document)) : JSON.stringify(document);
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

function quotaNamed(word: string): keyof typeof quotas {
  const names = Object.keys(quotas) as (keyof typeof quotas)[];
  const found = names.find((name) => word === name || word === kebabCase(name));
  if (found !== undefined) return found;
  const words = names.map(kebabCase);
  const hint = didYouMean(word, words) || ': choose one of them';
  throw new InputError([`--quota: ${quote(word)} is none of ${words.map(quote).join(', ')}${hint}`]);
}
