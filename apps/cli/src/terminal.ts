import { writeSync } from 'node:fs';
import type { Io, Output } from '@postern/cli';

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

function writeWhole(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A reader that goes away (`| head`) is no error.
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw error;
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
};
