import type { Statement } from '../document/document.js';

/** A list of a statement that can be divided: the statement allows what its parts allow together, and denies as much. */
export interface Axis {
  /** `Action`, `Resource`, or the operator and key of a condition. */
  readonly name: string;
  readonly items: readonly string[];
  /** What this list is in another statement. */
  of(other: Statement): readonly string[];
  /** A statement with other items in this list; the one that it is an axis of unless another is given. */
  with(items: readonly string[], of?: Statement): Statement;
}

/**
 * The lists of a statement that can be divided, the longest first: actions, resources, and the values of a condition of
 * which one is enough. What stands behind `Not`, and conditions that every value must meet, hold as a whole only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function axesOf(statement: Statement): Axis[] {
  const lists = (['Action', 'Resource'] as const).map(
    (name): Axis => ({
      name,
      items: statement[name] ?? [],
      of: (other) => other[name] ?? [],
      with: (items, of = statement) => ({ ...of, [name]: items }),
    }),
  );
  const values = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.keys(oneIsEnough.test(operator) ? keys : {}).map((key): Axis => {
      const valuesOf = ({ Condition }: Statement) => Condition?.[operator]?.[key] ?? [];
      return {
        name: `${operator} ${key}`,
        items: valuesOf(statement),
        of: valuesOf,
        with: (items, of = statement) => ({
          ...of,
          Condition: { ...of.Condition, [operator]: { ...of.Condition?.[operator], [key]: items } },
        }),
      };
    }),
  );
  const length = ({ items }: Axis) => items.reduce((sum, item) => sum + item.length + 3, 0);
  return [...lists, ...values]
    .filter(({ items }) => items.length > 1)
    .sort((one, other) => length(other) - length(one));
}

const oneIsEnough =
  /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress|(Numeric|Date|Binary)Equals)(IfExists)?$/i;

/**
 * Divides a statement whose lists are long until what is left beside the longest list takes at most half of the room, so
 * that the rest can be done by taking items from that list. A statement that cannot be divided so far is left.
 * @param length how many characters a statement makes
 * @param limit how many there may be
 */
export function divide(statement: Statement, length: (part: Statement) => number, limit: number): Statement[] {
  const [longest, second] = axesOf(statement);
  if (longest === undefined || second === undefined) return [statement];
  const thin = longest.with(longest.items.slice(0, 1));
  if (length(thin) <= limit / 2) return [statement];
  const parts = inTurn(second.items, (items) => length(second.with(items, thin)) <= limit / 2);
  return parts.length === 1 ? [statement] : parts.flatMap((items) => divide(second.with(items), length, limit));
}

/** Items in runs, each as long as is fine; a run of one is taken as it is. */
function inTurn(items: readonly string[], fits: (items: readonly string[]) => boolean): (readonly string[])[] {
  const runs: (readonly string[])[] = [];
  for (let rest = items; rest.length > 0; rest = rest.slice(runs.at(-1)!.length))
    runs.push(rest.slice(0, Math.max(1, countThatFit(rest, fits))));
  return runs;
}

/** How many of the first items fit together. */
export function countThatFit(items: readonly string[], fits: (items: readonly string[]) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(items.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}
