import { DocumentError, quote, SplitError } from '@postern/core';
import { InputError } from '../errors.js';

/** What core refuses, as bad input. */
export function explained<Result>(work: () => Result, policy: string): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof SplitError) throw new InputError(error.problems.map((one) => `${quote(policy)}: ${one}`));
    if (error instanceof DocumentError || error instanceof RangeError)
      throw new InputError([`${quote(policy)}: ${error.message}`]);
    throw error;
  }
}
