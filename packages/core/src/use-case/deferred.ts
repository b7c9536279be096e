import type { TextForm } from './option/form.js';

/** One piece of a text that a host made from what it knows and what is known only later. */
export interface TextPiece {
  readonly text: string;
  readonly known: boolean;
}

/** A text in which each piece that nobody knows yet is one character that AWS allows nowhere. */
export interface Masked {
  readonly text: string;
  /** The characters that are known, joined. */
  readonly known: string;
  /** Puts the pieces back into a part of the text. */
  readonly restore: (part: string) => string;
  /** The text with something else for each unknown piece. */
  readonly fill: (filler: string) => string;
}

const firstMark = 0xe000;
const marks = /[\ue000-\uf8ff]/g;

/** Puts a mark for each unknown piece. */
export function mask(pieces: readonly TextPiece[]): Masked {
  const unknown = pieces.filter(({ known }) => !known).map(({ text }) => text);
  let count = 0;
  const text = pieces
    .map((piece) => (piece.known ? piece.text : String.fromCharCode(firstMark + (count++ % 6400))))
    .join('');
  return {
    text,
    known: text.replace(marks, ''),
    restore: (part) => part.replace(marks, (mark) => unknown[mark.charCodeAt(0) - firstMark] ?? ''),
    fill: (filler) => text.replace(marks, filler),
  };
}

/** Whether a part of a masked text holds something that nobody knows yet. */
export function holdsMark(part: string): boolean {
  return part.search(marks) >= 0;
}

/** What is known of a part before its first unknown piece. */
export function beginningOf(part: string): string {
  const at = part.search(marks);
  return at < 0 ? part : part.slice(0, at);
}

const alphabets = new Map<string, RegExp>();

/** The first known character that no text of the form has, wherever the unknown pieces stand. */
export function foreignCharacter(pattern: string, known: string): string | undefined {
  let alphabet = alphabets.get(pattern);
  if (alphabet === undefined) alphabets.set(pattern, (alphabet = alphabetOf(pattern)));
  for (const character of known) if (!alphabet.test(character)) return character;
  return undefined;
}

/** The characters that stand anywhere in a pattern of the RE2 subset: its classes, escapes and plain characters. */
function alphabetOf(pattern: string): RegExp {
  const plain = pattern.replace(/\{[0-9]+(,[0-9]*)?\}|\(\?:/g, '');
  const atoms = plain.match(/\[\^?(\\.|[^\]\\])*\]|\\x[0-9a-f]{2}|\\.|[^()|*+?^$\\]/g) ?? [];
  return new RegExp(`^(?:${atoms.map((atom) => (atom === '.' ? '[^]' : atom)).join('|') || '[^]'})$`);
}

/** What unknown pieces may turn out to be: what is refused with all of them is refused for what is known. */
const fillers = ['a', '0', 'a:b/c.d'];

/** The refusal of a form that holds whatever the unknown pieces turn out to be. */
export function refusalOfKnown({ refuse }: TextForm, masked: Masked): string | undefined {
  if (refuse === undefined || masked.known.length > 2000) return undefined;
  const found = fillers.map((filler) => {
    const text = masked.fill(filler);
    return refuse.find(({ pattern }) => new RegExp(pattern).test(text));
  });
  return new Set(found).size === 1 ? found[0]?.say : undefined;
}
