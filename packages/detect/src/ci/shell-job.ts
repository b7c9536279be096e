import type { CiJob, CiSystem, Triggers } from '../event.js';
import { followScript } from '../jobs/follow-script.js';
import { newJobRun, type JobRun } from '../jobs/job-run.js';
import { mask, unmask, type Expressions } from '../shell/placeholders.js';
import { concat, empty, literal, pattern, unknown, type Value } from '../values/value.js';
import { everyText } from '../yaml/access.js';
import type { TextTree, Tree } from '../yaml/tree.js';
import type { CiInput } from './reader.js';

/** A job whose steps share one shell, or at least their variables. */
export function startShellJob({ files }: CiInput, variables: ReadonlyMap<string, Value>): JobRun {
  const run: JobRun = newJobRun(
    files,
    {
      unset: (name) => unknown(`$${name}`),
      // `echo "export NAME=value" >> "$BASH_ENV"` holds for the steps behind.
      wrote: (target, name, value) => {
        if (target === 'BASH_ENV') run.state.variables.set(name, readAgain(value, run.state.variables));
      },
    },
    variables,
  );
  return run;
}

/** A value that a shell reads once more: `$NAME` that was written there is a variable then. */
function readAgain(value: Value, variables: ReadonlyMap<string, Value>): Value {
  const expanded = expandVariables(value, variables);
  // The name of a variable that is put together is not known.
  return expanded.map((text) => {
    const isOpen = text.some((part, at) => typeof part === 'string' && /\$\{?$/.test(part) && at < text.length - 1);
    return isOpen ? [{ from: `the variable ${pattern(text)}` }] : text;
  });
}

/** Follows a script that stands in a YAML file. */
export function followText(run: JobRun, file: string, tree: TextTree, ...expressions: readonly Expressions[]): void {
  const masked = mask(tree.text, ...expressions);
  followScript(run, {
    text: masked.text,
    masked: masked.values,
    siteAt: (offset) => ({ file, line: tree.lineAt(masked.writtenAt(offset)) }),
  });
}

/** The value of a text with expressions in it. */
export function valueOfText(text: string, ...expressions: readonly Expressions[]): Value {
  const masked = mask(text, ...expressions);
  return unmask(masked.text, masked.values);
}

/** The value of a text with `$NAME` and `${NAME}` in it, as CI systems expand them in variables. */
export function expandVariables(value: Value, variables: ReadonlyMap<string, Value>, deep = 0): Value {
  return value.flatMap((text) =>
    concat(
      text.map((part): Value => {
        if (typeof part !== 'string') return [[part]];
        const pieces = part.split(/(\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$[A-Za-z_][A-Za-z0-9_]*|%[A-Za-z_]+%)/);
        return concat(
          pieces.map((piece) => {
            const name = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(piece)?.[1];
            if (name === undefined) return piece === '' ? empty : literal(piece);
            const held = variables.get(name);
            if (held === undefined || deep > 8) return unknown(`$${name}`);
            return expandVariables(held, variables, deep + 1);
          }),
        );
      }),
    ),
  );
}

/** The variables of a map in YAML, which may name each other. */
export function variablesOf(
  entries: readonly (readonly [string, Tree])[],
  ...expressions: readonly Expressions[]
): Map<string, Value> {
  const raw = new Map<string, Value>();
  for (const [name, tree] of entries) {
    const text =
      tree.node === 'scalar'
        ? tree
        : tree.node === 'mapping'
          ? (tree.entries.get('value') ?? tree.entries.get('default'))
          : undefined;
    if (text?.node === 'scalar') raw.set(name, valueOfText(text.text, ...expressions));
  }
  return raw;
}

/** Lets variables that name each other be what they hold. */
export function expandAll(variables: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map(
    [...variables].map(([name, value]) => {
      const others = new Map(variables);
      others.delete(name);
      return [name, expandVariables(value, others)];
    }),
  );
}

export interface JobDetails {
  readonly system: CiSystem;
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly triggers: Triggers;
  readonly environment?: Value | undefined;
  readonly token?: boolean;
  readonly tree?: Tree | undefined;
}

export function finishJob(run: JobRun, variables: ReadonlyMap<string, Value>, details: JobDetails): CiJob {
  const { system, file, name, line, triggers, environment, token = false, tree } = details;
  const names = new Set(variables.keys());
  for (const { text } of everyText(tree))
    for (const [, read] of text.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)) names.add(read!);
  return { system, file, name, line, triggers, environment, events: run.events, names: [...names], token };
}

export const anyTrigger: Triggers = { events: [], branches: [], tags: [], pullRequests: false, others: true };
