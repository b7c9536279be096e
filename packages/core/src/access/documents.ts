import { isOfClass } from '../document/error-class.js';
import type { DocumentType, PolicyDocument } from '../document/document.js';
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

/** Each type of document with its article. */
export const nameOfType: Readonly<Record<DocumentType, string>> = {
  identity: 'an identity policy',
  trust: 'a trust policy',
  resource: 'a resource policy',
};

/**
 * Reads one document or several that hold together.
 * @throws {DocumentError} for the first whose meaning cannot be known
 */
export function readDocuments(documents: DocumentSource | readonly DocumentSource[]): PolicyDocument[] {
  return readTyped(documents).map(({ document }) => document);
}

/** A document that was read, and what it is. */
export interface TypedDocument {
  readonly document: PolicyDocument;
  readonly type: DocumentType;
}

/**
 * The same, with the type of each.
 * @throws {DocumentError} for the first whose meaning cannot be known, or that is of another type than those before it
 */
export function readTyped(documents: DocumentSource | readonly DocumentSource[]): TypedDocument[] {
  const list = (Array.isArray(documents) ? documents : [documents]) as readonly DocumentSource[];
  let first: DocumentType | undefined;
  return list.map((source, index) => {
    const { document, problems, type } = parse(source);
    first ??= type;
    if (document !== null && type !== first) {
      const message = `this is ${nameOfType[type]} and the first is ${nameOfType[first]}: ask about each on its own`;
      throw new DocumentError(index, [{ severity: 'unreadable', path: '', message }], list.length);
    }
    if (document !== null) return { document, type };
    throw new DocumentError(
      index,
      problems.filter(({ severity }) => severity === 'unreadable'),
      list.length,
    );
  });
}
