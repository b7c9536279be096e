import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';

/** A part of a YAML or JSON text. */
export interface FoundNode {
  /** Null where a key has nothing behind it, not even a colon. */
  readonly node: Node | null;
  /** The member that it is the value of, and what that is in; undefined for an item of a list and for the whole. */
  readonly member: { readonly pair: Pair; readonly map: YAMLMap } | undefined;
}

/**
 * The part with a path, such as `roles.deploy.permissions[0].bucket`.
 * @returns undefined where there is none
 */
export function findNode(root: Node | null, path: string): FoundNode | undefined {
  let found: FoundNode | undefined = root === null ? undefined : { node: root, member: undefined };
  let rest = path;
  while (rest !== '' && found !== undefined) {
    const index = /^\[(\d+)\]\.?/.exec(rest);
    const step: { readonly next: FoundNode | undefined; readonly length: number } =
      index === null ? member(found.node, rest) : { next: item(found.node, Number(index[1])), length: index[0].length };
    found = step.next;
    rest = rest.slice(step.length).replace(/^\./, '');
  }
  return found;
}

function item(node: Node | null, place: number): FoundNode | undefined {
  const one = isSeq(node) ? node.items[place] : undefined;
  return one === undefined ? undefined : { node: one as Node, member: undefined };
}

/** Keys may hold dots themselves: the longest that leads is meant. */
function member(node: Node | null, rest: string): { readonly next: FoundNode | undefined; readonly length: number } {
  const leading = (isMap(node) ? node.items : [])
    .map((pair) => ({ pair, key: keyOf(pair) }))
    .filter(({ key }) => key !== '' && rest.startsWith(key) && ['', '.', '['].includes(rest.charAt(key.length)))
    .sort((one, other) => other.key.length - one.key.length);
  const [first] = leading;
  if (first === undefined || !isMap(node)) return { next: undefined, length: rest.length };
  const { pair, key } = first;
  return { next: { node: pair.value as Node | null, member: { pair, map: node } }, length: key.length };
}

/** What a member is called. */
export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}
