import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';

/** Says on which line of a JSON or YAML text the parts of a policy stand. */
export class SourceLines {
  private readonly counter = new LineCounter();
  private readonly root: unknown;

  constructor(text: string) {
    // What is wrong with the text was said when it was read; here only places count.
    const settings = { lineCounter: this.counter, uniqueKeys: false, logLevel: 'silent' } as const;
    this.root = parseDocument(text, settings).contents;
  }

  /**
   * @param path as problems have it: `Statement[0].Action[2]`. A scalar that was read as a list of one may be meant.
   * @returns the line, counted from 1, of the part, or of the nearest around it that is there
   */
  lineOf(path: string): number {
    let node = this.root;
    let offset = 0;
    let rest = path;
    while (rest !== '') {
      const index = /^\[(\d+)\]\.?/.exec(rest);
      if (index !== null) {
        rest = rest.slice(index[0].length);
        if (isSeq(node)) node = node.items[Number(index[1])];
        else if (index[1] !== '0') break;
      } else {
        // Of `a` and `a.b`, the longer one is meant.
        const pairs = isMap(node) ? node.items.filter(({ key }) => leads(keyOf(key), rest)) : [];
        const [pair] = pairs.sort((one, other) => keyOf(other.key).length - keyOf(one.key).length);
        if (pair === undefined) break;
        const key = keyOf(pair.key);
        rest = rest.slice(key.length).replace(/^\./, '');
        node = pair.value;
        offset = startOf(pair.key) ?? offset;
        continue;
      }
      offset = startOf(node) ?? offset;
    }
    return this.counter.linePos(offset).line;
  }
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Keys may hold dots themselves. */
function leads(key: string, path: string): boolean {
  return key !== '' && path.startsWith(key) && ['', '.', '['].includes(path.charAt(key.length));
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
