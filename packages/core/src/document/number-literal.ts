/**
 * A JSON number that a floating-point number would not give back as it is written (`1.10`, `1E5`, `9007199254740993`).
 * It prints as its text, and as a number in JSON.
 */
export interface NumberLiteral {
  toString(): string;
  toJSON(): number;
}

const texts = new WeakMap<object, string>();

/** A number as it is written: a number where that says the same, else a literal. */
export function readNumberLiteral(text: string): number | NumberLiteral {
  const number = Number(text);
  if (String(number) === text) return number;
  const literal = Object.create(null, {
    toString: { value: () => text },
    toJSON: { value: () => number },
  }) as NumberLiteral;
  texts.set(literal, text);
  return Object.freeze(literal);
}

/** The text of a literal; undefined for every other value. */
export function textOfNumber(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? texts.get(value) : undefined;
}
