import { useCases } from '@postern/core';
import { CommanderError } from 'commander';
import { addCheck } from './commands/check.js';
import { addComplete, addCompletion } from './commands/completion.js';
import { addDiff } from './commands/diff.js';
import { addGenerate } from './commands/generate.js';
import { addLint } from './commands/lint.js';
import { addList } from './commands/list.js';
import { addShow } from './commands/show.js';
import { addTerraformExternal } from './commands/terraform-external.js';
import { Finding, InputError } from './errors.js';
import { writeLine, type Io } from './io.js';
import { PosternCommand } from './postern-command.js';
import { headingStyle } from './styles.js';
import { exampleCommand } from './use-cases.js';

/** Adds commands of another package to the program. */
export type AddCommands = (program: PosternCommand, io: Io) => void;

/**
 * Runs one command line.
 * @param args what stands behind the program's name
 * @param version what `--version` prints
 * @param more the commands of other packages
 * @returns the exit code: 0 done, 1 a finding, 2 bad input
 */
export async function run(
  args: readonly string[],
  io: Io,
  version: string,
  more: readonly AddCommands[] = [],
): Promise<number> {
  const program = createProgram(args, io, version);
  for (const add of more) add(program, io);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof InputError) {
      for (const problem of error.problems) writeLine(io.stderr, `postern: ${problem}`);
      return 2;
    }
    if (error instanceof Finding) {
      writeLine(io.stderr, `postern: ${error.message}`);
      return 1;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

type AddCommand = (program: PosternCommand, io: Io, args: readonly string[]) => void;

const commands: Readonly<Record<string, AddCommand>> = {
  list: addList,
  show: addShow,
  generate: (program, io, args) => addGenerate(program, io, args.slice(args.indexOf('generate') + 1)),
  diff: addDiff,
  check: (program, io, args) => addCheck(program, io, args.slice(args.indexOf('check') + 1)),
  lint: addLint,
  'terraform-external': addTerraformExternal,
  completion: addCompletion,
};

/** Only the command that is named is put together, which start-up gains from; all of them for help and for hints. */
function commandsFor(named: string): readonly AddCommand[] {
  const only = Object.hasOwn(commands, named) ? commands[named] : undefined;
  if (only !== undefined) return [only];
  if (named !== 'complete') return Object.values(commands);
  const complete: AddCommand = (program, io) => addComplete(program, io, (to, args) => addGenerate(to, io, args));
  return [addList, addShow, addDiff, addCheck, addLint, addTerraformExternal, addCompletion, complete];
}

function createProgram(args: readonly string[], io: Io, version: string): PosternCommand {
  const program = new PosternCommand('postern');
  program
    .description('Least-privilege AWS IAM policies for CI jobs, every permission explained.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ styleTitle: headingStyle(io.stdout, io) })
    .addHelpText('after', () => `\nExamples:\n${useCases.map((useCase) => `  ${exampleCommand(useCase)}`).join('\n')}`);
  for (const add of commandsFor(args[0] ?? '')) add(program, io, args);
  return program;
}
