import { combine, compare, printShortest, type DocumentSource } from '@postern/core';
import { readDocuments, write } from '../../documents/documents.js';
import { explained } from '../../documents/explained.js';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import type { CombineFlags } from './flags.js';

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
