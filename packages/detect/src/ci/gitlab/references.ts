import { at, entriesOf, itemsOf, textsOf } from '../../yaml/access.js';
import type { TextTree, Tree } from '../../yaml/tree.js';

/** What stands under a name at the top of a pipeline, with all that it extends. */
export type PipelinePart = (name: string) => Tree | undefined;

const deepest = 10;
/** How many parts of a script are looked at: references in references multiply. */
const mostParts = 5_000;

/** What `!reference [name, key]` stands for; any other tree is itself. */
function referredTo(tree: Tree | undefined, partOf: PipelinePart): Tree | undefined {
  let found = tree;
  for (let depth = 0; found?.tag === '!reference' && depth < deepest; depth++) {
    const [name = '', ...path] = textsOf(found);
    found = at(partOf(name), ...path);
  }
  return found?.tag === '!reference' ? undefined : found;
}

/** The entries of a map, which may be a reference and hold some. */
export function entriesReferred(tree: Tree | undefined, partOf: PipelinePart): (readonly [string, Tree])[] {
  return entriesOf(referredTo(tree, partOf)).flatMap(([name, value]) => {
    const found = referredTo(value, partOf);
    return found === undefined ? [] : [[name, found] as const];
  });
}

/** The lines of a script: lists in lists are one list. */
export function linesReferred(tree: Tree | undefined, partOf: PipelinePart): TextTree[] {
  const lines: TextTree[] = [];
  let left = mostParts;
  const add = (one: Tree | undefined, depth: number): void => {
    if (left-- <= 0 || depth > deepest) return;
    const found = referredTo(one, partOf);
    if (found === undefined) return;
    if (found.node === 'scalar') lines.push(found);
    else if (found.node === 'sequence') found.items.forEach((item) => add(item, depth + 1));
  };
  add(tree, 0);
  return lines;
}

/** The items of a list, with those of the lists that it refers to. */
export function itemsReferred(tree: Tree | undefined, partOf: PipelinePart): readonly Tree[] {
  return itemsOf(referredTo(tree, partOf)).flatMap((item) =>
    item.tag === '!reference' ? itemsOf(referredTo(item, partOf)) : [item],
  );
}
