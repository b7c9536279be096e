import type { LineCounter, Scalar } from 'yaml';

/**
 * Where each position of a scalar's text stands in its file. The text is laid beside what was written: blanks may differ,
 * everything else follows in the same order, whatever the style of the scalar.
 */
export function lineFinder(
  scalar: Scalar,
  text: string,
  source: string,
  counter: LineCounter,
): (offset: number) => number {
  const start = scalar.range?.[0] ?? 0;
  const end = scalar.range?.[1] ?? start;
  const first = counter.linePos(start).line;
  const written = source.slice(start, end);
  if (!written.includes('\n')) return () => first;
  let breaks: { readonly from: number; readonly line: number }[] | undefined;
  return (offset) => {
    breaks ??= align(text, written, first, scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED');
    let found = breaks[0]?.line ?? first;
    for (const { from, line } of breaks) {
      if (from > offset) break;
      found = line;
    }
    return found;
  };
}

function align(text: string, written: string, first: number, block: boolean): { from: number; line: number }[] {
  const breaks: { from: number; line: number }[] = [];
  // The header of a block, such as `|-`, is no part of the text.
  let at = block ? written.indexOf('\n') + 1 : 0;
  let line = first + (block ? 1 : 0);
  let last = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset]!;
    if (/\s/.test(character)) continue;
    while (at < written.length && written[at] !== character) {
      if (written[at] === '\n') line++;
      at++;
    }
    if (at >= written.length) break;
    at++;
    if (line !== last) breaks.push({ from: offset, line });
    last = line;
  }
  return breaks;
}
