import { quote } from '@postern/core';
import type { Found } from '@postern/detect';
import { checkFirst, isNew, writeFirst } from '../../config/write-first.js';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { plainJson, plainLine } from '../../reports/plain.js';
import { findIn } from './find.js';
import type { InitFlags } from './flags.js';
import { openQuestions } from './open-questions.js';
import { readRepository } from './read-repository.js';
import { linesOf } from './report.js';

/** Reads a repository, or one CI file, prints what its jobs do on AWS, and writes a repository's first `postern.yaml`. */
export async function init(path = '.', flags: InitFlags, io: Io): Promise<void> {
  const other = flags.check ? '--check' : '--json';
  if (flags.write && (flags.check || flags.json))
    throw new InputError([`${quote(other)} writes nothing, and \`--write\` does: keep one`]);
  const repository = readRepository(path);
  const { single } = repository;
  const found = findIn(repository, path);
  if (flags.check) {
    if (single !== undefined) throw new InputError(['--check: name the folder of the repository, not one CI file']);
    return checkFirst(path, found, flags.json === true, io);
  }
  if (flags.json) {
    writeLine(io.stdout, plainJson(asJson(found)));
    return;
  }
  const tell = () => linesOf(found).forEach((line) => writeLine(io.stdout, plainLine(line)));
  if (single !== undefined && flags.write)
    throw new InputError(['--write: name the folder of the repository, not one CI file']);
  if (single !== undefined) return tell();
  const isTerminal = io.stdin.isTTY === true && io.stdout.isTTY === true;
  const isFirst = isNew(path);
  const asksNothing = isFirst ? openQuestions(found).length === 0 : flags.write === true;
  if (flags.input === false || !isTerminal || asksNothing) {
    tell();
    const { chooseAll } = await import('../../config/write-additions.js');
    return writeFirst(path, found, flags.write ? chooseAll : undefined, io);
  }
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  // From the first line on, Ctrl-C is answered in a sentence, whether or not a question is there yet.
  process.on('SIGINT', interrupt);
  try {
    tell();
    const { askOpen } = await import('./ask.js');
    const { askChanges } = await import('./ask-changes.js');
    if (isFirst) await writeFirst(path, await askOpen(found, interrupted.signal), undefined, io);
    else await writeFirst(path, found, askChanges(interrupted.signal), io);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function asJson({ jobs, roles, questions, notCovered, unknown, unread }: Found): unknown {
  return { jobs, roles, questions, notCovered, unknown, ...(unread && { unread }) };
}
