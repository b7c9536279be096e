export { Finding, InputError, ProgramEnded, PipeClosed } from './errors.js';
export { writeLine } from './io.js';
export type { Io, Output } from './io.js';
export { run } from './run.js';
