import { useCases } from '@postern/core';
import { CommanderError } from 'commander';
import type { CommandDefinition } from './command.js';
import { commands } from './commands/index.js';
import type { Finding, InputError, ProgramEnded } from './errors.js';
import { commandTerm, formatItem, helpWidth } from './help.js';
import { writeLine, type Io } from './io.js';
import { PosternCommand } from './postern-command.js';
import { plainLine } from './reports/plain.js';
import { headingStyle } from './styles.js';
import { exampleCommand } from './use-cases.js';

/**
 * Runs one command line.
 * @param args what stands behind the program's name
 * @param version what `--version` prints
 * @returns the exit code: 0 done, 1 a finding, 2 bad input
 */
export async function run(args: readonly string[], io: Io, version: string): Promise<number> {
  const program = createProgram(io, version, namesFor(args[0] ?? ''));
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

/** The commands that a line with this first word needs. */
function namesFor(word: string): readonly string[] {
  const all = Object.keys(commands);
  return all.includes(word) && commands[word]?.aboutOthers !== true ? [word] : all;
}

/** The program with its commands, all or those of some names; each is put together when it is named. */
export function createProgram(
  io: Io,
  version: string,
  names: readonly string[] = Object.keys(commands),
): PosternCommand {
  const program = new PosternCommand('postern');
  program
    .description('Least-privilege AWS IAM policies for CI jobs, every permission explained.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    // So that a flag of a command is never taken for one of the program.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => helpWidth(io.stdout.columns),
      getErrHelpWidth: () => helpWidth(io.stderr.columns),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ styleTitle: headingStyle(io.stdout, io), formatItem, subcommandTerm: commandTerm })
    .addHelpText('after', () => `\nExamples:\n${useCases.map((useCase) => `  ${exampleCommand(useCase)}`).join('\n')}`);
  for (const [name, definition] of Object.entries(commands))
    if (names.includes(name)) addCommand(program, name, definition, io, version);
  return program;
}

function addCommand(
  program: PosternCommand,
  name: string,
  { description, hidden, define }: CommandDefinition,
  io: Io,
  version: string,
): void {
  const command = program.command(name, { hidden: hidden === true }).description(description);
  command.later(() => {
    define(command, io);
    // Behind a command too, it says which postern this is.
    command.version(version, '-v, --version', 'print the version');
    command.options.at(-1)?.hideHelp();
  });
}
