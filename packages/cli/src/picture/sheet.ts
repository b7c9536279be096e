import { textSize, titleSize } from './lines.js';

const mono =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const sans = "system-ui, -apple-system, 'Segoe UI', Inter, Roboto, 'DejaVu Sans', sans-serif";

const light = {
  sheet: '#ffffff',
  ink: '#1b1e1d',
  quiet: '#565d5a',
  line: '#dedad0',
  way: '#8b8f88',
  gate: '#0c5f4e',
  yard: '#f1f7f4',
};
const dark = {
  sheet: '#181c1a',
  ink: '#e7e6e0',
  quiet: '#a2aaa5',
  line: '#39403c',
  way: '#727a75',
  gate: '#74d4b6',
  yard: '#1b2a24',
};

const colours = (of: typeof light): string =>
  [
    `.sheet{fill:${of.sheet}}`,
    `.ink,.title,.sid{fill:${of.ink}}`,
    `.quiet{fill:${of.quiet}}`,
    `.gate{fill:${of.gate}}`,
    `.rule{stroke:${of.line}}`,
    `.way{stroke:${of.way}}`,
    `.tip{fill:${of.way}}`,
    `.fence{fill:${of.yard};stroke:${of.gate}}`,
  ]
    .map((rule) => rule.replaceAll(/(^|,)\./g, '$1.postern .'))
    .join('');

/** The style of a picture: what looks at it chooses between light and dark, and paper is light. */
export const style = [
  `.postern text{font:${textSize}px ${mono};white-space:pre}`,
  `.postern .p,.postern .title{font-family:${sans}}`,
  `.postern .title{font-size:${titleSize}px;font-weight:600}`,
  `.postern .sid{font-weight:600}`,
  `.postern .fence{stroke-width:1.25;stroke-dasharray:5 3}`,
  colours(light),
  `@media screen and (prefers-color-scheme:dark){${colours(dark)}}`,
].join('');

/** What holds where a style in the picture is not read. */
export const without = `font-family="${mono}" font-size="${textSize}"`;
/** The same for what is filled with the paper and with ink. */
export const plain = light;
