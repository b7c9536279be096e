import { entriesOf, itemsOf } from '../../yaml/access.js';
import type { MapTree, Tree } from '../../yaml/tree.js';

/** More combinations are not followed one by one: then each value stands for itself. */
const most = 32;

/**
 * The combinations of a matrix, each as a matrix of one value a key. A matrix that an expression gives, or that has more
 * combinations than are followed, is told whole.
 */
export function combinationsOf(matrix: Tree | undefined): readonly (Tree | undefined)[] {
  if (matrix?.node !== 'mapping') return [matrix];
  const axes = entriesOf(matrix).filter(([name]) => name !== 'include' && name !== 'exclude');
  const included = itemsOf(matrix.entries.get('include'));
  if (axes.some(([, values]) => values.node !== 'sequence') || included.some((item) => item.node !== 'mapping'))
    return [matrix];
  let combinations: ReadonlyMap<string, Tree>[] = axes.length === 0 ? [] : [new Map()];
  for (const [name, values] of axes) {
    combinations = combinations.flatMap((before) =>
      itemsOf(values).map((value) => new Map([...before, [name, value]])),
    );
    if (combinations.length > most) return [matrix];
  }
  const extra: ReadonlyMap<string, Tree>[] = [];
  for (const item of included) {
    const entries = entriesOf(item);
    const fits = (combination: ReadonlyMap<string, Tree>) =>
      entries.every(([name, value]) => !combination.has(name) || isSame(combination.get(name)!, value));
    // What is included goes to every combination that it contradicts in nothing, or is one of its own.
    if (axes.length > 0 && combinations.some(fits)) {
      combinations = combinations.map((combination) =>
        fits(combination) ? new Map([...combination, ...entries]) : combination,
      );
    } else extra.push(new Map(entries));
  }
  const all = [...combinations, ...extra];
  if (all.length === 0 || all.length > most) return [matrix];
  return all.map(
    (entries): MapTree => ({ ...matrix, entries: new Map([...entries].map(([name, value]) => [name, asList(value)])) }),
  );
}

function isSame(left: Tree, right: Tree): boolean {
  return left.node === 'scalar' && right.node === 'scalar' && left.text === right.text;
}

function asList(value: Tree): Tree {
  return { node: 'sequence', line: value.line, tag: undefined, items: [value] };
}
