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
