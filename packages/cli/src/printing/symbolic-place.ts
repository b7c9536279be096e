import { partitions, type Host, type PolicyDocument } from '@postern/core';

/** What a format writes where the account, region or partition is not given. */
export interface PlaceSymbols {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** Stands for a part of the place until a format writes it: no option can hold these characters. */
const marker = /\u0001(account|region|partition|dnsSuffix)\u0001/g;
const mark = (part: keyof PlaceSymbols): string => `\u0001${part}\u0001`;

/** Builds with the place left open where it is not given. */
export const symbolicPlace: Host = {
  place: { account: mark('account'), region: mark('region'), partition: mark('partition') },
  dnsSuffix: mark('dnsSuffix'),
};

/** Whether a text holds a part of the place that was not given. */
export function isSymbolic(text: string): boolean {
  return text.includes('\u0001');
}

/** A text in the pieces that are known, and the parts of the place between them. */
export function piecesOf(text: string): { text: string; known: boolean }[] {
  return text
    .split(/(\u0001\w+\u0001)/)
    .map((piece, index) => ({ text: piece, known: index % 2 === 0 }))
    .filter((piece) => piece.text !== '');
}

/** Which parts of the place a document leaves open. */
export function openParts(document: PolicyDocument): Set<string> {
  return new Set([...JSON.stringify(document).matchAll(/\\u0001(\w+)\\u0001/g)].map((match) => match[1]!));
}

/** A condition key is written out in every format, so that no part of the place can be left open in it. */
export function openKeys({ Statement }: PolicyDocument): string[] {
  const keys = Statement.flatMap(({ Condition = {} }) =>
    Object.values(Condition).flatMap((block) => Object.keys(block)),
  );
  if (!keys.some(isSymbolic)) return [];
  const parts = new Set(keys.flatMap((key) => /\u0001(\w+)\u0001/.exec(key)?.[1] ?? []));
  return [...parts].map(
    (part) => `--${part}: missing: the condition keys of this trust policy hold it in every format`,
  );
}

/** Writes a text: symbols for the place, and what lies between them as the format escapes it. */
export function writePlace(text: string, symbols: PlaceSymbols, escape: (literal: string) => string): string {
  return text
    .split(marker)
    .map((piece, index) => (index % 2 === 0 ? escape(piece) : symbols[piece as keyof PlaceSymbols]))
    .join('');
}

/** A document with every text rewritten. */
export function mapTexts<Result>(document: PolicyDocument, rewrite: (text: string) => Result): unknown {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return rewrite(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(document);
}

/** The document as it is in a typical place, to count its characters. */
export function typicalDocument(document: PolicyDocument): PolicyDocument {
  return placed(document, {
    account: '123456789012',
    region: 'eu-west-1',
    partition: 'aws',
    dnsSuffix: 'amazonaws.com',
  });
}

/** The document as it is where regions and partitions have the longest names, so that it is nowhere larger. */
export function widestDocument(document: PolicyDocument): PolicyDocument {
  const longest = (texts: readonly string[]) =>
    texts.reduce((one, other) => (other.length > one.length ? other : one), '');
  return placed(document, {
    account: '123456789012',
    region: longest(Object.values(partitions).flatMap(({ regions }) => regions)),
    partition: longest(Object.keys(partitions)),
    dnsSuffix: longest(Object.values(partitions).map(({ dnsSuffix }) => dnsSuffix)),
  });
}

function placed(document: PolicyDocument, place: PlaceSymbols): PolicyDocument {
  return mapTexts(document, (text) => writePlace(text, place, (literal) => literal)) as PolicyDocument;
}
