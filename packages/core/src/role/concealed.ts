import type { PolicyDocument } from '../document/document.js';
import type { Host } from '../use-case/host.js';

/** Documents in which what nobody knows yet is plain text, and the way back. */
export interface Concealed {
  readonly documents: readonly PolicyDocument[];
  /** The same for one more text. */
  readonly conceal: (text: string) => string;
  readonly reveal: (document: PolicyDocument) => PolicyDocument;
}

/** Characters that IAM takes and nobody writes: no pattern but a whole wildcard matches a text of them. */
const [zero, one] = ['\u00a4', '\u00ac'];
const concealed = new RegExp(`\u00b6([${zero}${one}]+)\u00b6`, 'g');

/** How many characters stand for what is not known, where the host does not say what it is. */
const unknownLength = 40;

/**
 * Puts a text of its own for each piece that is known only later, so that documents can be measured, divided and compared.
 * Two pieces that are the same text stay the same; whatever a piece turns out to be, what holds of the texts holds of it.
 */
export function conceal(documents: readonly PolicyDocument[], host: Host): Concealed {
  const { deferred, place = {}, dnsSuffix } = host;
  if (deferred === undefined) return { documents, conceal: (text) => text, reveal: (document) => document };
  const lengths = new Map<string | undefined, number>([
    [place.account, 12],
    [place.region, 'ap-southeast-2'.length],
    [place.partition, 'aws-us-gov'.length],
    [dnsSuffix, 'amazonaws.com.cn'.length],
  ]);
  const pieces: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (piece: string): number => {
    const found = numbers.get(piece);
    if (found !== undefined) return found;
    numbers.set(piece, pieces.length);
    return pieces.push(piece) - 1;
  };
  const hide = (text: string): string => {
    if (!deferred(text)) return text;
    const parts = host.pieces?.(text) ?? [{ text, known: false }];
    return parts
      .map((piece) => {
        if (piece.known) return piece.text;
        const digits = numberOf(piece.text).toString(2).replaceAll('0', zero).replaceAll('1', one);
        return `\u00b6${digits.padStart((lengths.get(piece.text) ?? unknownLength) - 2, zero)}\u00b6`;
      })
      .join('');
  };
  const show = (text: string): string =>
    text.replace(concealed, (_, digits: string) => {
      const number = parseInt(digits.replaceAll(zero, '0').replaceAll(one, '1'), 2);
      return pieces[number] ?? '';
    });
  return {
    documents: documents.map((document) => mapTexts(document, hide)),
    conceal: hide,
    reveal: (document) => mapTexts(document, show),
  };
}

/** A document with every text rewritten, keys of conditions too. */
export function mapTexts(document: PolicyDocument, rewrite: (text: string) => string): PolicyDocument {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return rewrite(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [rewrite(key), visit(inner)]));
  };
  return visit(document) as PolicyDocument;
}
