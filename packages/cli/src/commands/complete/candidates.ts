import type { Argument, Command, Option } from 'commander';
import { Flag, Operand } from '../../options/flags.js';
import { readLine, takesFlag, type SortedWords } from '../../options/line.js';
import { anyFile, nothing, type Offer } from '../../options/offer.js';
import { PosternCommand } from '../../postern-command.js';

/**
 * What may stand where the last word is being typed, as the commands themselves say it.
 * @param words what stands behind the name of the program, the last of which may be begun or empty
 * @returns words that begin so, and `:files` where any file may stand
 */
export async function candidatesFor(program: PosternCommand, words: readonly string[]): Promise<string[]> {
  const current = words.at(-1) ?? '';
  const { command, rest } = commandOf(program, words.slice(0, -1));
  command.ready(rest);
  const mayBeFlag = takesFlag(command, rest);
  const line = readLine(command, rest);
  const { open } = line;
  const starting = (candidates: readonly string[]) => startingWith(candidates, current);
  if (command.commands.length > 0 && line.operands.length > 0) return [];
  if (mayBeFlag && current.startsWith('--') && current.includes('=')) return valueOfFlag(command, line, current);
  if (mayBeFlag && current.startsWith('-')) return flagsStarting(command, current);
  // Where a flag takes several values, a first one has to stand; behind it, a flag may.
  if (open !== undefined) {
    const values = starting(await offerOf(open)(line));
    return mayBeFlag ? [...values, ...flagsStarting(command, current)] : values;
  }
  const nouns = await nounsOf(command, line);
  return nouns.length > 0 || !mayBeFlag ? starting(nouns) : flagsStarting(command, current);
}

/** The command that the words before are about, and the words behind its name. */
function commandOf(program: PosternCommand, words: readonly string[]): { command: PosternCommand; rest: string[] } {
  program.ready(words);
  const { operands, unknown } = readLine(program, words);
  const named = program.commands.find((one) => one.name() === operands[0]);
  if (!(named instanceof PosternCommand)) return { command: program, rest: [...words] };
  return commandOf(named, unknown);
}

/** `--flag=value` in one word. */
async function valueOfFlag(command: PosternCommand, line: SortedWords, current: string): Promise<string[]> {
  const prefix = current.slice(0, current.indexOf('=') + 1);
  const option = command.options.find(({ long }) => `${long}=` === prefix);
  if (option?.required !== true) return [];
  const values = startingWith(await offerOf(option)(line), current.slice(prefix.length));
  return values.map((value) => (value === anyFile ? value : prefix + value));
}

async function nounsOf(command: PosternCommand, line: SortedWords): Promise<readonly string[]> {
  const commands: readonly Command[] = command.createHelp().visibleCommands(command);
  if (commands.length > 0) return line.operands.length === 0 ? commands.map((one) => one.name()) : [];
  return offerOf(nextArgument(command, line))(line);
}

function nextArgument({ registeredArguments }: PosternCommand, { operands }: SortedWords): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[operands.length] ?? (last?.variadic === true ? last : undefined);
}

const offerOf = (place: Option | Argument | undefined): Offer =>
  place instanceof Flag || place instanceof Operand ? place.offer : nothing;

/** The flags that begin so; those that help leaves out are offered where nothing else is meant, or where they are written whole. */
function flagsStarting(command: PosternCommand, current: string): string[] {
  const shown = command.createHelp().visibleOptions(command);
  const names = startingWith(namesOf(shown), current);
  const isOpposite = current.startsWith('--no-');
  const hidden = startingWith(namesOf(command.options.filter((option) => option.hidden)), current);
  const meant = isOpposite || names.length === 0 ? hidden : hidden.filter((name) => name === current);
  return [...new Set([...names, ...meant])];
}

const namesOf = (options: readonly Option[]): string[] => options.map((option) => option.long ?? option.flags);

function startingWith(candidates: readonly string[], current: string): string[] {
  return candidates.filter((candidate) => candidate === anyFile || candidate.startsWith(current));
}
