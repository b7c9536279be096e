import { quote } from '../../document/problem.js';
import { spellOption } from '../host.js';
import type { FormOption } from '../option/form-option.js';
import { isDeferred, itemsIn, report, type Reading } from './reading.js';
import type { AskedText } from './text-problem.js';

/** What a URL says: the bucket, and what is in it as a text of the form; undefined where it is no such URL. */
export function partsOfUrl({ form: { url } }: FormOption, value: string): { bucket: string; text: string } | undefined {
  if (url === undefined || value.length > 2000) return undefined;
  const pattern = new RegExp(url.pattern);
  const [, bucket] = pattern.exec(value) ?? [];
  return bucket === undefined ? undefined : { bucket, text: value.replace(pattern, url.as) };
}

/**
 * Reads a text that is given as a URL.
 * @returns the text in it; what was given where it is no URL, or where nobody knows in which bucket it should be
 */
export function withoutUrl(reading: Reading, { path, option }: AskedText, value: string): string {
  if (!value.includes('://') || isDeferred(reading, value)) return value;
  const parts = partsOfUrl(option, value);
  if (parts === undefined) return value;
  const { within } = option;
  if (within === undefined) return parts.text;
  const [holder, ...others] = itemsIn(reading.values[within]);
  if (holder?.name === undefined || others.length > 0 || reading.placeholders.has(holder)) return value;
  if (isDeferred(reading, holder.name)) return value;
  if (holder.name !== parts.bucket) {
    const own = `and ${spellOption(reading.host, within)} is ${quote(holder.name)}`;
    report(reading, path, `${quote(value)} is in the bucket ${quote(parts.bucket)}, ${own}: make them agree`);
  }
  return parts.text;
}
