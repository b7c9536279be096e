import { didYouMean, loadConfig, quote, type BuiltConfigRole, type Host, type Problem } from '@postern/core';
import { printedAlone, printedTogether } from '../../config/printed-roles.js';
import { readConfigFile } from '../../config/read-file.js';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { wordProblems } from '../../options/words.js';
import type { Format } from '../../printing/format.js';
import { openKeys } from '../../printing/symbolic-place.js';
import { describeRole, openPlace, providerNotes } from '../../roles/notes.js';
import { unreviewedWrites } from '../../roles/unreviewed.js';
import type { BuildFlags } from './flags.js';
import { filesOf } from './files.js';
import { writeFolder } from './write-folder.js';

/** Prints the roles of a `postern.yaml`, or writes them into a folder. */
export async function build(flags: BuildFlags, io: Io): Promise<void> {
  const { config: path, format: word = 'json', output } = flags;
  const wrong = wordProblems('--format', word, Object.keys(formats));
  if (wrong.length > 0) throw new InputError(wrong);
  const format = await formats[word]!();
  const { describe, value } = await readConfigFile(path, io);
  // Everything is built, so that a file is either right or not, whatever is asked for.
  const host = format.needsPlace ? {} : openPlace;
  const { built, problems } = loadConfig(value, host);
  const all = [...problems, ...(problems.length > 0 ? [] : built.flatMap((one) => formatProblems(one, format)))];
  if (all.length === 0) all.push(...(await writesOfPullRequests(built, host)));
  if (all.length > 0) throw new InputError(describe(all));
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

/** What roles that let pull requests in would write, once for each place of the file. */
async function writesOfPullRequests(built: readonly BuiltConfigRole[], host: Host): Promise<Problem[]> {
  const problems = new Map<string, Problem>();
  for (const one of built) {
    for (const { entry, message } of await unreviewedWrites(printedAlone(one), host)) {
      if (!problems.has(entry.label)) problems.set(entry.label, { path: entry.label, message });
    }
  }
  return [...problems.values()];
}

/** What of several is asked for. */
function choose<One>(
  all: readonly One[],
  names: readonly string[] | undefined,
  flag: string,
  what: string,
  nameOf: (one: One) => string | undefined,
): readonly One[] {
  if (names === undefined) return all;
  const known = [...new Set(all.flatMap((one) => nameOf(one) ?? []))];
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const others = known.length === 0 ? `: there is none` : `: there are ${known.slice(0, 20).map(quote).join(', ')}`;
      return `${flag}: ${quote(name)} is no ${what}${didYouMean(name, known) || others}`;
    });
  if (problems.length > 0) throw new InputError(problems);
  return all.filter((one) => names.includes(nameOf(one) ?? ''));
}

/** What a format needs of a role. */
function formatProblems({ given, roles }: BuiltConfigRole, { needsPlace }: Format): Problem[] {
  const { path } = given;
  const open = new Set(roles.flatMap((role) => openKeys(role.trust)));
  const problems = [...open].map((message) => ({ path, message }));
  if (!needsPlace) return problems;
  const [{ place }] = roles as readonly [BuiltConfigRole['roles'][number]];
  if (place.account === undefined) {
    const message =
      'its account is missing, and the ARNs of the policies need it: write `account` at the top of the file';
    problems.push({ path, message });
  }
  if (place.partition === undefined) {
    const message = 'its region is missing, and the partition follows from it: write `region` at the top of the file';
    problems.push({ path, message });
  }
  return problems;
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
