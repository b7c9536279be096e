import { literal, onlyLiteral, type Value } from '../values/value.js';

/** An option that `getopts` reads, with its value, and the place of the argument behind it, counted from one. */
export interface ReadOption {
  readonly letter: string;
  readonly value: Value | undefined;
  readonly next: number;
}

/**
 * The options that `getopts SPEC NAME` reads of arguments, one by one, as far as they can be told.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/getopts.html
 */
export function readOptions(spec: string, given: readonly Value[]): ReadOption[] {
  const found: ReadOption[] = [];
  for (let at = 0; at < given.length; at++) {
    const [head, ...rest] = given[at]!.length === 1 ? given[at]![0]! : [];
    if (typeof head !== 'string' || !/^-[A-Za-z0-9]/.test(head) || onlyLiteral(given[at]!) === '--') break;
    for (let index = 1; index < head.length; index++) {
      const letter = head[index]!;
      const place = spec.indexOf(letter);
      const takes = place >= 0 && spec[place + 1] === ':';
      if (!takes) {
        found.push({ letter: place < 0 ? '?' : letter, value: undefined, next: at + 2 });
        continue;
      }
      const behind = head.slice(index + 1);
      if (behind !== '' || rest.length > 0) {
        found.push({ letter, value: [[...(behind === '' ? [] : [behind]), ...rest]], next: at + 2 });
      } else {
        at++;
        found.push({ letter, value: given[at] ?? literal(''), next: at + 2 });
      }
      break;
    }
  }
  return found;
}
