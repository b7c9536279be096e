import {
  concat,
  empty,
  literal,
  literalOf,
  oneOf,
  onlyLiteral,
  unknown,
  type Text,
  type Value,
} from '../values/value.js';
import { tokensOf, type Token } from './tokens.js';

/** What a path such as `env.REGION` holds. */
export type Resolve = (path: readonly string[]) => ExpressionOperand;

/** A value of an expression: text, or what JSON says. */
export type ExpressionOperand = { readonly value: Value } | { readonly json: unknown };

const deepest = 40;

/** The value of an expression of GitHub Actions, as far as it can be told. */
export function evaluate(expression: string, resolve: Resolve): Value {
  const tokens = tokensOf(expression);
  const from = expression.trim();
  if (tokens === undefined) return unknown(from);
  const reader: ExpressionReader = { tokens, at: 0, resolve, depth: 0, from };
  const operand = readOr(reader);
  return reader.at < tokens.length || reader.depth > deepest ? unknown(from) : asValue(operand);
}

interface ExpressionReader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  readonly resolve: Resolve;
  readonly from: string;
}

function asValue(operand: ExpressionOperand): Value {
  if ('value' in operand) return operand.value;
  const { json } = operand;
  if (json === null || json === undefined) return empty;
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') return literal(String(json));
  // GitHub writes `Object` in its place; what takes lists and maps reads this.
  return literal(JSON.stringify(json));
}

const isSign = (token: Token | undefined, text: string) => token?.kind === 'sign' && token.text === text;

function takeSign(reader: ExpressionReader, text: string): boolean {
  if (!isSign(reader.tokens[reader.at], text)) return false;
  reader.at++;
  return true;
}

function readOr(reader: ExpressionReader): ExpressionOperand {
  if (++reader.depth > deepest) return { value: unknown(reader.from) };
  let left = readAnd(reader);
  while (takeSign(reader, '||')) {
    const right = readAnd(reader);
    const value = asValue(left);
    const kept = value.filter((text) => !isFalse(text));
    const certain = kept.length === value.length && kept.every((text) => literalOf(text) !== undefined);
    left = certain ? { value: kept } : { value: oneOf([kept, asValue(right)]) };
  }
  reader.depth--;
  return left;
}

function readAnd(reader: ExpressionReader): ExpressionOperand {
  let left = readCompared(reader);
  while (takeSign(reader, '&&')) {
    const right = asValue(readCompared(reader));
    const value = asValue(left);
    const maybe = value.filter((text) => !isFalse(text));
    if (maybe.length === 0) continue;
    const certain = maybe.length === value.length && maybe.every((text) => literalOf(text) !== undefined);
    left = certain ? { value: right } : { value: oneOf([right, empty]) };
  }
  return left;
}

function readCompared(reader: ExpressionReader): ExpressionOperand {
  const left = readUnary(reader);
  for (const sign of ['==', '!=', '<=', '>=', '<', '>']) {
    if (!takeSign(reader, sign)) continue;
    const right = readUnary(reader);
    const same = sign === '==' || sign === '!=' ? areEqual(asValue(left), asValue(right)) : undefined;
    return { value: same === undefined ? unknown(reader.from) : literal(String(same === (sign === '=='))) };
  }
  return left;
}

/** Whether two values are equal; undefined where that cannot be told. GitHub compares without regard to case. */
function areEqual(left: Value, right: Value): boolean | undefined {
  const answers = new Set(left.flatMap((one) => right.map((other) => textsEqual(one, other))));
  return answers.size === 1 ? [...answers][0] : undefined;
}

function textsEqual(left: Text, right: Text): boolean | undefined {
  const [known, other] = [literalOf(left)?.toLowerCase(), literalOf(right)?.toLowerCase()];
  if (known !== undefined && other !== undefined) return known === other;
  const whole = known ?? other;
  const partial = known === undefined ? left : right;
  if (whole === undefined) return undefined;
  const [head] = partial;
  const tail = partial.at(-1);
  if (typeof head === 'string' && !whole.startsWith(head.toLowerCase())) return false;
  if (typeof tail === 'string' && !whole.endsWith(tail.toLowerCase())) return false;
  return undefined;
}

function readUnary(reader: ExpressionReader): ExpressionOperand {
  if (takeSign(reader, '!')) {
    const value = asValue(readUnary(reader));
    const known = onlyLiteral(value);
    return { value: known === undefined ? unknown(reader.from) : literal(String(isFalse([known]))) };
  }
  return readIndexed(reader);
}

function readIndexed(reader: ExpressionReader): ExpressionOperand {
  const token = reader.tokens[reader.at];
  if (takeSign(reader, '(')) {
    const inner = readOr(reader);
    takeSign(reader, ')');
    return indexed(reader, inner);
  }
  if (token === undefined) return { value: unknown(reader.from) };
  reader.at++;
  if (token.kind === 'text') return { value: literal(token.text) };
  if (token.kind === 'sign') return { value: unknown(reader.from) };
  if (isSign(reader.tokens[reader.at], '(')) return indexed(reader, readCall(reader, token.text.toLowerCase()));
  if (token.text === 'true' || token.text === 'false') return { value: literal(token.text) };
  if (token.text === 'null') return { value: empty };
  return readPath(reader, token.text);
}

/** `a.b['c'].d`: the path is resolved as far as it is literal, and what is left is looked up in it. */
function readPath(reader: ExpressionReader, first: string): ExpressionOperand {
  const path = [first];
  for (;;) {
    const next = reader.tokens[reader.at + 1];
    if (isSign(reader.tokens[reader.at], '.') && (next?.kind === 'name' || isSign(next, '*'))) {
      path.push(next!.text);
      reader.at += 2;
      continue;
    }
    if (isSign(reader.tokens[reader.at], '[')) {
      const before = reader.at++;
      const key = onlyLiteral(asValue(readOr(reader)));
      takeSign(reader, ']');
      if (key === undefined) {
        reader.at = before;
        return indexed(reader, reader.resolve(path));
      }
      path.push(key);
      continue;
    }
    return reader.resolve(path);
  }
}

function indexed(reader: ExpressionReader, operand: ExpressionOperand): ExpressionOperand {
  let found = operand;
  for (;;) {
    const next = reader.tokens[reader.at + 1];
    if (takeSign(reader, '.')) {
      reader.at++;
      found = lookUp(found, next?.kind === 'name' ? literal(next.text) : unknown(reader.from), reader.from);
    } else if (takeSign(reader, '[')) {
      const key = asValue(readOr(reader));
      takeSign(reader, ']');
      found = lookUp(found, key, reader.from);
    } else return found;
  }
}

function lookUp(operand: ExpressionOperand, key: Value, from: string): ExpressionOperand {
  if (!('json' in operand) || typeof operand.json !== 'object' || operand.json === null)
    return { value: unknown(from) };
  const { json } = operand;
  const known = onlyLiteral(key);
  if (known !== undefined) {
    return { json: Object.hasOwn(json, known) ? (json as Record<string, unknown>)[known] : null };
  }
  const values = Object.values(json);
  return values.every((value) => typeof value !== 'object')
    ? { value: oneOf(values.map((json) => asValue({ json }))) }
    : { value: unknown(from) };
}

function readCall(reader: ExpressionReader, name: string): ExpressionOperand {
  takeSign(reader, '(');
  const given: ExpressionOperand[] = [];
  while (reader.at < reader.tokens.length && !takeSign(reader, ')')) {
    given.push(readOr(reader));
    if (!takeSign(reader, ',') && !isSign(reader.tokens[reader.at], ')')) break;
  }
  const texts = given.map((operand) => asValue(operand));
  const [first, second] = texts;
  switch (name) {
    case 'format':
      return { value: first === undefined ? empty : format(first, texts.slice(1), reader.from) };
    case 'fromjson': {
      const text = first === undefined ? undefined : onlyLiteral(first);
      if (text === undefined) return { value: first ?? unknown(reader.from) };
      try {
        const json: unknown = JSON.parse(text);
        return isDeeper(json, deepestJson) ? { value: unknown(reader.from) } : { json };
      } catch {
        return { value: unknown(reader.from) };
      }
    }
    case 'startswith':
    case 'endswith':
    case 'contains': {
      const list = name === 'contains' ? listIn(given[0]) : undefined;
      if (list !== undefined) return { value: containsItem(list, second ?? empty, reader.from) };
      return { value: contains(name, first ?? empty, second ?? empty, reader.from) };
    }
    case 'join': {
      const list = listIn(given[0]);
      const separator = second === undefined ? ',' : onlyLiteral(second);
      return {
        value: list === undefined || separator === undefined ? unknown(reader.from) : literal(list.join(separator)),
      };
    }
    case 'always':
    case 'success':
      return { value: literal('true') };
    case 'failure':
    case 'cancelled':
      return { value: unknown(`${name}()`) };
    case 'tojson':
      return given[0] !== undefined && 'json' in given[0]
        ? { value: literal(JSON.stringify(given[0].json)) }
        : { value: first ?? unknown(reader.from) };
    default:
      return { value: unknown(reader.from) };
  }
}

/** No matrix is deeper, and what writes deeper JSON again runs out of stack. */
const deepestJson = 100;

function isDeeper(json: unknown, most: number): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return most === 0 || Object.values(json).some((value) => isDeeper(value, most - 1));
}

/** The items of a list of texts, where all of it is known. */
function listIn(operand: ExpressionOperand | undefined): readonly string[] | undefined {
  if (operand === undefined || !('json' in operand) || !Array.isArray(operand.json)) return undefined;
  const items: readonly unknown[] = operand.json;
  return items.every((item) => typeof item !== 'object') ? items.map(String) : undefined;
}

/** A list contains what one of its items is. */
function containsItem(list: readonly string[], item: Value, from: string): Value {
  const answers = list.map((one) => areEqual(literal(one), item));
  if (answers.includes(true)) return literal('true');
  return answers.includes(undefined) ? unknown(from) : literal('false');
}

function contains(name: string, text: Value, part: Value, from: string): Value {
  const answers = new Set(
    text.flatMap((one) =>
      part.map((other) => {
        const wanted = literalOf(other)?.toLowerCase();
        const whole = literalOf(one)?.toLowerCase();
        if (wanted === undefined) return undefined;
        if (whole !== undefined) {
          return name === 'contains'
            ? whole.includes(wanted)
            : name === 'startswith'
              ? whole.startsWith(wanted)
              : whole.endsWith(wanted);
        }
        const head = typeof one[0] === 'string' ? one[0].toLowerCase() : '';
        if (name !== 'startswith' || head === '') return undefined;
        if (head.startsWith(wanted)) return true;
        return wanted.startsWith(head) ? undefined : false;
      }),
    ),
  );
  const [answer] = answers;
  return answers.size === 1 && answer !== undefined ? literal(String(answer)) : unknown(from);
}

function format(pattern: Value, given: readonly Value[], from: string): Value {
  const known = onlyLiteral(pattern);
  if (known === undefined) return unknown(from);
  return concat(
    known
      .split(/(\{[0-9]+\})/)
      .map((piece) => (/^\{[0-9]+\}$/.test(piece) ? (given[Number(piece.slice(1, -1))] ?? empty) : literal(piece))),
  );
}

/** GitHub takes nothing, `false` and `0` for false. */
export function isFalse(text: Text): boolean {
  const known = literalOf(text);
  return known === '' || known === 'false' || known === '0';
}
