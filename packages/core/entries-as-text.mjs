// What the build puts in the place of entries where all of them are in one file: see src/catalog/stored-entry.ts.

/** A value is worth sharing where a reference to it is shorter. */
const shortest = 40;

/**
 * The texts stand in functions, not in arrows: V8 skims what a function holds, and reads an arrow of one expression whole at once.
 * @param entries the entries by the names that they are exported by
 * @returns the module of each entry by its folder, and the module with the values that they share
 */
export function entriesAsText(entries) {
  const times = new Map();
  for (const entry of Object.values(entries)) for (const part of Object.values(partsOf(entry))) count(part, times);
  const shared = [...times].filter(([, found]) => found > 1).map(([text]) => text);
  const numbers = new Map(shared.map((text, number) => [text, number]));
  const modules = Object.entries(entries).map(([name, entry]) => {
    const parts = partsOf(entry);
    const json = JSON.stringify(withReferences(parts, numbers));
    const read = `function () { return partsOf(${literal(json)}, valueOf); }`;
    const args = [JSON.stringify(textsOf(entry)), JSON.stringify(Object.keys(parts)), read];
    return [
      placeOf(entry),
      `import { partsOf, storedEntry } from './stored-entry.js';
import { valueOf } from 'shared-values';
export const ${name} = /* @__PURE__ */ storedEntry(${args.join(', ')});`,
    ];
  });
  return {
    entries: new Map(modules),
    sharedValues: `import { sharedValues } from './stored-entry.js';
export const valueOf = /* @__PURE__ */ sharedValues(function () { return [${shared.map(literal).join(', ')}]; });`,
  };
}

/** Where the entry stands: two may have one id, one of permissions and one of trust. */
function placeOf({ id, statements }) {
  return `${statements.some((statement) => 'principal' in statement) ? 'trust' : 'permissions'}/${id}`;
}

function textsOf(entry) {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => typeof value === 'string'));
}

function partsOf(entry) {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => typeof value !== 'string'));
}

const isWhole = (value) => typeof value === 'object' && value !== null;

function count(value, times) {
  if (!isWhole(value)) return;
  if ('$' in value) throw new Error('a value of an entry has the name `$`, which stands for a reference here');
  const text = JSON.stringify(value);
  if (text.length < shortest) return;
  times.set(text, (times.get(text) ?? 0) + 1);
  // What stands in a value that was met before is in that value.
  if (times.get(text) === 1) for (const inner of Object.values(value)) count(inner, times);
}

function withReferences(value, numbers) {
  if (!isWhole(value)) return value;
  const number = numbers.get(JSON.stringify(value));
  if (number !== undefined) return { $: number };
  if (Array.isArray(value)) return value.map((inner) => withReferences(inner, numbers));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withReferences(inner, numbers)]));
}

/** A text as a literal of ASCII between single quotes, of which JSON has few. */
function literal(text) {
  const escaped = text.replace(/[\\']/g, '\\$&').replace(/[^\x20-\x7e]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}
