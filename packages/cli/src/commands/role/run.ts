import type { Explanation } from '@postern/core';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { wordProblems } from '../../options/words.js';
import { writeOutput } from '../../output.js';
import { printRole } from '../../roles/print-role.js';
import type { WholeRole } from '../../roles/whole-roles.js';
import type { RoleFlags } from './flags.js';
import { readGivenRole } from './read.js';

/** Prints a whole role, or a pair of them. */
export async function role(flags: RoleFlags, io: Io): Promise<void> {
  const { format: word = 'json', output, explain: explained } = flags;
  const problems = wordProblems('--format', word, Object.keys(formats));
  const format = await formats[Object.hasOwn(formats, word) ? word : 'json']!();
  const given = await readGivenRole(flags, io, problems);
  if (problems.length > 0) throw new InputError(problems);
  const printed = printRole(given, format, word);
  if (printed.problems.length > 0) throw new InputError(printed.problems.map(({ line }) => line));
  const { roles, sizes, notes, text } = printed;
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);

  for (const line of sizes) writeLine(io.stderr, line);
  for (const note of notes) writeLine(io.stderr, `note: ${note}`);
  if (explained) await explainRoles(roles, io);
}

async function explainRoles(roles: readonly WholeRole[], io: Io): Promise<void> {
  const { printExplanationTable } = await import('../../printing/explanation-table.js');
  for (const { role: one } of roles) {
    const all: readonly Explanation[] = [...one.explanations.trust, ...one.explanations.permissions];
    writeLine(io.stderr, one.roleName);
    writeLine(io.stderr, printExplanationTable(all, io.stderr.columns ?? 120));
  }
}
