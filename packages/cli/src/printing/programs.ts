import { isSymbolic, writePlace, type PlaceSymbols } from './symbolic-place.js';

/** A document as TypeScript, with the place where it is open. */
export function printValue(value: unknown, symbols: PlaceSymbols, indent: string, tag = ''): string {
  const inner = `${indent}  `;
  if (typeof value === 'string')
    return isSymbolic(value) ? `${tag}\`${writePlace(value, symbols, inTemplate)}\`` : literal(value);
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${printValue(item, symbols, inner, tag)},\n`).join('')}${indent}]`;
  const entries = Object.entries(value as object).map(([key, item]) => {
    const name = /^[A-Za-z]+$/.test(key) ? key : literal(key);
    return `${inner}${name}: ${printValue(item, symbols, inner, tag)},\n`;
  });
  return `{\n${entries.join('')}${indent}}`;
}

function inTemplate(text: string): string {
  return text.replace(/[`\\]|\$(?=\{)/g, (found) => `\\${found}`);
}

/** The name of the class that makes the policy of a use case. */
export function className(id: string): string {
  return `${id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase())}Policy`;
}

/** Options as the properties of an object. */
export function printOptions(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `  ${name}: ${literal(value)},\n`)
    .join('');
}

/** A value as TypeScript. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, (found) => `\\${found}`)}'`;
  return String(value);
}
