import { readNumberLiteral } from './number-literal.js';
import { quote, type Problem } from './problem.js';

/** What is wrong with a JSON text. */
export interface JsonProblem extends Problem {
  /** Where it stands, in characters from 0: a path says of a key that is there twice only where the first is. */
  readonly offset: number;
}

/** What {@link readJson} found: the value, unless the text is not JSON, and every problem. */
export interface JsonReading {
  /** The value; undefined where the text is not JSON. Duplicate keys keep the first value. */
  readonly value: unknown;
  /** False where the text is not JSON at all: `problems` then holds that one problem. */
  readonly wellFormed: boolean;
  readonly problems: readonly JsonProblem[];
}

/** Deeper than any policy or options file, and far from the end of the call stack. */
const deepestNesting = 64;

/**
 * Reads JSON as `JSON.parse` does, and also reports duplicate keys, which `JSON.parse` drops silently and IAM refuses.
 * `__proto__` becomes an ordinary key.
 * @param text the JSON text; a byte order mark at its start is skipped
 * @param numbers `asWritten` keeps a number that a floating-point number would change as a {@link NumberLiteral}, which
 *   `parse` knows
 */
export function readJson(text: string, numbers: 'rounded' | 'asWritten' = 'rounded'): JsonReading {
  const reader = new JsonReader(text, numbers === 'asWritten' ? readNumberLiteral : Number);
  try {
    return { value: reader.readAll(), wellFormed: true, problems: reader.problems };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return {
      value: undefined,
      wellFormed: false,
      problems: [{ path: '', message: error.message, offset: error.offset }],
    };
  }
}

class NotJson extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const whitespace = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literal = /true|false|null/y;

class JsonReader {
  readonly problems: JsonProblem[] = [];
  private position: number;

  constructor(
    private readonly text: string,
    private readonly readNumber: (token: string) => unknown,
  ) {
    this.position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  readAll(): unknown {
    const value = this.readValue('', 0);
    this.take(whitespace);
    if (this.position < this.text.length) throw this.unexpected();
    return value;
  }

  private readValue(path: string, depth: number): unknown {
    if (depth > deepestNesting)
      throw new NotJson(`nested more than ${deepestNesting} levels deep: flatten it`, this.position);
    this.take(whitespace);
    const next = this.text[this.position];
    if (next === '{') return this.readObject(path, depth);
    if (next === '[') return this.readArray(path, depth);
    if (next === '"') return this.readString();
    const token = this.take(number);
    if (token !== undefined) return this.readNumber(token);
    const word = this.take(literal);
    if (word === undefined) throw this.unexpected();
    return JSON.parse(word);
  }

  /** Only its end is looked for here: a pattern for all of it runs out of stack in a text of many escapes. */
  private readString(): string {
    let end = this.position + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (this.text[this.position] !== '"' || end >= this.text.length) throw this.unexpected();
    try {
      const value = JSON.parse(this.text.slice(this.position, end + 1)) as string;
      this.position = end + 1;
      return value;
    } catch {
      throw this.unexpected();
    }
  }

  private readObject(path: string, depth: number): unknown {
    const object: Record<string, unknown> = {};
    this.position += 1;
    if (this.takeIf('}')) return object;
    do {
      this.take(whitespace);
      const offset = this.position;
      const key = this.readString();
      if (!this.takeIf(':')) throw this.unexpected();
      const keyPath = path === '' ? key : `${path}.${key}`;
      const value = this.readValue(keyPath, depth + 1);
      if (Object.hasOwn(object, key)) {
        const message = `the key ${quote(key)} stands twice in one object: keep one`;
        this.problems.push({ path: keyPath, message, offset });
        continue;
      }
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
    } while (this.takeIf(','));
    if (!this.takeIf('}')) throw this.unexpected();
    return object;
  }

  private readArray(path: string, depth: number): unknown {
    const array: unknown[] = [];
    this.position += 1;
    if (this.takeIf(']')) return array;
    do {
      array.push(this.readValue(`${path}[${array.length}]`, depth + 1));
    } while (this.takeIf(','));
    if (!this.takeIf(']')) throw this.unexpected();
    return array;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.position = pattern.lastIndex;
    return match[0];
  }

  private takeIf(character: string): boolean {
    this.take(whitespace);
    if (this.text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  private unexpected(): NotJson {
    const before = this.text.slice(0, this.position);
    const line = before.split('\n').length;
    const column = this.position - before.lastIndexOf('\n');
    const found = this.text[this.position];
    const what = found === undefined ? 'the text ends too early' : `unexpected ${quote(found)}`;
    return new NotJson(`not JSON: ${what} at line ${line}, column ${column}`, this.position);
  }
}
