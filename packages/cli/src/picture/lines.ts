/** The size of all text but the title. Widths are for the widest of the fonts that may stand in for another. */
export const textSize = 12;
export const titleSize = 20;
/** From one line to the next. */
export const lineHeight = 17;
/** How far lines after the first are indented where code goes on. */
export const indent = 12;

/** One character of a font in which all are as wide: 0.602 of the size in the widest of them. */
const cell = textSize * 0.61;

/** How wide code is. Beyond ASCII fonts differ: a character counts one or two cells, and is made to fit them. */
export function codeWidth(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOf(character);
  return cells * cell;
}

/** Characters of Chinese, Japanese and Korean, and signs such as emoji, are two cells wide. */
function cellsOf(character: string): number {
  return character.codePointAt(0)! >= 0x1100 ? 2 : 1;
}

/** How wide prose is: widths of Verdana and DejaVu Sans, the widest of the fonts for screens, by groups of letters. */
function proseWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width * textSize;
}

function widthOf(character: string): number {
  if (" '.,:;!|ijl".includes(character)) return 0.36;
  if ('frt-()[]"/'.includes(character)) return 0.46;
  if (/^[\x20-\x7e]$/.test(character)) return /[A-Zmw%@+=<>~#&]/.test(character) ? 1 : 0.65;
  return character.codePointAt(0)! >= 0x1100 ? 1.3 : 1;
}

/** Divides prose at its blanks, and a word that is too long by itself within it. Together the lines are the text. */
export function proseLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[^ ]* ?/g) ?? []) {
    if (line !== '' && proseWidth(line + word.trimEnd()) > width) {
      lines.push(line);
      line = '';
    }
    for (const character of word) {
      if (character !== ' ' && proseWidth(line + character) > width) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** Divides code behind a sign that parts it, where there is one in the last half of the line. Together the lines are the text. */
export function codeLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let cells = 0;
  for (const character of text) {
    const most = Math.floor((width - (lines.length === 0 ? 0 : indent)) / cell);
    if (cells + cellsOf(character) > most) {
      const rest = line.splice(endOf(line));
      lines.push(line.join(''));
      line = rest;
      cells = rest.reduce((sum, one) => sum + cellsOf(one), 0);
    }
    line.push(character);
    cells += cellsOf(character);
  }
  return [...lines, line.join('')];
}

/** After how many characters a full line is best divided: before a flag, else behind a part of an ARN, else within a name. */
function endOf(line: readonly string[]): number {
  const parts = [
    line.findLastIndex((one, index) => one === ' ' && line[index + 1] === '-' && line[index + 2] === '-'),
    line.findLastIndex((one) => ':/ '.includes(one)),
    line.findLastIndex((one) => ',;=&?|_-.'.includes(one)),
  ];
  return (parts.find((part) => part >= line.length / 2) ?? line.length - 1) + 1;
}
