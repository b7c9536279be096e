import { fileURLToPath } from 'node:url';
import { run, writeLine, type Io } from '@postern/cli';
import { useCases } from '@postern/core';
import { sandboxCommands } from '@postern/sandbox/commands';

const folder = new URL('../../../packages/core/src/catalog/permissions/', import.meta.url);
const io: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };

/** Proves every use case and compares it with its evidence; with `--write`, writes the evidence instead. */
async function proveAll(args: readonly string[]): Promise<boolean> {
  const write = args.includes('--write');
  const required = (process.env['POSTERN_REQUIRE'] ?? '').split(',').includes('skopeo');
  let ended = true;
  for (const { id } of useCases) {
    const file = fileURLToPath(new URL(`${id}/evidence.json`, folder));
    writeLine(io.stderr, `proving ${id}`);
    const flags = [write ? '--evidence' : '--check', file, ...(required ? ['--require'] : [])];
    const code = await run(['prove', id, ...flags], io, '0.0.0', sandboxCommands);
    ended &&= code === 0;
  }
  return ended;
}

process.exitCode = (await proveAll(process.argv.slice(2))) ? 0 : 1;
