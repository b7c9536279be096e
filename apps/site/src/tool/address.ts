import { kindOf, type AnyEntry } from '@postern/core';

/** What a visitor chose on the page of an entry. */
export interface ChosenOptions {
  /** Options by their camelCase names, unchecked. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The word of the format. */
  readonly format: string;
}

/** The choice as what stands behind the `#` of an address. Lists have their name once for each item. */
export function toAddress(entry: AnyEntry, { options, format }: ChosenOptions): string {
  const parts = new URLSearchParams();
  for (const name of Object.keys(entry.options)) {
    const value = options[name];
    for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value])
      if (item !== undefined) parts.append(name, String(item));
  }
  if (format !== 'json') parts.append('format', format);
  return parts.toString();
}

/**
 * Reads a choice from an address. What it does not know is left out; what is no value of an option is kept as it stands, so
 * that the problem is told beside its field.
 * @param address what stands behind the `#`, or `#` and what stands behind it
 * @param formats the words of the formats
 * @returns undefined where it says nothing of this entry
 */
export function fromAddress(entry: AnyEntry, address: string, formats: readonly string[]): ChosenOptions | undefined {
  const parts = new URLSearchParams(address.replace(/^#/, ''));
  const options: [string, unknown][] = [];
  for (const [name, option] of Object.entries(entry.options)) {
    const texts = parts.getAll(name);
    const [first] = texts;
    if (first === undefined) continue;
    const kind = kindOf(option);
    const setting = kind.settings(option).find((value) => String(value) === first);
    options.push([name, kind.several ? texts : setting === undefined ? first : setting]);
  }
  const word = parts.get('format');
  const format = word !== null && formats.includes(word) ? word : undefined;
  if (options.length === 0 && format === undefined) return undefined;
  return { options: Object.fromEntries(options), format: format ?? 'json' };
}
