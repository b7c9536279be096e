import type { ListTree, MapTree, TextTree, Tree } from './tree.js';

/** What stands at a path of keys. */
export function at(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let found = tree;
  for (const key of keys) found = found?.node === 'mapping' ? found.entries.get(key) : undefined;
  return found;
}

export function mapAt(tree: Tree | undefined, ...keys: readonly string[]): MapTree | undefined {
  const found = at(tree, ...keys);
  return found?.node === 'mapping' ? found : undefined;
}

export function listAt(tree: Tree | undefined, ...keys: readonly string[]): ListTree | undefined {
  const found = at(tree, ...keys);
  return found?.node === 'sequence' ? found : undefined;
}

export function textAt(tree: Tree | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(tree, ...keys);
  return found?.node === 'scalar' ? found.text : undefined;
}

/** The items of a list, or the tree alone where it is none. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined) return [];
  return tree.node === 'sequence' ? tree.items : [tree];
}

/** The texts of a list, or the text alone. */
export function textsOf(tree: Tree | undefined): string[] {
  return itemsOf(tree).flatMap((item) => (item.node === 'scalar' && item.text !== '' ? [item.text] : []));
}

export function entriesOf(tree: Tree | undefined): readonly (readonly [string, Tree])[] {
  return tree?.node === 'mapping' ? [...tree.entries] : [];
}

/** Every text in a tree, each once, however often aliases repeat it. */
export function everyText(tree: Tree | undefined): TextTree[] {
  const seen = new Set<Tree>();
  const found: TextTree[] = [];
  const visit = (one: Tree): void => {
    if (seen.has(one)) return;
    seen.add(one);
    if (one.node === 'scalar') found.push(one);
    else if (one.node === 'sequence') one.items.forEach(visit);
    else for (const inner of one.entries.values()) visit(inner);
  };
  if (tree !== undefined) visit(tree);
  return found;
}
