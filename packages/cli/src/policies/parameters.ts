import { quote } from '@postern/core';
import { InputError } from '../errors.js';

/**
 * Reads what `--parameter NAME=VALUE` gives.
 * @throws {InputError} where one is not of that form, or is given twice
 */
export function readParameters(given: readonly string[] = []): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const problems = given.flatMap((text) => {
    const at = text.indexOf('=');
    const name = text.slice(0, Math.max(0, at));
    if (!/^[A-Za-z0-9]+$/.test(name)) return [`--parameter: ${quote(text)} is no parameter: write \`NAME=VALUE\``];
    if (parameters.has(name)) return [`--parameter: ${quote(name)} is given twice: keep one`];
    parameters.set(name, text.slice(at + 1));
    return [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return parameters;
}
