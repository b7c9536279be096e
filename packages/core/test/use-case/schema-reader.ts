import type { JsonSchema } from '../../src/index.js';

/** Whether a schema takes a value: a small reader of what is used of JSON Schema, as its specification says. */
export function accepts(schema: JsonSchema, value: unknown): boolean {
  const { type, anyOf, enum: words } = schema;
  if (type !== undefined && ![type].flat().includes(typeOf(value) as never)) return false;
  if (words !== undefined && !words.includes(value)) return false;
  if (anyOf !== undefined && !anyOf.some((one) => accepts(one, value))) return false;
  if (typeof value === 'string') return takesText(schema, value);
  if (Array.isArray(value)) return takesList(schema, value);
  return typeof value !== 'object' || value === null || takesObject(schema, value as Record<string, unknown>);
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : (typeof value as string);

function takesText({ minLength = 0, maxLength = Infinity, pattern = '' }: JsonSchema, text: string): boolean {
  return text.length >= minLength && text.length <= maxLength && new RegExp(pattern, 'u').test(text);
}

function takesList({ minItems = 0, uniqueItems = false, items = {} }: JsonSchema, list: readonly unknown[]): boolean {
  const isUnique = new Set(list.map((item) => JSON.stringify(item))).size === list.length;
  return list.length >= minItems && (isUnique || !uniqueItems) && list.every((item) => accepts(items, item));
}

function takesObject(schema: JsonSchema, value: Readonly<Record<string, unknown>>): boolean {
  const { properties = {}, required = [], additionalProperties = true, minProperties = 0 } = schema;
  const names = Object.keys(value);
  return (
    names.length >= minProperties &&
    required.every((name) => names.includes(name)) &&
    names.every((name) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return property === undefined ? additionalProperties : accepts(property, value[name]);
    })
  );
}
