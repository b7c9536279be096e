import { literal, type Value } from '../values/value.js';

/** A parameter of a recipe. */
interface RecipeParameter {
  readonly name: string;
  readonly usual: Value | undefined;
  /** It takes all that is left. */
  readonly takesRest: boolean;
  readonly isExported: boolean;
}

/** A recipe of a justfile. */
export interface Recipe {
  readonly parameters: readonly RecipeParameter[];
  readonly needs: readonly string[];
  /** Its lines without what they are indented by, and where each begins. */
  readonly body: readonly { readonly text: string; readonly offset: number }[];
}

export interface Justfile {
  readonly variables: ReadonlyMap<string, Value>;
  readonly exported: ReadonlySet<string>;
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** The recipe that runs where none is named. */
  readonly first: string | undefined;
}

/**
 * Reads a justfile line by line: variables, aliases, recipes. What it calculates is not followed.
 * @see https://just.systems/man/en/
 */
export function readJustfile(text: string): Justfile {
  const variables = new Map<string, Value>();
  const exported = new Set<string>();
  const recipes = new Map<
    string,
    { parameters: RecipeParameter[]; needs: string[]; body: { text: string; offset: number }[] }
  >();
  const aliases = new Map<string, string>();
  let current: { text: string; offset: number }[] | undefined;
  let first: string | undefined;
  let offset = 0;
  for (const raw of text.split('\n')) {
    const start = offset;
    offset += raw.length + 1;
    const line = raw.replace(/\r$/, '');
    const indented = /^[ \t]+/.exec(line)?.[0].length ?? 0;
    if (indented > 0 || line === '') {
      if (line.trim() !== '') current?.push({ text: line.slice(indented), offset: start + indented });
      continue;
    }
    if (line.startsWith('#') || line.startsWith('[')) continue;
    current = undefined;
    const alias = /^alias\s+([\w-]+)\s*:=\s*([\w-]+)/.exec(line);
    const set = /^(export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)$/.exec(line);
    if (alias !== null) aliases.set(alias[1]!, alias[2]!);
    else if (set !== null && set[2] !== 'set') {
      const known = textIn(set[3]!.trim());
      if (known !== undefined) variables.set(set[2]!, known);
      if (set[1] !== undefined) exported.add(set[2]!);
    } else {
      const header = /^@?([A-Za-z_][\w-]*)((?:\s+[^:]*)?):(?!=)(.*)$/.exec(line);
      if (header === null) continue;
      const [, name = '', given = '', needs = ''] = header;
      current = [];
      first ??= name;
      recipes.set(name, { parameters: parametersIn(given), needs: needsIn(needs), body: current });
    }
  }
  for (const [name, target] of aliases) {
    const recipe = recipes.get(target);
    if (recipe !== undefined && !recipes.has(name)) recipes.set(name, recipe);
  }
  return { variables, exported, recipes, first };
}

/** A text in quotes; undefined where something else stands there. */
function textIn(written: string): Value | undefined {
  const quoted = /^(?:'([^']*)'|"([^"\\]*)")\s*(?:#.*)?$/.exec(written);
  return quoted === null ? undefined : literal(quoted[1] ?? quoted[2] ?? '');
}

function parametersIn(given: string): RecipeParameter[] {
  return [...given.matchAll(/([*+]?)(\$?)([A-Za-z_][\w-]*)(?:=('[^']*'|"[^"]*"|\S+))?/g)].map(
    ([, many, sign, name, usual]) => ({
      name: name!,
      usual: usual === undefined ? (many === '*' ? literal('') : undefined) : textIn(usual),
      takesRest: many !== '',
      isExported: sign !== '',
    }),
  );
}

/** What runs before it: `build (push "x")`; what stands behind `&&` runs after it, which is as good. */
function needsIn(needs: string): string[] {
  const plain = needs.split('#', 1)[0]!.replace(/\(\s*([\w-]+)[^()]*\)/g, ' $1 ');
  return plain.split(/\s+/).filter((need) => /^[A-Za-z_][\w-]*$/.test(need));
}
