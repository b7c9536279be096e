import type { Io } from './io.js';
import type { PosternCommand } from './postern-command.js';

/** A command of the program. It stands in `commands/<name>/command.ts`, and its name is that of its folder. */
export interface CommandDefinition {
  /** What it does, in a sentence or a few. */
  readonly description: string;
  /** Where it stands in the list of commands: the lower the earlier. */
  readonly place: number;
  /** Left out of the list of commands. */
  readonly hidden?: true;
  /** It is about the other commands of the program: a line of any other command needs them not. */
  readonly aboutOthers?: true;
  /** Gives it arguments, flags, help and what it does. It is called when the command is read or its help is printed. */
  define(command: PosternCommand, io: Io): void;
}
