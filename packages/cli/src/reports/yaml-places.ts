import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import { leads, type FoundPlace, type Places } from './json-places.js';

/** The parts of a YAML text. */
export class YamlPlaces implements Places {
  private readonly root: unknown;
  private readonly length: number;

  constructor(text: string) {
    // What is wrong with the text was said when it was read; here only places count.
    this.root = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' }).contents;
    this.length = text.length;
  }

  find(path: string): FoundPlace {
    let node = this.root;
    let [offset, memberStart, depth, rest] = [0, 0, 0, path];
    while (rest !== '') {
      const index = /^\[(\d+)\]\.?/.exec(rest);
      if (index !== null) {
        if (isSeq(node)) {
          const item: unknown = node.items[Number(index[1])];
          if (item === undefined) break;
          node = item;
        } else if (index[1] !== '0') break;
        rest = rest.slice(index[0].length);
        offset = startOf(node) ?? offset;
        memberStart = offset;
      } else {
        const pairs = isMap(node) ? node.items.filter(({ key }) => leads(keyOf(key), rest)) : [];
        const [pair] = pairs.sort((one, other) => keyOf(other.key).length - keyOf(one.key).length);
        if (pair === undefined) break;
        const key = keyOf(pair.key);
        rest = rest.slice(key.length).replace(/^\./, '');
        node = pair.value;
        offset = memberStart = startOf(pair.key) ?? offset;
      }
      depth += 1;
    }
    return { offset, end: endOf(node) ?? this.length, depth, rest, memberStart };
  }
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function endOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[1];
}
