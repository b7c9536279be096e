import type { Io } from './io.js';
import type { PosternCommand } from './postern-command.js';

/**
 * Adds a command to the program: each `commands/<name>/command.ts` exports one.
 * @param args the whole command line, for commands whose flags follow from it
 */
export type AddCommand = (program: PosternCommand, io: Io, args: readonly string[]) => void;
