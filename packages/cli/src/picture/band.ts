import type { Band, DrawnCondition } from './bands.js';
import { actions, margin, pageWidth, steps, targets } from './columns.js';
import { codeWidth, lineHeight } from './lines.js';
import { plain } from './sheet.js';
import { code, prose, stacked, type Shape } from './texts.js';

/** The yard around what is fenced. */
const padding = 12;
/** From the lower end of a line to its middle. */
const middle = 4;

/** A statement: its name, then its steps with their actions, and what they touch. */
export function bandOf({ sid, from, steps: own, targets: touched, note, fences }: Band): Shape {
  return (x, top) => {
    const rule = `<path class="rule" stroke="${plain.line}" d="M${x} ${top}.5H${pageWidth - margin}"/>\n`;
    const y = top + 26;
    const name = code(sid, steps.wide, 'sid')(x, y);
    const word = prose(from, pageWidth - margin - actions.at)(actions.at, y);
    const start = y + Math.max(name.height, word.height) + 14;

    let at = start;
    const rows: string[] = [];
    const ends: { readonly x: number; readonly y: number }[] = [];
    for (const { reason, action } of own) {
      const why = prose(reason, steps.wide, 'ink')(steps.at, at);
      const what = code(action, actions.wide)(actions.at, at);
      rows.push(why.svg, what.svg);
      ends.push({ x: actions.at + Math.min(codeWidth(action), actions.wide) + 8, y: at - middle });
      at += Math.max(why.height, what.height) + 8;
    }

    const places: number[] = [];
    const list = stacked(
      touched.map(
        (target): Shape =>
          (x, y) => {
            places.push(y - middle);
            return code(target, targets.wide)(x, y);
          },
      ),
      4,
    );
    const only = [prose('only where', targets.wide, 'gate'), ...fences.map(fenceOf)];
    const isFenced = fences.length > 0;
    const yard = stacked(
      [list, ...(note === undefined ? [] : [prose(note, targets.wide)]), ...(isFenced ? [stacked(only, 8)] : [])],
      8,
    )(targets.at, start);
    const fence = isFenced ? fenceAround(start, yard.height) : '';
    const bottom = Math.max(at - 8, start + yard.height + (isFenced ? padding : 0));
    return {
      svg: [
        rule,
        name.svg,
        word.svg,
        ...rows,
        waysOf(ends, isFenced ? places.slice(0, 1) : places),
        fence,
        yard.svg,
      ].join(''),
      height: bottom - top + 10,
    };
  };
}

function fenceAround(start: number, height: number): string {
  const y = start - padding - 9;
  return `<rect class="fence" fill="none" stroke="${plain.gate}" x="${targets.at - padding}" y="${y}" width="${targets.wide + 2 * padding}" height="${height + 2 * padding - 8}" rx="6"/>\n`;
}

/** Lines from actions to what they touch; into a fence leads one. */
function waysOf(from: readonly { readonly x: number; readonly y: number }[], to: readonly number[]): string {
  const [trunk, tip] = [targets.at - 30, targets.at - padding - 4];
  const heights = [...from.map(({ y }) => y), ...to];
  const lines = [
    ...from.map(({ x, y }) => `M${Math.min(Math.round(x), trunk - 4)} ${y}H${trunk}`),
    `M${trunk} ${Math.min(...heights)}V${Math.max(...heights)}`,
    ...to.map((y) => `M${trunk} ${y}H${tip}`),
  ];
  const tips = to.map((y) => `M${tip - 1} ${y - 4}l5 4l-5 4z`);
  return `<path class="way" fill="none" stroke="${plain.way}" d="${lines.join('')}"/>
<path class="tip" fill="${plain.way}" d="${tips.join('')}"/>\n`;
}

/** A condition: its key and operator, the values, and why. */
function fenceOf({ key, operator, values, reason }: DrawnCondition): Shape {
  const beside = codeWidth(`${key}  ${operator}`) <= targets.wide;
  const head: Shape = beside
    ? (x, y) => ({
        svg:
          code(key, targets.wide, 'gate')(x, y).svg +
          code(operator, targets.wide, 'quiet')(x + Math.ceil(codeWidth(`${key}  `)), y).svg,
        height: lineHeight,
      })
    : stacked([code(key, targets.wide, 'gate'), code(operator, targets.wide, 'quiet')], 0);
  return stacked([head, ...values.map((value) => code(value, targets.wide)), prose(reason, targets.wide)], 0);
}
