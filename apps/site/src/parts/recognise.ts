import { readJson } from '@postern/core';
import { readDenials } from '@postern/why';

/** What a pasted text is, as far as the site has a page for it. */
export type Pasted = 'policy' | 'refusal' | 'workflow';

/** How many characters of a text are looked at: a refusal stands early in what people paste. */
export const looked = 1024 * 1024;

/** Tells what somebody pasted; undefined where it is nothing that is known. */
export function recognise(text: string): Pasted | undefined {
  const start = text.slice(0, looked);
  const json = /^\s*[{[]/.test(start) ? readJson(start).value : undefined;
  if (typeof json === 'object' && json !== null && 'Statement' in json) return 'policy';
  if (readDenials(start).length > 0) return 'refusal';
  return /^(?:jobs|stages|pipelines|steps|workflows|on):/m.test(start) ? 'workflow' : undefined;
}
