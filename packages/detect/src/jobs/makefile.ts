import { literal, type Value } from '../values/value.js';

/** A rule of a Makefile. */
interface MakeRule {
  readonly needs: readonly string[];
  /** The lines that a shell runs, with where each begins. */
  readonly recipe: readonly { readonly text: string; readonly offset: number }[];
}

export interface Makefile {
  readonly variables: ReadonlyMap<string, Value>;
  readonly rules: ReadonlyMap<string, MakeRule>;
  /** The target that is made where none is named. */
  readonly first: string | undefined;
  /** `.ONESHELL:` lets one shell run all lines of a recipe. */
  readonly oneShell: boolean;
}

/** Reads a Makefile line by line: variables, targets and their recipes. What it calculates is not followed. */
export function readMakefile(text: string): Makefile {
  const variables = new Map<string, Value>();
  const rules = new Map<string, { needs: string[]; recipe: { text: string; offset: number }[] }>();
  let current: string[] = [];
  let first: string | undefined;
  let offset = 0;
  let pending: { text: string; offset: number } | undefined;
  for (const raw of text.split('\n')) {
    const start = offset;
    offset += raw.length + 1;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (pending !== undefined || line.startsWith('\t')) {
      const begun: { text: string; offset: number } = pending ?? { text: '', offset: start };
      const joined = begun.text + (pending === undefined ? ` ${line.slice(1)}` : `\n${line}`);
      if (line.endsWith('\\')) {
        pending = { text: joined, offset: begun.offset };
        continue;
      }
      pending = undefined;
      for (const target of current) rules.get(target)!.recipe.push({ text: shellOf(joined), offset: begun.offset });
      continue;
    }
    const assignment = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*(:=|::=|\?=|\+=|=)\s*(.*)$/.exec(line);
    if (assignment !== null) {
      const [, name, operator, value] = assignment;
      const known = (value ?? '').replace(/\s+#.*$/, '').trim();
      if (operator !== '+=' && !known.includes('$')) variables.set(name!, literal(known));
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || line.startsWith('#') || line.startsWith(' ')) continue;
    current = line.slice(0, colon).trim().split(/\s+/);
    const needs = line
      .slice(colon + 1)
      .split('#', 1)[0]!
      .trim()
      .split(/\s+/)
      .filter((need) => need !== '' && !need.includes('='));
    for (const target of current) {
      if (!target.startsWith('.')) first ??= target;
      const rule = rules.get(target) ?? { needs: [], recipe: [] };
      rule.needs.push(...needs);
      rules.set(target, rule);
    }
  }
  return { variables, rules, first, oneShell: rules.has('.ONESHELL') };
}

/** A recipe as the shell sees it, of the same length: `$(NAME)` is `${NAME}`, `$$` is `$`. */
function shellOf(recipe: string): string {
  return recipe
    .replace(/^(\s*)[@-]+/, (signs) => ' '.repeat(signs.length))
    .replace(/\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g, '${$1}')
    .replace(/\$\$/g, ' $');
}
