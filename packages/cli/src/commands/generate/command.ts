import {
  didYouMean,
  explain,
  listNotes,
  quotas,
  quote,
  size,
  split,
  takesSeveral,
  tryBuild,
  useCases,
  type PolicyDocument,
  type UseCase,
} from '@postern/core';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/formats.js';
import { symbolicPlace, typicalDocument, widestDocument } from '../../formats/symbolic-place.js';
import { writeLine, type Io } from '../../io.js';
import { readOptionsFile } from '../../options/file.js';
import { flagsOf, once } from '../../options/flags.js';
import { describeProblem, kebabCase, spellingOf } from '../../options/spell.js';
import { writeOutput } from '../../output.js';
import type { PosternCommand } from '../../postern-command.js';
import { exampleCommand, findUseCase } from '../../use-cases.js';

/** The flags that every use case has, besides its own. */
interface OutputFlags {
  readonly options?: string;
  readonly format?: string;
  readonly name?: string;
  readonly output?: string;
  readonly explain?: true;
  readonly split?: true;
}

/**
 * `postern generate <use-case>`: prints the policy. The flags come from the use case, so it is looked up before commander
 * reads the rest.
 * @param args what stands behind `generate` on the command line
 */
export function addGenerate(program: PosternCommand, io: Io, args: readonly string[]): void {
  const named = nameIn(args);
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => id === named);
  const command = program
    .command('generate')
    .description('Print the least-privilege policy for a use case.')
    .argument('[use-case]', `one of: ${useCases.map(({ id }) => id).join(', ')}`)
    .allowExcessArguments()
    .usage(`${useCase?.id ?? '<use-case>'} [flags]`)
    .allowUnknownOption()
    .addOption(
      once(
        '--options <file>',
        'read options from a JSON or YAML file, - for standard input; flags replace what it says',
      ),
    )
    .addOption(once('--format <word>', `One of: ${Object.keys(formats).join(', ')} (default: json)`))
    .addOption(once('--name <name>', 'what a managed policy is called (default: the use case)'))
    .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all'))
    .option('--split', 'print as many managed policies as are needed; JSON is then a list of them')
    .option('--explain', 'say why each line is there: comments in YAML, a table on standard error for other formats')
    .action(async (id: string | undefined, flags: OutputFlags & Record<string, unknown>) => {
      if (id === undefined) throw new InputError([missingUseCase(args)]);
      refuseUnknown(command as PosternCommand, useCase ?? findUseCase(id), id, command.args);
      await generate(findUseCase(id), flags, io);
    }) as PosternCommand;
  if (useCase === undefined) {
    command.addHelpText(
      'after',
      () => `\nEach use case has flags of its own: see ${quote('postern generate <use-case> --help')}.`,
    );
    return;
  }
  for (const flag of flagsOf(useCase)) command.addOption(flag);
  command.addHelpText(
    'after',
    () => `\nExample:\n  ${exampleCommand(useCase)}\n\nLists take several values: --flag a b, or --flag a --flag b.`,
  );
}

/** The use case on the command line: a known id if there is one, else the first word that is no flag. */
function nameIn(args: readonly string[]): string | undefined {
  const ids = useCases.map(({ id }) => id as string);
  const first = args.find((arg) => !arg.startsWith('-'));
  return first !== undefined && ids.includes(first) ? first : (args.find((arg) => ids.includes(arg)) ?? first);
}

function missingUseCase(args: readonly string[]): string {
  const id = useCases.map((useCase) => useCase.id as string).find((known) => args.includes(known));
  if (id !== undefined)
    return `\`${id}\` is read as a value of the flag before it: write \`postern generate ${id}\` first`;
  return '`postern generate` needs a use case: see `postern list`';
}

/** Reports unknown flags all at once; words left over are the values of such flags, or one too many. */
function refuseUnknown(command: PosternCommand, useCase: UseCase, id: string, words: readonly string[]): void {
  if (useCase.id !== id) findUseCase(id);
  const unknown = words.filter((word) => word.startsWith('-'));
  if (unknown.length > 0) {
    const path = `postern generate ${id}`;
    const flags = command.options.map((option) => option.long ?? '');
    throw new InputError(
      unknown.map((word) => {
        const flag = word.split('=')[0]!;
        return `${quote(flag)} is no flag of ${quote(path)}${didYouMean(flag, flags) || `: see ${quote(`${path} --help`)}`}`;
      }),
    );
  }
  const [, extra] = words;
  if (extra !== undefined)
    throw new InputError([`${quote(extra)} belongs to no flag: values stand behind a flag such as \`--region\``]);
}

/** With commas; `toLocaleString` would load the tables of all languages first. */
function count(characters: number): string {
  return String(characters).replace(/\B(?=(\d{3})+$)/g, ',');
}

async function generate(useCase: UseCase, flags: OutputFlags & Record<string, unknown>, io: Io): Promise<void> {
  const {
    options: file,
    format: word = 'json',
    name = useCase.id,
    output,
    explain: explained,
    split: splits,
    ...given
  } = flags;
  const problems = [...formatProblems(word), ...nameProblems(name)];
  const format = formats[word] ?? formats['json']!;
  const fromFile = file === undefined ? undefined : await readOptionsFile(file, io);
  const options = { ...fromFile, ...given };
  const spelling = spellingOf(fromFile, given);
  const attempt = tryBuild(useCase, options, { ...spelling, ...(format.needsPlace ? {} : symbolicPlace) });
  problems.push(...attempt.problems.map((problem) => describeProblem(problem, spelling)));
  if (problems.length > 0) throw new InputError(problems);
  const typical = typicalDocument(attempt.document);
  if (format.managed && !splits) refuseOversize(typical);
  const parts = splits ? await divide(attempt.document) : undefined;
  if (parts !== undefined && format.managed) refuseLongNames(name, parts.length);

  const explanations = explained ? explain(useCase, attempt.document) : [];
  const text = await format.print({
    useCase,
    options,
    document: attempt.document,
    explanations,
    name,
    ...(parts === undefined ? {} : { parts }),
  });
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);

  if (parts === undefined) writeLine(io.stderr, describeSize(typical));
  else writeLine(io.stderr, (await import('../../documents/documents.js')).describeParts(parts.map(typicalDocument)));
  for (const note of listNotes(useCase, attempt.resolved, spelling)) writeLine(io.stderr, `note: ${note}`);
  for (const note of commaNotes(useCase, given)) writeLine(io.stderr, `note: ${note}`);
  if (explained && word !== 'yaml') {
    const { printExplanationTable } = await import('../../formats/explanation-table.js');
    writeLine(io.stderr, printExplanationTable(explanations, io.stderr.columns ?? 120));
  }
}

/** Where a comma may stand in a name, a list with commas is one value, which may not be what is meant. */
function commaNotes(useCase: UseCase, flags: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (!takesSeveral(useCase.options, name) || !Array.isArray(value)) return [];
    const withComma = (value as readonly string[]).filter((item) => item.includes(','));
    return withComma.map(
      (item) =>
        `--${kebabCase(name)}: ${quote(item)} is one value with a comma in it; several have blanks between them`,
    );
  });
}

/** The document as several, each within the quota wherever it is used. */
async function divide(document: PolicyDocument): Promise<readonly PolicyDocument[]> {
  const { explained } = await import('../../documents/documents.js');
  const measure = (part: PolicyDocument) => size(widestDocument(part));
  return explained(() => split(document, 'managedPolicy', { attachments: Infinity, measure }), '--split');
}

function formatProblems(word: string): string[] {
  if (Object.hasOwn(formats, word)) return [];
  const words = Object.keys(formats);
  const hint = didYouMean(word, words) || ': choose one of them';
  return [`--format: ${quote(word)} is none of ${words.map(quote).join(', ')}${hint}`];
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
function nameProblems(name: string): string[] {
  if (/^[A-Za-z0-9+=,.@_-]{1,128}$/.test(name)) return [];
  return [`--name: ${quote(name)} is no name of a managed policy: use up to 128 letters, digits and \`+=,.@_-\``];
}

/** All policies but the first have a number behind the name, which counts. */
function refuseLongNames(name: string, parts: number): void {
  const longest = 128 - (parts > 1 ? `-${parts}`.length : 0);
  if (name.length <= longest) return;
  throw new InputError([
    `--name: ${quote(name)} has ${name.length} characters, and ${parts} policies number it: use up to ${longest}`,
  ]);
}

function refuseOversize(document: PolicyDocument): void {
  const { characters, title } = quotas.managedPolicy;
  if (size(document) <= characters) return;
  const say = `the document has ${count(size(document))} characters, and a ${title} at most ${count(characters)}`;
  throw new InputError([
    `${say}: write \`--split\` for several policies, give fewer names or a wider scope, or print \`json\` for an inline policy`,
  ]);
}

function describeSize(document: PolicyDocument): string {
  const { managedPolicy, rolePolicies } = quotas;
  const text = `size: ${count(size(document))} of ${count(managedPolicy.characters)} characters that a ${managedPolicy.title} may have`;
  if (size(document) <= managedPolicy.characters) return text;
  const instead = 'write `--split` for several policies';
  if (size(document) > rolePolicies.characters)
    return `${text}: too large for one, ${instead}, or give fewer names or a wider scope`;
  return `${text}: too large for one, ${instead}, put it inline into a role (${count(rolePolicies.characters)}), or give fewer names`;
}
