import { isTrustEntry } from '@postern/core';
import { bandsOf, type Band, type Drawing } from './bands.js';
import { shown } from './written.js';

/** What a picture is called. */
export function pictureTitle({ entry }: Drawing): string {
  return shown(entry.title);
}

/** What is on a picture, in one sentence: for where it cannot be seen. */
export function describePicture(drawing: Drawing): string {
  const bands = bandsOf(drawing);
  return `${pictureTitle(drawing)}: ${countsText(drawing, bands)}. Statements: ${bands.map(({ sid }) => sid).join(', ')}.`;
}

/** How much there is of everything. */
export function countsText({ entry }: Drawing, bands: readonly Band[]): string {
  const all = (of: (band: Band) => readonly string[]) => new Set(bands.flatMap(of)).size;
  const actions = all(({ steps }) => steps.map(({ action }) => action));
  const targets = all((band) => band.targets);
  const fenced = bands.filter(({ fences }) => fences.length > 0).length;
  return [
    `${plural(actions, 'action')} in ${plural(bands.length, 'statement')}`,
    plural(targets, isTrustEntry(entry) ? 'principal' : 'resource'),
    fenced === 0 ? 'no conditions' : `conditions in ${plural(fenced, 'statement')}`,
  ].join(', ');
}

function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** All that is on a picture, in the order in which it is read. */
export function readAloud(bands: readonly Band[]): string {
  return bands.map(bandAloud).join('\n');
}

function bandAloud({ sid, from, steps, targets, note, fences }: Band): string {
  const why = steps.map(({ action, reason }) => `${action}: ${reason}`);
  const only = fences.map(
    ({ key, operator, values, reason }) => `${key} ${operator} ${values.join(' or ')} (${reason})`,
  );
  return [
    `${sid}, ${from}. ${why.join('; ')}.`,
    `On ${targets.join(' and ')}${note === undefined ? '' : ` (${note})`}.`,
    ...(only.length === 0 ? [] : [`Only where ${only.join(' and ')}.`]),
  ].join(' ');
}
