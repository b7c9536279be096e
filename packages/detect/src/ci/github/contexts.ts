import { evaluate as evaluateExpression, type ExpressionOperand } from '../../expressions/evaluate.js';
import { concat, literal, literalOf, oneOf, unknown, type Value } from '../../values/value.js';
import { entriesOf, itemsOf } from '../../yaml/access.js';
import type { Tree } from '../../yaml/tree.js';

/** What the paths of expressions hold in a job of GitHub Actions. */
export interface Contexts {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly secrets: ReadonlyMap<string, Value>;
  readonly matrix: Tree | undefined;
  /** The outputs of jobs that are needed: `job.output`. */
  readonly needs: ReadonlyMap<string, Value>;
  /** The outputs of steps: `step.output`. */
  readonly steps: Map<string, Value>;
  readonly variable: (name: string) => Value | undefined;
  /** The event that is assumed; undefined where it may be any. */
  readonly event: string | undefined;
  readonly evaluate: (text: string) => Value;
  /** Names of secrets and variables that were asked for. */
  readonly asked: Set<string>;
}

function resolvePath(contexts: Contexts, path: readonly string[]): ExpressionOperand {
  const [context, name = '', ...rest] = path;
  const whole = path.join('.');
  switch (context) {
    case 'env':
      return { value: contexts.variable(name) ?? unknown(whole) };
    case 'inputs':
      return { value: contexts.inputs.get(name) ?? unknown(whole) };
    case 'secrets':
      contexts.asked.add(name);
      return { value: contexts.secrets.get(name) ?? unknown(whole) };
    case 'vars':
      contexts.asked.add(name);
      return { value: unknown(whole) };
    case 'matrix':
      return { value: matrixValue(contexts, path.slice(1)) };
    case 'steps':
      return {
        value: rest[0] === 'outputs' ? (contexts.steps.get(`${name}.${rest[1]}`) ?? unknown(whole)) : unknown(whole),
      };
    case 'needs':
      return {
        value: rest[0] === 'outputs' ? (contexts.needs.get(`${name}.${rest[1]}`) ?? unknown(whole)) : unknown(whole),
      };
    case 'github':
      if (name === 'event' && rest[0] === 'inputs')
        return { value: contexts.inputs.get(rest[1] ?? '') ?? unknown(whole) };
      if (name === 'event_name' && contexts.event !== undefined) return { value: literal(contexts.event) };
      if (name === 'ref' && contexts.event?.startsWith('pull_request'))
        return { value: [['refs/pull/', { from: 'github.ref' }]] };
      return { value: unknown(whole) };
    default:
      return { value: unknown(whole) };
  }
}

/** All that a path of the matrix may hold, over its lists and what it includes. */
function matrixValue(contexts: Contexts, path: readonly string[]): Value {
  const { matrix } = contexts;
  const evaluate = withoutMatrix(contexts);
  const from = `matrix.${path.join('.')}`;
  if (matrix === undefined) return unknown(from);
  const [name = '', ...rest] = path;
  if (matrix.node === 'scalar') {
    // An expression gives the matrix whole.
    const found = inJson(evaluate(matrix.text), from, (whole) => [
      ...itemsIn(memberOf(whole, name)).map((item) => rest.reduce(memberOf, item)),
      ...itemsIn(memberOf(whole, 'include')).map((item) => path.reduce(memberOf, item)),
    ]);
    return found.length === 0 ? unknown(from) : found;
  }
  const found: Value[] = [];
  for (const [key, tree] of entriesOf(matrix)) {
    const below = key === 'include' ? path : key === name ? rest : undefined;
    if (below === undefined) continue;
    for (const item of itemsOf(tree)) found.push(...valuesBelow(evaluate, item, below, from));
  }
  return found.length === 0 ? unknown(from) : oneOf(found);
}

/** A matrix is made before there is one: no expression of it sees another part. */
function withoutMatrix(contexts: Contexts): Contexts['evaluate'] {
  const outside: Contexts = { ...contexts, matrix: undefined };
  return (text) => evaluateText(text, outside);
}

function valuesBelow(evaluate: Contexts['evaluate'], tree: Tree, path: readonly string[], from: string): Value[] {
  if (tree.node === 'scalar' && tree.text.includes('${{')) {
    const found = inJson(evaluate(tree.text), from, (whole) =>
      (Array.isArray(whole) ? itemsIn(whole) : [whole]).map((item) => path.reduce(memberOf, item)),
    );
    return found.length === 0 ? [] : [found];
  }
  let found: Tree | undefined = tree;
  for (const key of path) found = found?.node === 'mapping' ? found.entries.get(key) : undefined;
  if (found === undefined) return [];
  if (found.node !== 'scalar') return [unknown(from)];
  if (!found.text.includes('${{')) return [literal(found.text)];
  return valuesBelow(evaluate, found, [], from);
}

/**
 * What is picked of JSON that an expression gives. What is not known of it stands under the name of who asks, and what is no JSON
 * for itself.
 */
function inJson(value: Value, from: string, pick: (whole: unknown) => readonly unknown[]): Value {
  return value.flatMap((text): Value => {
    const known = literalOf(text);
    if (known === undefined) return [[{ from }]];
    return pick(parsed(known)).flatMap((item): Value => {
      if (item === undefined || item === null || item === '') return [];
      return typeof item === 'object' ? unknown(from) : literal(String(item));
    });
  });
}

function parsed(text: string): unknown {
  try {
    return /^\s*[[{]/.test(text) ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

function memberOf(whole: unknown, name: string): unknown {
  return typeof whole === 'object' && whole !== null && Object.hasOwn(whole, name)
    ? (whole as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function itemsIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value of a text with `${{ … }}` in it. */
export function evaluateText(text: string, contexts: Contexts): Value {
  if (!text.includes('${{')) return literal(text);
  const parts: Value[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf('${{', from);
    const end = start < 0 ? -1 : text.indexOf('}}', start);
    if (start < 0 || end < 0) break;
    parts.push(
      literal(text.slice(from, start)),
      evaluateExpression(text.slice(start + 3, end), (path) => resolvePath(contexts, path)),
    );
    from = end + 2;
  }
  return concat([...parts, literal(text.slice(from))]);
}

/** A condition is an expression, with or without the signs around it. */
export function asExpression(condition: string): string {
  const trimmed = condition.trim();
  return trimmed.includes('${{') ? trimmed : `\${{ ${trimmed} }}`;
}
