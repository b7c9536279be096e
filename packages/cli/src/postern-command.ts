import { didYouMean, quote } from '@postern/core';
import { Command, type AddHelpTextContext, type AddHelpTextPosition, type HelpContext } from 'commander';
import { InputError } from './errors.js';
import { wrapHelp } from './help.js';

/** What `parseOptions` of commander gives. */
type Parsed = ReturnType<Command['parseOptions']>;

/** Is told the words of the line before they are read. */
type WordsReader = (words: readonly string[]) => void;

/** A commander command that is put together when it is needed, and whose complaints are worded as all of postern's are. */
export class PosternCommand extends Command {
  private makers: (() => void)[] = [];
  private readers: WordsReader[] = [];
  private unknown: readonly string[] = [];
  private explainers: (() => void)[] = [];
  private takesMore = false;
  /** What of the command is meant, such as a use case; part of its name in hints. */
  about: string | undefined;

  override createCommand(name?: string): PosternCommand {
    return new PosternCommand(name);
  }

  /** Puts off what gives the command its arguments and flags until it is read or shown. */
  later(make: () => void): this {
    this.makers.push(make);
    return this;
  }

  /** Adds what takes a look at the words of the line before they are read: it may add flags that follow from them. */
  beforeReading(reader: WordsReader): this {
    this.readers.push(reader);
    return this;
  }

  /** Adds what may say more of a flag that nobody knows, by throwing. */
  beforeUnknown(explain: () => void): this {
    this.explainers.push(explain);
    return this;
  }

  /** Puts the command together, for a line of these words. Again it does nothing. */
  ready(words: readonly string[]): this {
    for (const make of this.makers.splice(0)) make();
    for (const reader of this.readers.splice(0)) reader(words);
    return this;
  }

  override parseOptions(words: string[]): Parsed {
    this.ready(words);
    const parsed = super.parseOptions(words);
    this.unknown = parsed.unknown;
    return parsed;
  }

  override helpInformation(context?: HelpContext): string {
    this.ready([]);
    for (const command of this.commands) if (command instanceof PosternCommand) command.ready([]);
    return super.helpInformation(context);
  }

  override addHelpText(position: AddHelpTextPosition, text: string | ((context: AddHelpTextContext) => string)): this {
    return super.addHelpText(position, (context) => {
      const { getOutHelpWidth, getErrHelpWidth } = this.configureOutput();
      const width = (context.error ? getErrHelpWidth : getOutHelpWidth)?.() ?? 80;
      return wrapHelp(typeof text === 'string' ? text : text(context), width);
    });
  }

  override allowExcessArguments(allow = true): this {
    this.takesMore = allow;
    return super.allowExcessArguments(allow);
  }

  /** @internal commander calls these by name */
  _excessArguments(received: readonly string[]): void {
    if (this.takesMore) return;
    const taken = this.registeredArguments.length;
    const takes = taken === 0 ? 'no argument' : taken === 1 ? 'one argument' : `${taken} arguments`;
    const hint = taken === 0 ? `see ${quote(`${this.path()} --help`)}` : 'put quotes around a text with blanks';
    throw new InputError([`${quote(received[taken])} is too much, ${quote(this.path())} takes ${takes}: ${hint}`]);
  }

  unknownOption(first: string): void {
    for (const explain of this.explainers) explain();
    const path = this.about === undefined ? this.path() : `${this.path()} ${this.about}`;
    throw new InputError(
      this.unknownFlags(first).map((flag) => `${quote(flag)} is no flag of ${quote(path)}${this.hintFor(flag, path)}`),
    );
  }

  /** Every flag that nobody knows; words between them are taken for their values. */
  private unknownFlags(first: string): string[] {
    const end = this.unknown.indexOf('--');
    const words = end < 0 ? this.unknown : this.unknown.slice(0, end);
    const flags = words.filter((word) => word.length > 1 && word.startsWith('-')).map((word) => word.split('=')[0]!);
    return flags.length === 0 ? [first] : [...new Set(flags)];
  }

  unknownCommand(name = this.args[0] ?? ''): never {
    const names = this.commands.map((command) => command.name());
    throw new InputError([
      `${quote(name)} is no command${didYouMean(name, names) || `: see ${quote(`${this.path()} --help`)}`}`,
    ]);
  }

  missingArgument(name: string): never {
    throw new InputError([`${quote(this.path())} needs <${name}>: see ${quote(`${this.path()} --help`)}`]);
  }

  optionMissingArgument(option: { flags: string; long?: string }): never {
    throw new InputError([this.missingValue(option)]);
  }

  /** What is said of a flag without its value. */
  missingValue({ flags, long = flags }: { flags: string; long?: string | undefined }): string {
    const path = this.about === undefined ? this.path() : `${this.path()} ${this.about}`;
    return `${quote(long)} needs a value: see ${quote(`${path} --help`)}`;
  }

  /** The command with those it stands under: `postern generate`. */
  path(): string {
    const parent = this.parent as PosternCommand | null;
    return parent === null ? this.name() : `${parent.path()} ${this.name()}`;
  }

  /** The nearest flag this command has, or where its flags are listed. */
  private hintFor(flag: string, path: string): string {
    const flags = this.options.flatMap((option) => (option.hidden ? [] : [option.long ?? '']));
    return didYouMean(flag, [...flags, '--help']) || `: see ${quote(`${path} --help`)}`;
  }
}
