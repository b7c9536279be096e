import { writeSync } from 'node:fs';
import { InputError, PipeClosed, type Io, type Output } from '@postern/cli';

/**
 * A standard stream by its file descriptor. `process.stdout` loads Node's network and stream modules, which takes longer
 * than making a policy, so it is asked only for what a descriptor does not tell.
 */
function output(descriptor: 1 | 2): Output {
  const stream = () => (descriptor === 1 ? process.stdout : process.stderr);
  return {
    write: (text) => writeWhole(descriptor, Buffer.from(text)),
    get isTTY() {
      return stream().isTTY;
    },
    get columns() {
      return stream().columns;
    },
  };
}

/**
 * Writes all of it, however slowly it is read.
 * @throws {PipeClosed} where the reader has gone, as `| head` does
 * @throws {InputError} where standard output takes no more; that standard error takes no more changes no result
 */
function writeWhole(descriptor: 1 | 2, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new PipeClosed();
      if (code !== 'EAGAIN') {
        if (descriptor === 2) return;
        const why = code === 'ENOSPC' ? 'the device is full, make room or choose another place' : message;
        throw new InputError([`standard output cannot be written: ${why}`]);
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** The process's own streams and environment. */
export const terminal: Io = {
  get stdin() {
    return process.stdin;
  },
  stdout: output(1),
  stderr: output(2),
  env: process.env,
  get program() {
    return [process.execPath, ...process.argv.slice(1, 2)];
  },
};
