/**
 * Patterns for comparison are rows of numbers: a character code stands for itself, a negative number for a class of
 * characters or for a letter in either case. A policy variable that may have any value is one letter of the private use
 * area, which only `*` and the same variable match.
 */
export type Letters = readonly number[];

/** Any one character, as `?` in most places. */
export const one = -1;
/** Any run of characters, as `*` in most places. */
export const run = -2;
/** One character of the first five parts of an ARN. */
export const oneInPart = -3;
/** A run of characters of the first five parts of an ARN. */
export const runInPart = -4;
/** One character of a service prefix, and a run of them. */
export const oneInService = -5;
export const runInService = -6;
/** One character of an action name, and a run of them. */
export const oneInName = -7;
export const runInName = -8;

const firstFold = -100;
const firstSymbol = 0xe000;
const lastSymbol = 0xf8ff;

export const colon = 58;

/** The text of a row of character codes, however long it is. */
export function textOf(codes: readonly number[]): string {
  let text = '';
  for (let start = 0; start < codes.length; start += 8192) {
    text += String.fromCharCode(...codes.slice(start, start + 8192));
  }
  return text;
}

/** The letter that stands for the variable with this number. */
export function symbol(index: number): number {
  return firstSymbol + index;
}

export function isSymbol(letter: number): boolean {
  return letter >= firstSymbol && letter <= lastSymbol;
}

export function hasSymbol(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (isSymbol(text.charCodeAt(index))) return true;
  return false;
}

/** A letter in either case, given in lower case. */
export function eitherCase(code: number): number {
  return firstFold - code;
}

/** The characters that are this letter in lower case. U+017F and others lie outside what a policy may hold. */
function casesOf(lower: number): number[] {
  const text = String.fromCharCode(lower);
  const upper = text.toUpperCase();
  const cases = [lower];
  if (upper.length === 1 && upper !== text && upper.toLowerCase() === text) cases.push(upper.charCodeAt(0));
  if (text === 'k') cases.push(0x212a);
  if (text === 'å') cases.push(0x212b);
  if (text === 'ß') cases.push(0x1e9e);
  return cases;
}

/** Whether the element is a run, which matches no character as well. */
export function isRun(element: number): boolean {
  return element < 0 && element > firstFold && element % 2 === 0;
}

/** Whether the element stands for itself alone. */
export function isPlain(element: number): boolean {
  return element >= 0;
}

/** The characters an element asks for by name; those of a class are not named. */
export function namedBy(element: number): readonly number[] {
  if (element >= 0) return [element];
  if (element <= firstFold) return casesOf(firstFold - element);
  return element === oneInPart || element === runInPart ? [colon] : [];
}

/** Whether one character of a text fits one element. */
export function fits(element: number, letter: number): boolean {
  if (element >= 0) return element === letter;
  if (element <= firstFold) return casesOf(firstFold - element).includes(letter);
  switch (element) {
    case run:
      return true;
    case one:
      return !isSymbol(letter);
    case runInPart:
      return letter !== colon;
    case oneInPart:
      return letter !== colon && !isSymbol(letter);
    case oneInService:
    case runInService:
      return isLowerOrDigit(letter) || letter === 45;
    default:
      return isLowerOrDigit(letter) || letter === 45 || letter === 95;
  }
}

function isLowerOrDigit(letter: number): boolean {
  return (letter >= 97 && letter <= 122) || (letter >= 48 && letter <= 57);
}
