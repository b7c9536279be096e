import type { CompoundList, Function as FunctionNode } from 'unbash';
import type { Site } from '../event.js';
import { oneOf, withDefault, type Value } from '../values/value.js';

/** What a shell knows while a script is followed. Branches get copies, which are merged behind them. */
export interface ShellState {
  variables: Map<string, Value>;
  functions: Map<string, Defined>;
  /** The arguments of the script or function: `$1` is the first. */
  positional: readonly Value[];
  directory: Value;
}

/** A function with the script that it stands in. */
export interface Defined {
  readonly body: FunctionNode['body'] | CompoundList;
  readonly source: ScriptSource;
}

/** A script, and where its parts stand. */
export interface ScriptSource {
  readonly text: string;
  readonly siteAt: (offset: number) => Site;
  /** What the replaced expressions in it stand for. */
  readonly masked: readonly Value[];
}

export function copyOf(state: ShellState): ShellState {
  return { ...state, variables: new Map(state.variables), functions: new Map(state.functions) };
}

/** What is known where any of these states may be. A variable that only some set may be what it was not set to. */
export function mergeInto(state: ShellState, branches: readonly ShellState[]): void {
  if (branches.length === 0) return;
  const names = new Set(branches.flatMap(({ variables }) => [...variables.keys()]));
  state.variables = new Map(
    [...names].map((name) => {
      const values = branches.flatMap(({ variables }) => (variables.has(name) ? [variables.get(name)!] : []));
      const value = values.every((other) => other === values[0]) ? values[0]! : oneOf(values);
      return [name, values.length === branches.length ? value : withDefault(value, `$${name}`)];
    }),
  );
  for (const { functions } of branches) for (const [name, defined] of functions) state.functions.set(name, defined);
  const [first] = branches;
  const same = branches.every(({ directory }) => directory === first!.directory);
  state.directory = same ? first!.directory : oneOf(branches.map(({ directory }) => directory));
}
