import type { CiEvent, Site } from '../event.js';
import type { Files } from '../files.js';
import type { ShellState } from '../shell/state.js';
import { beginsInCheckout, fromCheckout, normal } from './checkout.js';
import { concat, empty, literal, onlyLiteral, type Value } from '../values/value.js';

/** What a CI system adds to the running of a job. */
export interface JobHost {
  /** The value of a variable that nothing in the file sets. */
  unset(name: string): Value;
  /** A script writes `name=value` into the file that a variable names, such as GITHUB_ENV. */
  wrote?(target: string, name: string, value: Value): void;
}

/** A CI job while it is followed: what it has done, and what its variables hold. */
export interface JobRun {
  readonly files: Files;
  readonly host: JobHost;
  readonly events: CiEvent[];
  /** Variables of the whole job, and of its steps while they run. */
  state: ShellState;
  /** Where what runs now was called from. */
  through: readonly Site[];
  /** Scripts that are being followed, so that one that calls itself ends. */
  readonly running: Set<string>;
}

export function newJobRun(files: Files, host: JobHost, variables: ReadonlyMap<string, Value>): JobRun {
  return {
    files,
    host,
    events: [],
    state: { variables: new Map(variables), functions: new Map(), positional: [], directory: empty },
    through: [],
    running: new Set(),
  };
}

/** A folder below another one; one that begins with a slash, or with the checkout's own folder, stands for itself. */
export function folderBelow(directory: Value, path: Value): Value {
  const known = onlyLiteral(path);
  if (known === '' || known === '.' || known === './') return directory;
  if (known?.startsWith('/')) return path;
  if (beginsInCheckout(path)) return fromCheckout(path);
  const joined = directory.every((text) => text.length === 0) ? path : concat([directory, literal('/'), path]);
  return joined.map((text) => {
    if (!text.every((part) => typeof part === 'string')) return text;
    const made = normal(text.join(''));
    return made === '' ? [] : [made];
  });
}
