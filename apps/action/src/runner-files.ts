import { randomUUID } from 'node:crypto';
import { appendFileSync, rmSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Says an output of the step. The mark that ends its value cannot be guessed, so that no value ends itself.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function setOutput(file: string | undefined, name: string, value: string): void {
  if (file === undefined || file === '') return;
  const mark = `ghadelimiter_${randomUUID()}`;
  appendFileSync(file, `${name}<<${mark}\n${value}\n${mark}\n`);
}

/** A summary has at most 1 MiB; a UTF-16 unit takes at most three bytes. */
export const mostInSummary = 340_000;

/** Adds to the summary of the job, where the runner has one. */
export function addSummary(file: string | undefined, markdown: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, `${markdown}\n`);
}

/** Writes a file whole or not at all; a link that stands there is replaced and not followed. */
export function writeWhole(file: string, text: string): void {
  const temporary = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomUUID()}`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
