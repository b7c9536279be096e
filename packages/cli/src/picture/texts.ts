import { codeLines, codeWidth, indent, lineHeight, proseLines, textSize, titleSize } from './lines.js';
import { escaped } from './written.js';

/** A part of the picture that is drawn: what is in it, and how much room it takes downwards. */
export interface Drawn {
  readonly svg: string;
  readonly height: number;
}

/** A part that is drawn where it is put: the lower end of its first line, for text. */
export type Shape = (x: number, y: number) => Drawn;

/** How a text looks: a class of the style in `sheet.ts`. */
export type Look = 'ink' | 'quiet' | 'gate' | 'sid' | 'title';

/** Names, ARNs and values in lines of a width. */
export function code(text: string, width: number, look: Look = 'ink'): Shape {
  const lines = codeLines(text, width);
  return (x, y) => ({ height: lines.length * lineHeight, svg: textOf(`c ${look}`, lines, x, y, indent) });
}

/** Words of the entry in lines of a width. */
export function prose(text: string, width: number, look: Look = 'quiet'): Shape {
  const lines = proseLines(text, width);
  return (x, y) => ({ height: lines.length * lineHeight, svg: textOf(`p ${look}`, lines, x, y, 0) });
}

/** The title of the picture. */
export function heading(text: string, width: number): Shape {
  // Bold letters are wider besides.
  const lines = proseLines(text, (width * textSize) / titleSize / 1.15);
  return (x, y) => ({ height: lines.length * 24, svg: textOf('title', lines, x, y, 0, 24) });
}

/** Parts below each other, with a gap between them. */
export function stacked(parts: readonly Shape[], gap: number): Shape {
  return (x, y) => {
    let height = 0;
    const drawn = parts.map((part, index) => {
      if (index > 0) height += gap;
      const one = part(x, y + height);
      height += one.height;
      return one.svg;
    });
    return { svg: drawn.join(''), height };
  };
}

function textOf(look: string, lines: readonly string[], x: number, y: number, hang: number, step = lineHeight): string {
  const [first = ''] = lines;
  if (lines.length === 1) return `<text class="${look}" x="${x}" y="${y}"${fitting(first)}>${escaped(first)}</text>\n`;
  const spans = lines.map(
    (line, index) =>
      `<tspan x="${x + (index === 0 ? 0 : hang)}" y="${y + index * step}"${fitting(line)}>${escaped(line)}</tspan>`,
  );
  return `<text class="${look}">${spans.join('')}</text>\n`;
}

/** Beyond ASCII fonts differ in width, and letters may go from right to left: the line is held to its room and its order. */
function fitting(line: string): string {
  if (/^[\x20-\x7e]*$/.test(line)) return '';
  const width = Math.round(codeWidth(line) * 10) / 10;
  return ` textLength="${width}" lengthAdjust="spacingAndGlyphs" direction="ltr" unicode-bidi="bidi-override"`;
}
