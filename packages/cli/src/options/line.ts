import { Command, Option } from 'commander';
import type { PosternCommand } from '../postern-command.js';

/** A command line as commander takes it apart. */
export interface SortedWords {
  /** The words that belong to no flag, in order. */
  readonly operands: readonly string[];
  /** The values of each flag, by its long name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The first flag that nobody knows, and what stands behind it besides flags that are known. */
  readonly unknown: readonly string[];
  /** The flag that one more word would be a value of, if it were one. */
  readonly open: Option | undefined;
}

/** No word of a command line holds it, so that it can stand for a word that is still to come. */
const toCome = '\0';

/**
 * Reads words as the command would, and does nothing: nobody complains, and no value is kept.
 * @param more flags that the command does not have yet
 */
export function readLine(command: PosternCommand, words: readonly string[], more: readonly Option[] = []): SortedWords {
  const reader = new Command().helpOption(false).helpCommand(false);
  const values = new Map<string, string[]>();
  let open: Option | undefined;
  for (const option of flagsOfLine(command, more)) {
    const name = option.long ?? option.flags;
    reader.addOption(new Option(option.flags));
    reader.on(`option:${option.name()}`, (value?: string) => {
      if (value === toCome) open = option;
      else values.set(name, [...(values.get(name) ?? []), ...(typeof value === 'string' ? [value] : [])]);
    });
  }
  if (command.commands.length > 0) reader.enablePositionalOptions();
  for (const { name } of command.commands.map((one) => ({ name: one.name() }))) reader.command(name);
  const { operands, unknown } = reader.parseOptions([...words, toCome]);
  const known = (list: readonly string[]) => list.filter((word) => word !== toCome);
  return { operands: known(operands), unknown: known(unknown), values, open };
}

/** Whether one more word could be a flag: behind `--`, and where a value has to stand, none can. */
export function takesFlag(command: PosternCommand, words: readonly string[]): boolean {
  const flag = `--${toCome}`;
  return readLine(command, [...words, flag]).unknown.includes(flag);
}

/** All flags with `--help`, each once. */
function flagsOfLine(command: PosternCommand, more: readonly Option[]): Option[] {
  const visible = command.createHelp().visibleOptions(command);
  const found = new Map<string, Option>();
  for (const option of [...command.options, ...visible, ...more]) {
    const name = option.long ?? option.flags;
    if (!found.has(name)) found.set(name, option);
  }
  return [...found.values()];
}
