import { isOfClass } from '../document/error-class.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import { quote } from '../document/problem.js';
import { quotas, size } from '../document/size.js';
import { compare } from './compare/compare.js';
import { readDocuments, type DocumentSource } from './documents.js';
import { canFit, fill, type Room } from './fill.js';

/** How {@link split} divides. */
export interface SplitOptions {
  /** How many documents there may be. By default what AWS allows without a request for more. */
  readonly attachments?: number;
  /** What an earlier split gave: what still fits stays where it was. */
  readonly previous?: readonly DocumentSource[];
  /** How the characters of a document are counted; by {@link size} unless said otherwise. */
  readonly measure?: (document: PolicyDocument) => number;
}

/** Thrown where documents cannot be divided so that they fit. */
export class SplitError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOfClass(this, 'SplitError', value);
  }

  override readonly name = 'SplitError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Divides documents into few that fit a quota, statement by statement, each in the first document that has room for it; a
 * statement that is too large by itself is divided along its lists. Together they give the same access, which is checked
 * with {@link compare}.
 * @param quota which quota: a key of {@link quotas}
 * @throws {RangeError} where there is no such quota
 * @throws {DocumentError} where a document's meaning cannot be known
 * @throws {SplitError} where a statement cannot be divided far enough, the sum is too large, there would be too many documents, or the documents
 *   cannot be compared
 */
export function split(
  documents: DocumentSource | readonly DocumentSource[],
  quota: keyof typeof quotas,
  options: SplitOptions = {},
): PolicyDocument[] {
  if (!Object.hasOwn(quotas, quota)) {
    throw new RangeError(
      `${quote(String(quota))} is no quota: it is one of ${Object.keys(quotas).map(quote).join(', ')}`,
    );
  }
  const parsed = readDocuments(documents);
  const { characters, counts, title, attachments: usual } = quotas[quota];
  const measure = options.measure ?? size;
  const versions = Array.from(new Set(parsed.map(({ Version }) => Version)));
  const bins = versions.flatMap((version) => {
    const statements = parsed.flatMap((document) =>
      document.Version === version ? document.Statement.map(withoutRepetition) : [],
    );
    const make = (list: readonly Statement[]): PolicyDocument => ({
      ...(version === undefined ? {} : { Version: version }),
      Statement: list,
    });
    const previous = readDocuments(options.previous ?? []).filter(({ Version }) => Version === version);
    const room = { length: (list: readonly Statement[]) => measure(make(list)), limit: characters };
    if (counts === 'sum') return fill(statements, previous, { ...room, limit: Infinity }).map(make);
    refuseLarge(statements, room, title);
    return fill(statements, previous, room).map(make);
  });
  if (counts !== 'sum' && bins.some((document) => measure(document) > characters)) {
    throw new SplitError([
      `the statements cannot be divided so that each ${title} holds its part: write fewer or shorter texts`,
    ]);
  }
  const sum = bins.reduce((total, document) => total + measure(document), 0);
  if (counts === 'sum' && sum > characters) {
    throw new SplitError([
      `the documents have ${sum} characters and ${title} hold ${characters} in sum: attach managed policies instead`,
    ]);
  }
  const most = options.attachments ?? usual;
  if (bins.length > most) {
    throw new SplitError([
      `${bins.length} documents are needed and ${most} can be attached: take permissions out, or ask AWS for a higher quota`,
    ]);
  }
  const { relation, reason } = compare(parsed, bins);
  if (relation !== 'equal') throw new SplitError([`the division is not proved: ${reason ?? `it is ${relation}`}`]);
  return bins;
}

/** The statement with each item of a list once: an item that stands twice would be divided from itself. */
function withoutRepetition(statement: Statement): Statement {
  const once = (value: unknown): unknown => {
    if (Array.isArray(value)) return [...new Set(value)];
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, once(inner)]));
  };
  return once(statement) as Statement;
}

function refuseLarge(statements: readonly Statement[], room: Room, title: string): void {
  const problems = statements.flatMap((statement, index) => {
    if (canFit(statement, room)) return [];
    const name = statement.Sid === undefined ? `statement ${index}` : `statement ${quote(statement.Sid)}`;
    return `${name} alone makes ${room.length([statement])} characters and a ${title} holds ${room.limit}, and its lists cannot be divided far enough: write fewer or shorter texts`;
  });
  if (problems.length > 0) throw new SplitError(problems);
}
