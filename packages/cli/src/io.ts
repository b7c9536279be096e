/** Where a command writes: as much of a Node stream as is needed. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What a command may touch besides files: so that it can be run in a test as in a terminal. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How this program is run once more: a file, and its first arguments. */
  readonly program?: readonly string[] | undefined;
}

/** Writes a line. */
export function writeLine(output: Output, text: string): void {
  output.write(`${text}\n`);
}
