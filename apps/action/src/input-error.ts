/** Bad input: every problem is named, one a line. */
export class ActionInputError extends Error {
  override readonly name = 'InputError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
