/** Bad input: nothing was done, every problem is named, one a line. Exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** The command did its work and found something the user should act on. Exit code 1. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** A command that ran another program ended as that did: nothing is to be said about it. */
export class ProgramEnded extends Error {
  override readonly name = 'ProgramEnded';

  constructor(readonly exitCode: number) {
    super(`the program ended with ${exitCode}`);
  }
}

/**
 * What is said of one item of many that went wrong in a way nobody foresaw: it is that item's finding, and the rest is
 * read. What the user can mend is said in its own words.
 */
export function failureOf(error: unknown): string {
  if (error instanceof PipeClosed) throw error;
  if (error instanceof Error && error.name === 'InputError') return error.message;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `an unexpected error, please report it with the input: ${what.split('\n')[0]!.slice(0, 300)}`;
}

/** Whoever read the output reads no more: the command ends, and closes what it has open. */
export class PipeClosed extends Error {
  override readonly name = 'PipeClosed';

  constructor() {
    super('the reader of the output has gone');
  }
}
