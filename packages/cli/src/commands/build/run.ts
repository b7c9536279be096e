import type { BuiltConfigRole } from '@postern/core';
import { builtRoles, choose } from '../../config/built-roles.js';
import { printedAlone, printedTogether } from '../../config/printed-roles.js';
import { readConfigFile } from '../../config/read-file.js';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { wordProblems } from '../../options/words.js';
import type { Format } from '../../printing/format.js';
import { describeRole, providerNotes } from '../../roles/notes.js';
import type { BuildFlags } from './flags.js';
import { filesOf } from './files.js';
import { writeFolder } from './write-folder.js';

/** Prints the roles of a `postern.yaml`, or writes them into a folder. */
export async function build(flags: BuildFlags, io: Io): Promise<void> {
  const { config: path, format: word = 'json', output } = flags;
  const wrong = wordProblems('--format', word, Object.keys(formats));
  if (wrong.length > 0) throw new InputError(wrong);
  const format = await formats[word]!();
  const built = builtRoles(await readConfigFile(path, io), format.needsPlace);
  const named = choose(built, flags.role, '--role', 'role of the file', ({ given }) => given.name);
  const wanted = choose(
    named,
    flags.environment,
    '--environment',
    'environment of the roles asked for',
    ({ given }) => given.environment,
  );
  if (output === undefined) io.stdout.write(oneText(wanted, format));
  else writeFolder(output, filesOf(wanted, format), io);

  const roles = wanted.flatMap((one) => printedAlone(one).roles);
  for (const { role } of roles) describeRole(role, io);
  const notes = new Set([...roles.flatMap(({ role }) => role.notes), ...providerNotes({ roles }, word)]);
  for (const note of notes) writeLine(io.stderr, `note: ${note}`);
}

/** What goes to standard output, where it makes sense in one piece. */
function oneText(wanted: readonly BuiltConfigRole[], format: Format): string {
  if (format.acrossAccounts) return format.whole(printedTogether(wanted));
  const [only, ...others] = filesOf(wanted, format);
  if (only !== undefined && others.length === 0) return only.text;
  const what = format.alone ? 'roles, and a program makes one' : 'environments, and each has a file of its own';
  throw new InputError([
    `there are ${others.length + 1} ${what}: name a folder with \`--output\`, or choose with \`--role\` and \`--environment\``,
  ]);
}
