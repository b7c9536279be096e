/** What {@link JsonPlaces} and its like find for a path. */
export interface FoundPlace {
  /** Where the part, or the nearest around it that is there, begins, counted in characters from 0. */
  readonly offset: number;
  /** Where the value ends. */
  readonly end: number;
  /** How much of the path was found. */
  readonly depth: number;
  /** What of the path was not found. */
  readonly rest: string;
  /** Where the whole member begins, with its key. */
  readonly memberStart: number;
}

/** Finds the parts of a text by their paths. */
export interface Places {
  find(path: string): FoundPlace;
}

interface JsonMember {
  readonly key: string;
  readonly start: number;
  readonly value: number;
}

const string = /"(?:[^"\\]|\\.)*"/y;
const space = /[ \t\n\r]*/y;
const scalar = /[^\s,\]}]*/y;
const structure = /["{}[\]]/g;

/**
 * Says where the parts of a JSON text stand, without a tree of all of it: only what lies on the way to a part is read. The
 * text has been read as JSON before; in a text that is none, places are near, not right.
 */
export class JsonPlaces {
  private readonly members = new Map<number, readonly JsonMember[]>();
  private readonly items = new Map<number, readonly number[]>();
  private readonly ends = new Map<number, number>();
  private readonly root: number;

  constructor(private readonly text: string) {
    this.root = this.skipSpace(text.charCodeAt(0) === 0xfeff ? 1 : 0);
  }

  /** @param path as problems have it: `Statement[0].Action[2]`. A scalar that was read as a list of one may be meant. */
  find(path: string): FoundPlace {
    let [value, offset, memberStart, depth, rest] = [this.root, this.root, this.root, 0, path];
    while (rest !== '') {
      const index = /^\[(\d+)\]\.?/.exec(rest);
      if (index !== null) {
        const kind = this.text[value];
        if (kind === '[') {
          const item = this.itemsOf(value)[Number(index[1])];
          if (item === undefined) break;
          value = memberStart = item;
        } else if (index[1] !== '0') break;
        offset = value;
        rest = rest.slice(index[0].length);
      } else {
        const [member] = this.membersOf(value)
          .filter(({ key }) => leads(key, rest))
          .sort((one, other) => other.key.length - one.key.length);
        if (member === undefined) break;
        value = member.value;
        offset = memberStart = member.start;
        rest = rest.slice(member.key.length).replace(/^\./, '');
      }
      depth += 1;
    }
    return { offset, end: this.skipValue(value), depth, rest, memberStart };
  }

  /** The text of the value at a path, as it stands there; undefined where there is none. */
  valueAt(path: string): { readonly start: number; readonly end: number } | undefined {
    const { rest, end, offset } = this.find(path);
    if (rest !== '') return undefined;
    // A member is found at its key; its value is what comes behind the colon.
    const isKey = this.text[offset] === '"' && this.text[this.skipSpace(this.skipValue(offset))] === ':';
    return { start: isKey ? this.skipSpace(this.skipSpace(this.skipValue(offset)) + 1) : offset, end };
  }

  private membersOf(value: number): readonly JsonMember[] {
    const known = this.members.get(value);
    if (known !== undefined) return known;
    const members: JsonMember[] = [];
    if (this.text[value] === '{') {
      let position = this.skipSpace(value + 1);
      while (position < this.text.length && this.text[position] === '"') {
        const start = position;
        const end = this.skipValue(position);
        const colon = this.skipSpace(end);
        const inner = this.skipSpace(colon + 1);
        members.push({ key: readKey(this.text.slice(start, end)), start, value: inner });
        position = this.skipComma(this.skipValue(inner));
      }
    }
    this.members.set(value, members);
    return members;
  }

  private itemsOf(value: number): readonly number[] {
    const known = this.items.get(value);
    if (known !== undefined) return known;
    const items: number[] = [];
    let position = this.skipSpace(value + 1);
    while (position < this.text.length && this.text[position] !== ']') {
      items.push(position);
      const next = this.skipComma(this.skipValue(position));
      if (next <= position) break;
      position = next;
    }
    this.items.set(value, items);
    return items;
  }

  private skipComma(position: number): number {
    const next = this.skipSpace(position);
    return this.text[next] === ',' ? this.skipSpace(next + 1) : next;
  }

  private skipSpace(position: number): number {
    return this.take(space, position);
  }

  private skipValue(position: number): number {
    const first = this.text[position];
    if (first === '"') return this.take(string, position);
    if (first !== '{' && first !== '[') return this.take(scalar, position);
    const known = this.ends.get(position);
    if (known !== undefined) return known;
    // What lies inside is found on the way, so that no text is read once for each level.
    const open: number[] = [];
    structure.lastIndex = position;
    for (let match = structure.exec(this.text); match !== null; match = structure.exec(this.text)) {
      if (match[0] === '"') structure.lastIndex = this.take(string, match.index);
      else if (match[0] === '{' || match[0] === '[') open.push(match.index);
      else {
        const start = open.pop();
        if (start !== undefined) this.ends.set(start, structure.lastIndex);
        if (open.length === 0) return structure.lastIndex;
      }
      if (structure.lastIndex === 0) break;
    }
    return this.text.length;
  }

  private take(pattern: RegExp, position: number): number {
    pattern.lastIndex = position;
    return pattern.test(this.text) ? pattern.lastIndex : this.text.length;
  }
}

function readKey(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** Keys may hold dots themselves: of `a` and `a.b`, the longer one that leads is meant. */
export function leads(key: string, path: string): boolean {
  return key !== '' && path.startsWith(key) && ['', '.', '['].includes(path.charAt(key.length));
}
