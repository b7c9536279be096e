import type { PolicyDocument, Statement } from '../document/document.js';
import { quote } from '../document/problem.js';
import { quotas, size } from '../document/size.js';
import { compare } from './compare/compare.js';
import { readDocuments, type DocumentSource } from './documents.js';

/** How {@link split} divides. */
export interface SplitOptions {
  /** How many documents there may be. By default what AWS allows without a request for more. */
  readonly attachments?: number;
  /** What an earlier split gave: what still fits stays where it was. */
  readonly previous?: readonly DocumentSource[];
}

/** Thrown where documents cannot be divided so that they fit. */
export class SplitError extends Error {
  override readonly name = 'SplitError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Divides documents into as few as fit a quota, statement by statement, each in the first document that has room for it.
 * Together they give the same access, which is checked with {@link compare}.
 * @param quota which quota: a key of {@link quotas}
 * @throws {RangeError} where there is no such quota
 * @throws {DocumentError} where a document's meaning cannot be known
 * @throws {SplitError} where a statement is too large, the sum is, there would be too many documents, or the documents
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
  const versions = Array.from(new Set(parsed.map(({ Version }) => Version)));
  const bins = versions.flatMap((version) => {
    const statements = parsed.flatMap((document) => (document.Version === version ? document.Statement : []));
    const make = (list: readonly Statement[]): PolicyDocument => ({
      ...(version === undefined ? {} : { Version: version }),
      Statement: list,
    });
    const limit = counts === 'sum' ? Infinity : characters;
    refuseLarge(statements, make, characters, title);
    const previous = readDocuments(options.previous ?? []).filter(({ Version }) => Version === version);
    return fill(statements, previous, (list) => size(make(list)) <= limit).map(make);
  });
  const sum = bins.reduce((total, document) => total + size(document), 0);
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

function refuseLarge(
  statements: readonly Statement[],
  make: (list: readonly Statement[]) => PolicyDocument,
  characters: number,
  title: string,
): void {
  const problems = statements.flatMap((statement, index) => {
    const length = size(make([statement]));
    const name = statement.Sid === undefined ? `statement ${index}` : `statement ${quote(statement.Sid)}`;
    return length <= characters
      ? []
      : `${name} alone makes ${length} characters and a ${title} holds ${characters}: divide its lists`;
  });
  if (problems.length > 0) throw new SplitError(problems);
}

/** First those that were there before, each where it was; then the others, each where there is room. */
function fill(
  statements: readonly Statement[],
  previous: readonly PolicyDocument[],
  fits: (list: readonly Statement[]) => boolean,
): Statement[][] {
  const places = statements.map((statement) =>
    previous.findIndex(({ Statement }) => Statement.some((other) => isSuccessor(other, statement))),
  );
  const bins: { statement: Statement; index: number }[][] = previous.map(() => []);
  const put = (statement: Statement, index: number, bin: number): boolean => {
    const list = [...(bins[bin] ?? []), { statement, index }].sort((a, b) => a.index - b.index);
    if (!fits(list.map((item) => item.statement))) return false;
    bins[bin] = list;
    return true;
  };
  const homeless = statements.flatMap((statement, index) =>
    places[index]! >= 0 && put(statement, index, places[index]!) ? [] : [{ statement, index }],
  );
  for (const { statement, index } of homeless) {
    let bin = 0;
    while (!put(statement, index, bin)) bin += 1;
  }
  return bins.filter((bin) => bin.length > 0).map((bin) => bin.map(({ statement }) => statement));
}

/** The same statement, perhaps with other lists: by its Sid, else by its text. */
function isSuccessor(before: Statement, after: Statement): boolean {
  if (before.Sid !== undefined || after.Sid !== undefined) return before.Sid === after.Sid;
  return JSON.stringify(before) === JSON.stringify(after);
}
