import { isOfClass } from '../document/error-class.js';
import type { PolicyDocument } from '../document/document.js';
import { parse, type DocumentProblem } from '../document/parse.js';

/** A policy document as an account holds it: canonical, as plain JSON with scalars for lists, or as JSON text. */
export type DocumentSource = PolicyDocument | string | Readonly<Record<string, unknown>>;

/** Thrown for a document whose meaning cannot be known. */
export class DocumentError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOfClass(this, 'DocumentError', value);
  }

  override readonly name = 'DocumentError';

  constructor(
    /** Which document, counted from 0. */
    readonly document: number,
    readonly problems: readonly DocumentProblem[],
    /** How many documents there are. */
    count = 1,
  ) {
    const what = problems.map(({ path, message }) => (path === '' ? message : `\`${path}\`: ${message}`));
    const which = count === 1 ? 'the document' : `document ${document + 1} of ${count}`;
    super(`${which} cannot be evaluated: ${what.join('; ')}`);
  }
}

/**
 * Reads one document or several that hold together.
 * @throws {DocumentError} for the first whose meaning cannot be known
 */
export function readDocuments(documents: DocumentSource | readonly DocumentSource[]): PolicyDocument[] {
  const list = (Array.isArray(documents) ? documents : [documents]) as readonly DocumentSource[];
  return list.map((source, index) => {
    const { document, problems } = parse(source);
    if (document !== null) return document;
    throw new DocumentError(
      index,
      problems.filter(({ severity }) => severity === 'unreadable'),
      list.length,
    );
  });
}
