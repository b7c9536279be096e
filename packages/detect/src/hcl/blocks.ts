import { unknown, type Value } from '../values/value.js';
import { hclTokens, type HclToken } from './tokens.js';

/** A block of HCL, or a map in braces: what is set in it, and the blocks in it. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  /** Texts, numbers and booleans by name; what is calculated is unknown. */
  readonly attributes: ReadonlyMap<string, Value>;
  /** Also maps that are set, as blocks of the name that they are set to. */
  readonly blocks: readonly HclBlock[];
}

const deepest = 50;

/** Reads the blocks of an HCL file, as far as they can be read: what is no HCL is passed over. */
export function readHcl(source: string): HclBlock {
  const tokens = hclTokens(source);
  return readBody({ tokens, at: 0 }, '', [], 1, 0);
}

interface HclReader {
  readonly tokens: readonly HclToken[];
  at: number;
}

function readBody(reader: HclReader, type: string, labels: readonly string[], line: number, depth: number): HclBlock {
  const attributes = new Map<string, Value>();
  const blocks: HclBlock[] = [];
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at]!;
    if (isSign(token, '}')) {
      reader.at++;
      break;
    }
    if (isSign(token, '{')) {
      reader.at++;
      if (depth < deepest) readBody(reader, '', [], token.line, depth + 1);
      continue;
    }
    const name = nameOf(token);
    reader.at++;
    if (name === undefined) continue;
    const next = reader.tokens[reader.at];
    if (isSign(next, '=') || isSign(next, ':')) {
      reader.at++;
      const first = reader.tokens[reader.at];
      if (isSign(first, '{')) {
        reader.at++;
        if (depth < deepest) blocks.push(readBody(reader, name, [], token.line, depth + 1));
      } else attributes.set(name, readValue(reader));
      continue;
    }
    const own: string[] = [];
    while (reader.at < reader.tokens.length && nameOf(reader.tokens[reader.at]!) !== undefined) {
      own.push(nameOf(reader.tokens[reader.at++]!)!);
    }
    if (!isSign(reader.tokens[reader.at], '{')) continue;
    reader.at++;
    if (depth < deepest) blocks.push(readBody(reader, name, own, token.line, depth + 1));
  }
  return { type, labels, line, attributes, blocks };
}

/** A value ends with its line, or with a comma in a map. What has brackets or operators is calculated. */
function readValue(reader: HclReader): Value {
  const first = reader.tokens[reader.at];
  let depth = 0;
  let count = 0;
  let text = '';
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at]!;
    if (depth === 0 && (token.kind === 'end' || isSign(token, ',') || isSign(token, '}'))) break;
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'sign' && ')]}'.includes(token.text)) depth--;
    count++;
    if (typeof token.text === 'string' && text.length < 80) text += token.text;
    reader.at++;
  }
  if (count === 1 && first?.kind === 'text') return [first.text];
  if (count === 1 && first?.kind === 'word' && /^(true|false|-?[0-9.]+)$/.test(first.text)) return [[first.text]];
  return unknown(text === '' ? 'an expression' : text);
}

function nameOf(token: HclToken): string | undefined {
  if (token.kind === 'word') return token.text;
  if (token.kind !== 'text') return undefined;
  return token.text.every((part) => typeof part === 'string') ? token.text.join('') : undefined;
}

function isSign(token: HclToken | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}
