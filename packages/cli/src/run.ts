import { useCases } from '@postern/core';
import { CommanderError } from 'commander';
import type { AddCommand } from './command.js';
import { addAssume } from './commands/assume/command.js';
import { addBoundary } from './commands/boundary/command.js';
import { addCheck } from './commands/check/command.js';
import { addCombine } from './commands/combine/command.js';
import { addComplete, addCompletion } from './commands/completion/command.js';
import { addDiff } from './commands/diff/command.js';
import { addGenerate } from './commands/generate/command.js';
import { addLint } from './commands/lint/command.js';
import { addList } from './commands/list/command.js';
import { addProve } from './commands/prove/command.js';
import { addRecord } from './commands/record/command.js';
import { addSandbox } from './commands/sandbox/command.js';
import { addShow } from './commands/show/command.js';
import { addSplit } from './commands/split/command.js';
import { addTerraformExternal } from './commands/terraform-external/command.js';
import { addWhy } from './commands/why/command.js';
import type { Finding, InputError, ProgramEnded } from './errors.js';
import { formatItem, helpWidth } from './help.js';
import { writeLine, type Io } from './io.js';
import { PosternCommand } from './postern-command.js';
import { plainLine } from './reports/plain.js';
import { headingStyle } from './styles.js';
import { exampleCommand } from './use-cases.js';

/**
 * Runs one command line.
 * @param args what stands behind the program's name
 * @param version what `--version` prints
 * @param more the commands of other packages, by name
 * @returns the exit code: 0 done, 1 a finding, 2 bad input
 */
export async function run(
  args: readonly string[],
  io: Io,
  version: string,
  more: Readonly<Record<string, AddCommand>> = {},
): Promise<number> {
  const program = createProgram(args, io, version, { ...commands, ...more });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (isInputError(error)) {
      for (const problem of error.problems) writeLine(io.stderr, plainLine(`postern: ${problem}`));
      return 2;
    }
    if (isFinding(error)) {
      writeLine(io.stderr, plainLine(`postern: ${error.message}`));
      return 1;
    }
    if (hasEnded(error)) return error.exitCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** By name, since a part of the executable that is loaded on use has classes of its own. */
function isInputError(error: unknown): error is InputError {
  return error instanceof Error && error.name === 'InputError';
}

function isFinding(error: unknown): error is Finding {
  return error instanceof Error && error.name === 'Finding';
}

function hasEnded(error: unknown): error is ProgramEnded {
  return error instanceof Error && error.name === 'ProgramEnded';
}

const commands: Readonly<Record<string, AddCommand>> = {
  list: addList,
  show: addShow,
  generate: (program, io, args) => addGenerate(program, io, args.slice(args.indexOf('generate') + 1)),
  diff: addDiff,
  check: (program, io, args) => addCheck(program, io, args.slice(args.indexOf('check') + 1)),
  lint: addLint,
  assume: addAssume,
  split: addSplit,
  combine: addCombine,
  boundary: (program, io, args) => addBoundary(program, io, args.slice(args.indexOf('boundary') + 1)),
  'terraform-external': addTerraformExternal,
  completion: addCompletion,
  prove: addProve,
  sandbox: addSandbox,
  record: addRecord,
  why: addWhy,
};

/** Only the command that is named is put together, which start-up gains from; all of them for help and for hints. */
function commandsFor(named: string, known: Readonly<Record<string, AddCommand>>): readonly AddCommand[] {
  const only = Object.hasOwn(known, named) ? known[named] : undefined;
  if (only !== undefined) return [only];
  if (named !== 'complete') return Object.values(known);
  const others = Object.entries(known).filter(([name]) => name !== 'generate');
  return [
    ...others.map(([, add]) => add),
    (program, io) => addComplete(program, io, (to, args) => addGenerate(to, io, args)),
  ];
}

function createProgram(
  args: readonly string[],
  io: Io,
  version: string,
  known: Readonly<Record<string, AddCommand>>,
): PosternCommand {
  const program = new PosternCommand('postern');
  program
    .description('Least-privilege AWS IAM policies for CI jobs, every permission explained.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => helpWidth(io.stdout.columns),
      getErrHelpWidth: () => helpWidth(io.stderr.columns),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ styleTitle: headingStyle(io.stdout, io), formatItem })
    .addHelpText('after', () => `\nExamples:\n${useCases.map((useCase) => `  ${exampleCommand(useCase)}`).join('\n')}`);
  for (const add of commandsFor(args[0] ?? '', known)) add(program, io, args);
  return program;
}
