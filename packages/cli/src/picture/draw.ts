import { isTrustEntry } from '@postern/core';
import { flagsText } from '../options/command-line.js';
import { bandOf } from './band.js';
import { bandsOf, type Drawing } from './bands.js';
import { actions, margin, pageWidth, steps, targets } from './columns.js';
import { plain, style, without } from './sheet.js';
import { code, heading, prose, type Shape } from './texts.js';
import { countsText, pictureTitle, readAloud } from './words.js';
import { escaped, shown } from './written.js';

const inner = pageWidth - 2 * margin;

/**
 * Draws a policy: from the steps of the job over the actions that each needs to the resources that they touch, with a fence
 * around those that conditions close in.
 * @returns an SVG without scripts, which names nothing from elsewhere; the same for the same policy
 */
export function drawPicture(drawing: Drawing): string {
  const { entry, options } = drawing;
  const bands = bandsOf(drawing);
  const title = pictureTitle(drawing);
  const counts = countsText(drawing, bands);
  const flags = shown(flagsText(entry, options));
  const parts: readonly (readonly [part: Shape, after: number])[] = [
    [heading(title, inner), 2],
    [prose(`${shown(entry.id)}: ${counts}`, inner), 2],
    ...(flags === '' ? [] : [[code(flags, inner, 'quiet'), 0] as const]),
    [() => ({ svg: '', height: 0 }), 22],
    [heads(isTrustEntry(entry) ? 'Who is let in' : 'Resource'), -5],
    ...bands.map((band) => [bandOf(band), 0] as const),
  ];
  let y = margin + 18;
  const body = parts.map(([part, after]) => {
    const { svg, height } = part(margin, y);
    y += height + after;
    return svg;
  });
  const height = y + margin - 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="postern" role="img" viewBox="0 0 ${pageWidth} ${height}" width="${pageWidth}" height="${height}" ${without}>
<title>${escaped(title)}</title>
<desc>${escaped(`${counts}.\n${readAloud(bands)}`)}</desc>
<style>${style}</style>
<rect class="sheet" width="${pageWidth}" height="${height}" fill="${plain.sheet}"/>
${body.join('')}</svg>
`;
}

/** What stands over the columns. */
function heads(last: string): Shape {
  const columns = [
    [steps, 'Step'],
    [actions, 'Action'],
    [targets, last],
  ] as const;
  return (_, y) => {
    const drawn = columns.map(([{ at, wide }, text]) => prose(text, wide)(at, y));
    return { svg: drawn.map(({ svg }) => svg).join(''), height: drawn[0]?.height ?? 0 };
  };
}
