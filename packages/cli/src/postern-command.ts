import { didYouMean, quote } from '@postern/core';
import { Command, type AddHelpTextContext, type AddHelpTextPosition } from 'commander';
import { InputError } from './errors.js';
import { wrapHelp } from './help.js';

/** A commander command whose complaints are worded as all of postern's are. */
export class PosternCommand extends Command {
  override createCommand(name?: string): PosternCommand {
    return new PosternCommand(name);
  }

  override addHelpText(position: AddHelpTextPosition, text: string | ((context: AddHelpTextContext) => string)): this {
    return super.addHelpText(position, (context) => {
      const { getOutHelpWidth, getErrHelpWidth } = this.configureOutput();
      const width = (context.error ? getErrHelpWidth : getOutHelpWidth)?.() ?? 80;
      return wrapHelp(typeof text === 'string' ? text : text(context), width);
    });
  }

  private takesUnknownOptions = false;

  override allowUnknownOption(allow = true): this {
    this.takesUnknownOptions = allow;
    return super.allowUnknownOption(allow);
  }

  private takesMore = false;

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

  unknownOption(flag: string): void {
    if (this.takesUnknownOptions) return;
    throw new InputError([`${quote(flag)} is no flag of ${quote(this.path())}${this.hintFor(flag)}`]);
  }

  unknownCommand(): never {
    const name = this.args[0] ?? '';
    const names = this.commands.map((command) => command.name());
    throw new InputError([
      `${quote(name)} is no command${didYouMean(name, names) || `: see ${quote(`${this.path()} --help`)}`}`,
    ]);
  }

  missingArgument(name: string): never {
    throw new InputError([`${quote(this.path())} needs <${name}>: see ${quote(`${this.path()} --help`)}`]);
  }

  optionMissingArgument(option: { flags: string; long?: string }): never {
    throw new InputError([
      `${quote(option.long ?? option.flags)} needs a value: see ${quote(`${this.path()} --help`)}`,
    ]);
  }

  /** The command with those it stands under: `postern generate`. */
  path(): string {
    const parent = this.parent as PosternCommand | null;
    return parent === null ? this.name() : `${parent.path()} ${this.name()}`;
  }

  /** The nearest flag this command has, or where its flags are listed. */
  hintFor(flag: string): string {
    const flags = this.options.flatMap((option) => (option.hidden ? [] : [option.long ?? '']));
    return didYouMean(flag, [...flags, '--help']) || `: see ${quote(`${this.path()} --help`)}`;
  }
}
