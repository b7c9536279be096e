import { fileURLToPath } from 'node:url';
import { run, writeLine, type Io } from '@postern/cli';
import { useCases } from '@postern/core';
import { proveTrustEntry, trustIds } from './trust.js';

const folder = new URL('../../../packages/core/src/catalog/permissions/', import.meta.url);
const io: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };

/**
 * Proves entries and compares each with its evidence; with `--write`, writes the evidence instead.
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
    if (trustIds.includes(id)) {
      writeLine(io.stderr, `proving ${id}`);
      ended = (await proveTrustEntry(id, { write, required }, io)) && ended;
      continue;
    }
    const file = fileURLToPath(new URL(`${id}/evidence.json`, folder));
    writeLine(io.stderr, `proving ${id}${exhaustive ? ', exhaustively' : ''}`);
    const flags = [
      write ? '--evidence' : '--check',
      file,
      ...(required ? ['--require'] : []),
      ...(exhaustive ? ['--exhaustive'] : []),
    ];
    const code = await run(['prove', id, ...flags], io, '0.0.0');
    ended &&= code === 0;
  }
  return ended;
}

process.exitCode = (await prove(process.argv.slice(2))) ? 0 : 1;
