import type { BuiltConfigRole } from '@postern/core';
import { builtRoles, choose } from '../../config/built-roles.js';
import { printedAlone, printedTogether } from '../../config/printed-roles.js';
import { readConfigFile } from '../../config/read-file.js';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { wordProblems } from '../../options/words.js';
import type { Format } from '../../printing/format.js';
import { isSymbolic } from '../../printing/symbolic-place.js';
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
  if (flags.stackSet && format.everywhere === undefined) {
    const able = 'cloudformation` or `cloudformation-json';
    throw new InputError([`--stack-set: \`${word}\` has no stacks: give \`--format ${able}\``]);
  }
  const built = builtRoles(await readConfigFile(path, io), format.needsPlace);
  const named = choose(built, flags.role, '--role', 'role of the file', ({ given }) => given.name);
  const wanted = choose(
    named,
    flags.environment,
    '--environment',
    'environment of the roles asked for',
    ({ given }) => given.environment,
  );
  if (flags.stackSet) {
    const text = stackSetText(wanted, format);
    if (output === undefined) io.stdout.write(text);
    else writeFolder(output, [{ path: `stack-set.${format.extension}`, text }], io);
  } else if (output === undefined) io.stdout.write(oneText(wanted, format));
  else writeFolder(output, filesOf(wanted, format), io);

  const roles = wanted.flatMap((one) => printedAlone(one).roles);
  for (const { role } of roles) describeRole(role, io);
  const notes = new Set([...roles.flatMap(({ role }) => role.notes), ...providerNotes({ roles }, word)]);
  if (flags.stackSet) for (const note of stackSetNotes(wanted)) notes.add(note);
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

function stackSetText(wanted: readonly BuiltConfigRole[], format: Format): string {
  const names = new Set(wanted.flatMap(({ given }) => given.environment ?? []));
  if (names.size === 0)
    throw new InputError(['--stack-set: the file has no `environments`: write them, or leave `--stack-set` out']);
  const once = wanted.filter(({ given }) => given.environment === undefined);
  if (once.length > 0)
    throw new InputError(
      once.map(
        ({ given }) =>
          `--stack-set: the role \`${given.name}\` is made in no environment: choose the others with \`--role\``,
      ),
    );
  const byEnvironment = [...names].map((name) => {
    const own = wanted.filter(({ given }) => given.environment === name);
    return [name, printedTogether(own)] as const;
  });
  return format.everywhere!(new Map(byEnvironment));
}

/** Where the stack of each environment belongs. */
function stackSetNotes(wanted: readonly BuiltConfigRole[]): string[] {
  const instances = wanted.map(({ given: { environment = '' }, roles: [first] }) => {
    const { account, region } = first!.place;
    const known = (text: string | undefined, what: string) => (text === undefined || isSymbolic(text) ? what : text);
    return `the stack of ${environment}: \`aws cloudformation create-stack-instances --stack-set-name ci-roles --accounts ${known(account, 'ACCOUNT')} --regions ${known(region, 'REGION')} --parameter-overrides ParameterKey=Environment,ParameterValue=${environment}\``;
  });
  return [
    'the names of the roles need `--capabilities CAPABILITY_NAMED_IAM` where the StackSet is made',
    ...new Set(instances),
  ];
}
