import { leads, type FoundPlace, type Places } from '../document/json-places.js';
import type { YamlLibrary } from './yaml-library.js';

/** Finds the parts of a YAML text. What is wrong with the text is said where it is read; here only places count. */
export function yamlPlaces(text: string, yaml: YamlLibrary): Places {
  const { contents } = yaml.parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  return placesUnder(contents, text.length, yaml);
}

/**
 * Finds the parts of what was parsed.
 * @param length of the whole text
 */
export function placesUnder(root: unknown, length: number, yaml: YamlLibrary): Places {
  const keyOf = (key: unknown): string => (yaml.isScalar(key) ? String(key.value) : '');
  return {
    find(path: string): FoundPlace {
      let node = root;
      let [offset, memberStart, depth, rest] = [0, 0, 0, path];
      while (rest !== '') {
        const index = /^\[(\d+)\]\.?/.exec(rest);
        if (index !== null) {
          if (yaml.isSeq(node)) {
            const item = node.items[Number(index[1])];
            if (item === undefined) break;
            node = item;
          } else if (index[1] !== '0') break;
          rest = rest.slice(index[0].length);
          offset = rangeOf(node)?.[0] ?? offset;
          memberStart = offset;
        } else {
          const pairs = yaml.isMap(node) ? node.items.filter(({ key }) => leads(keyOf(key), rest)) : [];
          const [pair] = pairs.sort((one, other) => keyOf(other.key).length - keyOf(one.key).length);
          if (pair === undefined) break;
          rest = rest.slice(keyOf(pair.key).length).replace(/^\./, '');
          node = pair.value;
          offset = memberStart = rangeOf(pair.key)?.[0] ?? offset;
        }
        depth += 1;
      }
      return { offset, end: rangeOf(node)?.[1] ?? length, depth, rest, memberStart };
    },
  };
}

/** Where a node begins and ends. */
export function rangeOf(node: unknown): readonly [number, number] | undefined {
  const { range } = (node ?? {}) as { readonly range?: readonly [number, number] | null };
  return range ?? undefined;
}
