import type { PolicyDocument, Statement } from '../document/document.js';
import { size } from '../document/size.js';
import { compare } from './compare/compare.js';
import { readDocuments, type DocumentSource } from './documents.js';
import { statementsMayMeet, startOfAction, startOfResource, startsMeet, startsOf } from './meeting.js';

/**
 * Makes one document of several: the same access, in fewer characters. Statements stand in the order in which their first
 * part was given; a statement that several were put together in has the Sid of the first.
 * @throws {DocumentError} where a document's meaning cannot be known
 * @throws {RangeError} where a document of the old version holds `${`, which is plain text only there, beside a new one
 */
export function combine(documents: DocumentSource | readonly DocumentSource[]): PolicyDocument {
  const parsed = readDocuments(documents);
  const old = parsed.filter(({ Version }) => Version !== '2012-10-17');
  if (old.length > 0 && old.length < parsed.length && old.some((document) => JSON.stringify(document).includes('${'))) {
    throw new RangeError('`${` is plain text in a document without `Version` `2012-10-17`: combine those on their own');
  }
  const version = old.length === parsed.length && old.length > 0 ? old[0]!.Version : '2012-10-17';
  const document = (statements: readonly Statement[]): PolicyDocument => ({
    ...(version === undefined ? {} : { Version: version }),
    Statement: statements,
  });
  let statements = parsed.flatMap(({ Statement }) => Statement);
  for (let before = Infinity; size(document(statements)) < before; ) {
    before = size(document(statements));
    const shortened = merge(statements).map((statement) => shorten(statement, document));
    statements = withUniqueSids(dropCovered(merge(shortened), document));
  }
  return document(statements);
}

/** Puts statements together that differ in their actions only, or in their resources only, until none do. */
function merge(statements: readonly Statement[]): Statement[] {
  let merged = [...statements];
  for (let before = -1; before !== merged.length; ) {
    before = merged.length;
    merged = mergeBy(mergeBy(merged, 'Action'), 'Resource');
  }
  return merged;
}

function mergeBy(statements: readonly Statement[], element: 'Action' | 'Resource'): Statement[] {
  const groups = new Map<string, Statement>();
  for (const [index, statement] of statements.entries()) {
    const key = statement[element] === undefined ? `alone ${index}` : keyWithout(statement, element);
    const first = groups.get(key);
    if (first === undefined) groups.set(key, { ...statement });
    else groups.set(key, { ...first, [element]: unique([...first[element]!, ...statement[element]!]) });
  }
  return [...groups.values()];
}

/** What must be the same for two statements to differ in one element only; order does not count. */
function keyWithout(statement: Statement, element: 'Action' | 'Resource'): string {
  const { Condition, ...elements } = statement;
  const lists = Object.entries(elements)
    .filter(([name]) => name !== 'Sid' && name !== element)
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]);
  const conditions = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => JSON.stringify([operator, key, [...values].sort()])),
  );
  return JSON.stringify([lists.sort(), conditions.sort()]);
}

type MakeDocument = (statements: readonly Statement[]) => PolicyDocument;

type List = 'Action' | 'NotAction' | 'Resource' | 'NotResource';

/** Takes out what the other texts of the same list cover, whatever the statement asks for besides. */
function shorten(statement: Statement, document: MakeDocument): Statement {
  let result = statement;
  for (const element of ['Action', 'NotAction', 'Resource', 'NotResource'] as const) {
    const allow = (texts: readonly string[]): PolicyDocument => {
      const both = isAction(element) ? { Action: texts, Resource: ['*'] } : { Action: ['*'], Resource: texts };
      return document([{ Effect: 'Allow', ...both }]);
    };
    const startOf = isAction(element) ? startOfAction : startOfResource;
    let kept = (statement[element] ?? []).map((text) => ({ text, start: startOf(text) }));
    for (const candidate of kept.toSorted(byPromise).reverse()) {
      const near = kept.filter((other) => other !== candidate && startsMeet(other.start, candidate.start));
      if (near.length === 0 || !isWithin(allow([candidate.text]), allow(near.map(({ text }) => text)))) continue;
      kept = kept.filter((other) => other !== candidate);
    }
    if (statement[element] !== undefined) result = { ...result, [element]: kept.map(({ text }) => text) };
  }
  return result;
}

/** Wide and short texts are worth more than plain and long ones, and earlier ones than later ones. */
function byPromise({ text: one }: { text: string }, { text: other }: { text: string }): number {
  return Number(/[*?]/.test(other)) - Number(/[*?]/.test(one)) || one.length - other.length;
}

/**
 * Takes out whole statements that others of the same effect make needless; the last ones first. A Deny that meets no Allow
 * here stays: it may meet one in another document.
 */
function dropCovered(statements: readonly Statement[], document: MakeDocument): Statement[] {
  let kept = [...statements];
  for (const statement of [...statements].reverse()) {
    const others = kept.filter((other) => other !== statement);
    const starts = startsOf(statement);
    const near = others.filter(
      (other) => other.Effect === statement.Effect && statementsMayMeet(starts, startsOf(other)),
    );
    if (near.length === 0) continue;
    const asAllows = (list: readonly Statement[]): PolicyDocument =>
      document(list.map((one) => ({ ...one, Effect: 'Allow' })));
    if (isWithin(asAllows([statement]), asAllows(near))) kept = others;
  }
  return kept;
}

function isWithin(one: PolicyDocument, other: PolicyDocument): boolean {
  return ['equal', 'narrower'].includes(compare(other, one).relation);
}

function isAction(element: List): boolean {
  return element === 'Action' || element === 'NotAction';
}

function withUniqueSids(statements: readonly Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements.map((statement) => {
    const { Sid, ...others } = statement;
    if (Sid === undefined || !seen.has(Sid)) {
      if (Sid !== undefined) seen.add(Sid);
      return statement;
    }
    return others;
  });
}

function unique(texts: readonly string[]): string[] {
  return Array.from(new Set(texts));
}
