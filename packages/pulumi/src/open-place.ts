import { partitions, type Host, type Place } from '@postern/core';

const mark = (part: string): string => `\u00ab${part}\u00bb`;
const marks = /\u00ab(account|region|partition|dnsSuffix)\u00bb/g;

/** The place of the provider before it is known, so that what else is known can be said at once. */
export const openPlace: Host = {
  deferred: (text) => text.search(marks) >= 0,
  pieces: (text) =>
    text
      .split(/(\u00ab\w+\u00bb)/)
      .map((piece, index) => ({ text: piece, known: index % 2 === 0 }))
      .filter((piece) => piece.text !== ''),
  place: { account: mark('account'), region: mark('region'), partition: mark('partition') },
  dnsSuffix: mark('dnsSuffix'),
};

/** Whether a text waits for the place of the provider. */
export function isOpen(text: string): boolean {
  return text.search(marks) >= 0;
}

/** The text with the place of the provider. */
export function fillPlace(text: string, place: Place): string {
  const { partition = '' } = place;
  const parts: Readonly<Record<string, string | undefined>> = {
    ...place,
    dnsSuffix: partitions[partition]?.dnsSuffix ?? 'amazonaws.com',
  };
  return text.replace(marks, (_, part: string) => parts[part] ?? '');
}
