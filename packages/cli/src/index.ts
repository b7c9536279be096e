export { Finding, InputError } from './errors.js';
export type { Io, Output } from './io.js';
export { PosternCommand } from './postern-command.js';
export { run } from './run.js';
export type { AddCommands } from './run.js';
