import { parse } from 'smol-toml';
import { textTree, type Tree } from '../yaml/tree.js';

const longest = 500_000;

/** Reads a TOML text, without the lines of its parts; undefined where it is none, or too long to be a configuration. */
export function readToml(text: string): Tree | undefined {
  if (text.length > longest) return undefined;
  try {
    return treeOf(parse(text.replace(/^\ufeff/, ''), { maxDepth: 50 }));
  } catch {
    return undefined;
  }
}

function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { node: 'sequence', line: 1, tag: undefined, items: value.map(treeOf) };
  if (typeof value !== 'object' || value === null || value instanceof Date) return textTree(String(value), 1);
  const entries = new Map(Object.entries(value).map(([name, inner]) => [name, treeOf(inner)]));
  return { node: 'mapping', line: 1, tag: undefined, entries, lines: new Map() };
}
