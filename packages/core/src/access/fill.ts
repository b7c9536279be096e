import type { PolicyDocument, Statement } from '../document/document.js';
import { axesOf, countThatFit, divide, type Axis } from './divide.js';

/** How documents are filled. */
export interface Room {
  /** How many characters a list of statements makes as a document. */
  readonly length: (statements: readonly Statement[]) => number;
  readonly limit: number;
}

/** A statement or a part of one, with the place of the whole among all. */
interface PlacedStatement {
  readonly statement: Statement;
  readonly index: number;
}

type Bin = readonly PlacedStatement[];

/** What is still to be placed: a whole statement, or the items of one that is divided. */
type FillStep = PlacedStatement | { readonly index: number; readonly axis: Axis; readonly items: readonly string[] };

/**
 * Puts statements into few lists that have room: first those that were there before, each where it was, then the others,
 * each in the first list that has room. A statement with a long list that fits nowhere as a whole is divided along it; its
 * items go where they were before, and the others on from the first list that has room.
 * @param previous what an earlier call gave
 */
export function fill(
  statements: readonly Statement[],
  previous: readonly PolicyDocument[],
  { length, limit }: Room,
): Statement[][] {
  const bins: Bin[] = previous.map(() => []);
  const fits = (bin: Bin) => length(bin.map(({ statement }) => statement)) <= limit;
  const put = (placed: PlacedStatement, at: number): boolean => {
    const bin = inOrder([...(bins[at] ?? []), placed]);
    if (!fits(bin)) return false;
    bins[at] = bin;
    return true;
  };
  /** Puts as many of the first items into a list as it has room for, beside the part that is there already. */
  const add = (index: number, axis: Axis, items: readonly string[], at: number): number => {
    const isOwn = (placed: PlacedStatement) => placed.index === index && isPartOf(placed.statement, axis);
    const bin = bins[at] ?? [];
    const own = bin.filter(isOwn).flatMap(({ statement }) => axis.of(statement));
    const others = bin.filter((placed) => !isOwn(placed));
    const withSome = (some: readonly string[]): Bin => {
      const chosen = new Set([...own, ...some]);
      return inOrder([...others, { statement: axis.with(axis.items.filter((item) => chosen.has(item))), index }]);
    };
    // A list of its own takes one item at least, so that there is an end: `split` refuses what is too large then.
    const count = Math.max(
      bins[at] === undefined ? 1 : 0,
      countThatFit(items, (some) => fits(withSome(some))),
    );
    if (count > 0) bins[at] = withSome(items.slice(0, count));
    return count;
  };
  const goHome = (index: number, axis: Axis): readonly string[] => {
    let rest = axis.items;
    for (const [at, { Statement }] of previous.entries()) {
      const before = new Set(Statement.filter((other) => isBefore(other, axis)).flatMap((other) => axis.of(other)));
      const back = rest.filter((item) => before.has(item));
      const kept = new Set(back.slice(0, back.length === 0 ? 0 : add(index, axis, back, at)));
      rest = rest.filter((item) => !kept.has(item));
    }
    return rest;
  };
  const divided = ({ statement, index }: PlacedStatement): FillStep[] =>
    divide(statement, (one) => length([one]), limit).map((part) => {
      const [axis] = axesOf(part);
      return axis === undefined ? { statement: part, index } : { index, axis, items: goHome(index, axis) };
    });

  const tasks = statements.flatMap((statement, index): FillStep[] => {
    const placed = { statement, index };
    const homes = homesOf(statement, previous);
    if (homes.length === 1 && put(placed, homes[0]!)) return [];
    return homes.length > 0 && isLong(statement, { length, limit }) ? divided(placed) : [placed];
  });
  const pour = (task: FillStep): void => {
    if ('statement' in task) {
      if (bins.some((_, at) => put(task, at))) return;
      const whole = !isLong(task.statement, { length, limit }) || (bins.length === 0 && fits([task]));
      if (whole) put(task, bins.length);
      else for (const part of divided(task)) pour(part);
    } else {
      let rest = task.items;
      for (let at = 0; rest.length > 0; at += 1) rest = rest.slice(add(task.index, task.axis, rest, at));
    }
  };
  for (const task of tasks) pour(task);
  return bins.filter((bin) => bin.length > 0).map((bin) => bin.map(({ statement }) => statement));
}

function inOrder(bin: Bin): Bin {
  return [...bin].sort((one, other) => one.index - other.index);
}

/** Whether a statement is too large, or its longest list takes so much that dividing it is worth the repetition. */
function isLong(statement: Statement, { length, limit }: Room): boolean {
  const whole = length([statement]);
  if (whole > limit) return true;
  const [axis] = axesOf(statement);
  return axis !== undefined && whole - length([axis.with(axis.items.slice(0, 1))]) > limit / 4;
}

/** Where a statement, or a part of it, was before. */
function homesOf(statement: Statement, previous: readonly PolicyDocument[]): number[] {
  const axes = axesOf(statement);
  return previous.flatMap(({ Statement }, at) => {
    const here = (other: Statement) =>
      isSuccessor(other, statement) || (other.Sid === undefined && axes.some((axis) => isBefore(other, axis)));
    return Statement.some(here) ? [at] : [];
  });
}

/** Whether a statement can be brought to size: each of its parts fits with a single item of its longest list. */
export function canFit(statement: Statement, { length, limit }: Room): boolean {
  if (length([statement]) <= limit) return true;
  return divide(statement, (one) => length([one]), limit).every((part) => {
    const [axis] = axesOf(part);
    if (axis === undefined) return length([part]) <= limit;
    return axis.items.every((item) => length([axis.with([item])]) <= limit);
  });
}

/** The same statement, perhaps with other lists: by its Sid, else by its text. */
function isSuccessor(before: Statement, after: Statement): boolean {
  if (before.Sid !== undefined || after.Sid !== undefined) return before.Sid === after.Sid;
  return JSON.stringify(before) === JSON.stringify(after);
}

/** Whether a statement is a part of the same one: all but the divided list is the same. */
function isPartOf(part: Statement, axis: Axis): boolean {
  return JSON.stringify(axis.with([])) === JSON.stringify(axis.with([], part));
}

/** Whether a statement of an earlier division may hold items of this one: by its Sid, else by all but the items. */
function isBefore(before: Statement, axis: Axis): boolean {
  const { Sid } = axis.with([]);
  if (Sid !== undefined || before.Sid !== undefined) return Sid === before.Sid;
  return isPartOf(before, axis);
}
