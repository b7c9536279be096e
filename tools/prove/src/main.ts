import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, writeLine, type Io } from '@postern/cli';
import { useCases, type RecordedProof } from '@postern/core';
import type { Parts } from './against/parts.js';
import { sealProof } from './against/proved.js';
import { folderOf, proveTrustEntry, trustIds } from './trust.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const io: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };

/**
 * Proves entries and compares each with its evidence; with `--write`, writes the evidence instead, and what it was recorded
 * against.
 * @param args ids of use cases and trust entries, all where none is given, `--write` and `--exhaustive`
 */
async function prove(args: readonly string[]): Promise<boolean> {
  const write = args.includes('--write');
  const exhaustive = args.includes('--exhaustive');
  const asked = args.filter((word) => !word.startsWith('--'));
  const required = (process.env['POSTERN_REQUIRE'] ?? '').split(',').includes('skopeo');
  let ended = true;
  const all = [...useCases.map((useCase) => useCase.id), ...trustIds];
  for (const id of asked.length > 0 ? asked : all) {
    writeLine(io.stderr, `proving ${id}${exhaustive ? ', exhaustively' : ''}`);
    const before = write ? await partsOf(id) : undefined;
    const passed = trustIds.includes(id)
      ? await proveTrustEntry(id, { write, required: required || write }, io)
      : await proveUseCase(id, { write, required, exhaustive });
    ended = passed && (before === undefined || (await recordParts(id, before))) && ended;
  }
  return ended;
}

interface ProofFlags {
  readonly write: boolean;
  readonly required: boolean;
  readonly exhaustive: boolean;
}

async function proveUseCase(id: string, { write, required, exhaustive }: ProofFlags): Promise<boolean> {
  const flags = [
    write ? '--evidence' : '--check',
    join(root, folderOf(id), 'evidence.json'),
    ...(required ? ['--require'] : []),
    // The exhaustive proof is the one that starts each client anew, as its users do.
    ...(exhaustive ? ['--exhaustive'] : process.env['POSTERN_PLAIN_CLIENTS'] ? [] : ['--warm']),
  ];
  return (await run(['prove', id, ...flags], io, '0.0.0')) === 0;
}

async function partsOf(id: string): Promise<{ readonly evidence: RecordedProof | undefined; readonly parts: Parts }> {
  // They are asked for where evidence is written alone, and bundle the sources.
  const [{ digestParts }, { findClients, readSubjects }] = await Promise.all([
    import('./against/parts.js'),
    import('./against/subjects.js'),
  ]);
  const subjects = await readSubjects(root);
  const subject = subjects.find((one) => one.id === id);
  const clients = await findClients(subject === undefined ? [] : [subject], process.env);
  const parts = await digestParts(root, subjects, clients, [id]);
  return { evidence: subject?.evidence, parts: parts.get(id) ?? {} };
}

/** Writes what a proof that has just passed was run against; whether it is known, since nothing changed meanwhile. */
async function recordParts(id: string, { parts: before }: Awaited<ReturnType<typeof partsOf>>): Promise<boolean> {
  const { evidence, parts } = await partsOf(id);
  const changed = Object.keys(before).filter((name) => name in parts && before[name] !== parts[name]);
  if (changed.length > 0 || evidence === undefined) {
    writeLine(io.stderr, `finding: ${changed.join(', ')} changed while ${id} was proved: prove it again`);
    return false;
  }
  writeFileSync(join(root, folderOf(id), 'proved.json'), `${JSON.stringify(sealProof(evidence, parts), null, 2)}\n`);
  return true;
}

process.exitCode = (await prove(process.argv.slice(2))) ? 0 : 1;
