import { holds, type Lookup, type Predicate } from '../predicate.js';
import { partsOf, type Slot, type Template } from '../template.js';
import { isWhen, type ConditionTemplate, type StatementTemplate, type UseCase } from '../use-case.js';
import { hasWildcard } from './match-template.js';

/**
 * How much the options let an entry allow: permissions by resources, patterns counting as many.
 * @param most where it is more, how much more does not matter
 */
export function accessOf(useCase: UseCase, lookup: Lookup, most = Infinity): number {
  let access = 0;
  /** What several statements allow alike counts once. */
  const alike = new Map<string, number>();
  for (const { when, actions, only, texts, conditions } of scaleOf(useCase)) {
    if (when !== undefined && !holds(when, lookup)) continue;
    if (only !== undefined) {
      const names = namesIn(lookup, only);
      for (const { when: its, action } of actions) {
        if (its !== undefined && !holds(its, lookup)) continue;
        for (const name of names) alike.set(`${action} ${name}`, name === '*' ? wholeWeight : weight(name));
      }
      continue;
    }
    let share = texts === undefined ? 1 : weightOf(texts, lookup);
    if (share === 0) continue;
    let count = 0;
    for (const { when: its } of actions) if (its === undefined || holds(its, lookup)) count += 1;
    for (const condition of conditions) {
      if (condition.when !== undefined && !holds(condition.when, lookup)) continue;
      // However much a fence lets through, without it more gets through.
      const through = weightOf(condition.texts, lookup);
      share *= fenced * (through / (1 + through));
    }
    access += count * share;
    if (access > most) return access;
  }
  for (const one of alike.values()) access += one;
  return access;
}

/** A statement as it is weighed: what does not hang on the options is reckoned once. */
interface WeighedStatement {
  readonly when: Predicate | undefined;
  readonly actions: readonly { readonly when: Predicate | undefined; readonly action: string }[];
  /** The option whose ARNs are the whole of its resources, without conditions. */
  readonly only: string | undefined;
  /** Undefined where the statement is unscoped. */
  readonly texts: readonly WeighedText[] | undefined;
  readonly conditions: readonly { readonly when: Predicate | undefined; readonly texts: readonly WeighedText[] }[];
}

interface WeighedText {
  readonly when: Predicate | undefined;
  readonly options: readonly string[];
  /** Where the entry itself puts a star behind a name, each name stands for many. */
  readonly stars: number;
  readonly end: End;
}

/** An entry never changes. */
const scales = new WeakMap<UseCase, readonly WeighedStatement[]>();

function scaleOf(useCase: UseCase): readonly WeighedStatement[] {
  let scale = scales.get(useCase);
  if (scale === undefined) scales.set(useCase, (scale = useCase.statements.map(weighed)));
  return scale;
}

function weighed(statement: StatementTemplate): WeighedStatement {
  const { when, actions, resources, conditions = [] } = statement;
  const [only, ...others] = 'unscoped' in resources ? [] : resources;
  const isOnly = only !== undefined && 'slot' in only && only.slot === 'arn' && others.length + conditions.length === 0;
  return {
    when,
    actions: Object.entries(actions).map(([action, reason]) => ({
      action,
      when: isWhen(reason) ? reason.when : undefined,
    })),
    only: isOnly ? only.option : undefined,
    texts: 'unscoped' in resources ? undefined : weighedTexts(resources),
    conditions: conditions.map((one) => ({ when: one.when, texts: weighedTexts(one.values) })),
  };
}

function weighedTexts(parts: ConditionTemplate['values']): WeighedText[] {
  return parts.map((part) => {
    const slots = partsOf(isWhen<Template | Slot | string>(part) ? part.then : part);
    const options = slots.flatMap((slot) => (typeof slot === 'object' && 'option' in slot ? [slot.option] : []));
    const stars = slots.some((slot) => typeof slot === 'string' && slot.endsWith('*')) ? starWeight : 1;
    return {
      when: isWhen<Template | Slot | string>(part) ? part.when : undefined,
      options: [...new Set(options)],
      stars,
      end: endOf(slots),
    };
  });
}

/** How many texts templates make, patterns counting as many. */
function weightOf(parts: readonly WeighedText[], lookup: Lookup): number {
  let sum = 0;
  for (const { when, options, stars, end } of parts) {
    if (when !== undefined && !holds(when, lookup)) continue;
    let texts = stars;
    let whole = wholeWeight;
    let named = 0;
    for (const name of options) {
      const { wholes, others, shortest } = measured(namesIn(lookup, name));
      named += shortest;
      texts *= wholes * whole + others;
      if (wholes > 0) whole = fenced;
    }
    sum += texts * (end === 'name' ? 1 + 0.5 / (1 + named) : end);
  }
  return sum;
}

/** How much more than one text is reached at the end of it; `name` where that hangs on how much is named before. */
type End = number | 'name';

/**
 * How much more than one text a template reaches that ends with a star behind a slash: all that is in a resource, or in what
 * a star stands for, counts as a pattern, and what is below a name reaches less, the more is named.
 */
function endOf(slots: Template): End {
  const last = slots.at(-1);
  const before = slots.at(-2);
  if (typeof last !== 'string' || !last.endsWith('/*')) return 1;
  // Where a name ends in a star itself, what is behind it is the same thing, as where an option has that star.
  if (last.length > 3 && last.endsWith('*/*')) return 1;
  if (typeof before !== 'object') return `${before}${last}`.endsWith('*/*') ? 50 : 1;
  return last === '/*' && before.slot === 'arn' ? 50 : 'name';
}

/** What a list of names weighs. */
interface Measure {
  /** How many of them are everything. */
  readonly wholes: number;
  readonly others: number;
  /** The shortest of them: a name more never reaches less. */
  readonly shortest: number;
}

const nothing: readonly string[] = [];

function namesIn(lookup: Lookup, name: string): readonly string[] {
  return (lookup(name) as readonly string[] | undefined) ?? nothing;
}

/** Lists of names are never changed, only replaced. */
const measures = new WeakMap<readonly string[], Measure>();

function measured(names: readonly string[]): Measure {
  let measure = measures.get(names);
  if (measure === undefined) {
    let wholes = 0;
    let others = 0;
    let shortest = Infinity;
    for (const text of names) {
      if (text === '*') wholes += 1;
      else others += weight(text);
      if (text.length < shortest) shortest = text.length;
    }
    measure = { wholes, others, shortest: names.length === 0 ? 0 : shortest };
    measures.set(names, measure);
  }
  return measure;
}

/** A fence makes a statement narrower, so it counts a little less with each. */
const fenced = 0.9;
const starWeight = 50;
const weight = (text: string): number => (hasWildcard(text) ? starWeight : 1);
/** Everything is more than what any three patterns together make; behind a text of its own it is a little less. */
const wholeWeight = 10_000_000;
