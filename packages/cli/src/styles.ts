import { styleText } from 'node:util';
import type { Io, Output } from './io.js';

/** Makes a heading bold where the output is a terminal and nobody asked for no colour. */
export function headingStyle(output: Output, { env }: Io): (text: string) => string {
  return (text) => {
    const plain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb' || output.isTTY !== true;
    return plain ? text : styleText('bold', text, { validateStream: false });
  };
}
