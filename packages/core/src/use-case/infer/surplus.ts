import { one as any, run, symbol } from '../../access/compare/letters.js';
import { compileLetters } from '../../access/compare/match-letters.js';
import { compilePattern, readPattern, type Matcher } from '../../access/pattern.js';
import type { Request } from '../../access/request.js';
import type { PolicyDocument, Statement } from '../../document/document.js';
import { hasWildcard } from './match-template.js';
import type { WrittenWay, Ways } from './ways.js';

/** The least that an entry can allow for the requests for one action. */
interface LeastOfAction {
  readonly byResource: Map<string, WrittenWay[]>;
  readonly patterns: { readonly reaches: Matcher; readonly readings: readonly WrittenWay[] }[];
}

/** The least that an entry can allow for requests, by action. */
export type Least = ReadonlyMap<string, LeastOfAction>;

/** A policy with more permissions is not compared with what was asked for. */
const mostCells = 4000;

/** Reads what is least: of the readings of a request those that no other is narrower than. */
export function leastOf(read: readonly ({ readonly request: Request } & Ways)[]): Least {
  const least = new Map<string, LeastOfAction>();
  for (const { request, ways = [] } of read) {
    const action = request.action.toLowerCase();
    const known = least.get(action) ?? { byResource: new Map<string, WrittenWay[]>(), patterns: [] };
    least.set(action, known);
    const different = [...new Map(ways.map((way) => [JSON.stringify(way.texts), way])).values()];
    for (const way of different) {
      if (different.some((other) => other !== way && isWithin(other, way) && !isWithin(way, other))) continue;
      const [, resource = '*'] = way.texts[0] ?? [];
      const readings = known.byResource.get(resource);
      if (readings === undefined) known.byResource.set(resource, [way]);
      else readings.push(way);
    }
  }
  for (const { byResource, patterns } of least.values())
    for (const [resource, readings] of byResource)
      if (hasWildcard(resource)) patterns.push({ reaches: reachOf(resource), readings });
  return least;
}

/** Whether one reading allows nothing that the other does not. */
function isWithin(one: WrittenWay, other: WrittenWay): boolean {
  return other.texts.every(([key, text]) => {
    const own = one.texts.filter(([its]) => its === key);
    return own.length > 0 && own.some(([, its]) => reaches(text, its));
  });
}

/** The permissions of a policy that are more than the least of any request, as requests; undefined where there are too many. */
export function surplusIn(document: PolicyDocument, least: Least): Request[] | undefined {
  const cells: Request[] = [];
  for (const statement of document.Statement) {
    const its = cellsOf(statement);
    if (its === undefined || cells.length + its.length > mostCells) return undefined;
    cells.push(...its);
  }
  return cells.filter((cell) => {
    const known = least.get(cell.action.toLowerCase());
    if (known === undefined) return true;
    const allows = (readings: readonly WrittenWay[]) => readings.some((reading) => isFenced(cell, reading));
    if (allows(known.byResource.get(cell.resource) ?? [])) return false;
    return !known.patterns.some(({ reaches: isReached, readings }) => isReached(cell.resource) && allows(readings));
  });
}

/** Whether a permission is under every condition that the reading is under. */
function isFenced({ context = {} }: Request, { texts }: WrittenWay): boolean {
  return texts.every(([key]) => {
    if (key === '') return true;
    const value = context[key];
    return typeof value === 'string' && texts.some(([its, text]) => its === key && reaches(text, value));
  });
}

/** One request for each action, resource and value of a condition. */
function cellsOf({ Action = [], Resource = [], Condition = {} }: Statement): Request[] | undefined {
  let contexts: Record<string, string>[] = [{}];
  for (const [operator, keys] of Object.entries(Condition)) {
    if (operator === 'Null' || /Not(?:Equals|Like|IpAddress)/.test(operator)) continue;
    for (const [key, values] of Object.entries(keys)) {
      if (contexts.length * values.length * Action.length * Resource.length > mostCells) return undefined;
      contexts = contexts.flatMap((one) => values.map((value) => ({ ...one, [key]: String(value) })));
    }
  }
  if (contexts.length * Action.length * Resource.length > mostCells) return undefined;
  return Action.flatMap((action) =>
    Resource.flatMap((resource) => contexts.map((context) => ({ action, resource, context }))),
  );
}

/** Whether a pattern reaches all that another text or pattern reaches. */
function reaches(pattern: string, text: string): boolean {
  return pattern === text || (hasWildcard(pattern) && reachOf(pattern)(text));
}

/** Whether a pattern reaches all that a text or pattern does: a star of the text is one letter that only a star takes in. */
function reachOf(pattern: string): Matcher {
  const elements = readPattern(pattern);
  const matches = compilePattern(elements);
  const covers = compileLetters(elements.map((one) => (one === '*' ? run : one === '?' ? any : one)));
  return (text) => (text.includes('*') ? covers(text.replaceAll('*', anyText)) : matches(text));
}

const anyText = String.fromCharCode(symbol(0));
