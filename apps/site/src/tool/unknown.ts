import { quote, tryBuild, type AnyEntry } from '@postern/core';
import { isOfRole } from '../role/address.js';

/** No more of them are told: an address can be long. */
const most = 5;

/** Said where nothing is unknown: one list, since a page that is given another one is drawn again. */
export const nothingUnknown: readonly string[] = [];

/** What the address of an entry's page says besides its options. */
export interface Besides {
  /** The words of the formats. */
  readonly formats: readonly string[];
  /** Who may assume the role beside a job; absent where the page has none. */
  readonly trusts?: readonly string[];
}

/**
 * Says what of an address this page does not know: it is not in the policy that is shown.
 * @param address what stands behind the `#`, or `#` and what stands behind it
 */
export function unknownIn(entry: AnyEntry, address: string, { formats, trusts }: Besides): readonly string[] {
  // Without a value it is the name of a part of the page.
  if (!address.includes('=')) return nothingUnknown;
  const parts = new URLSearchParams(address.replace(/^#/, ''));
  const said = [...new Set(parts.keys())].flatMap((name) => {
    if (Object.hasOwn(entry.options, name)) return [];
    const value = parts.get(name) ?? '';
    if (name === 'format') return formats.includes(value) ? [] : [`${quote(value)} is no format: choose one here`];
    if (trusts !== undefined) {
      const ofRole = isOfRole(name);
      if (name === 'split' || ofRole === 'part') return [];
      if (ofRole === 'trust entry')
        return trusts.includes(value) ? [] : [`${quote(value)} is no trust entry: choose one here`];
    }
    return [sayUnknown(entry, name)];
  });
  if (said.length === 0) return nothingUnknown;
  const more = said.length - most;
  return [
    ...said.slice(0, most).map((line) => `In the address: ${line}`),
    ...(more > 0 ? [`The address says ${more} more things that this page does not know`] : []),
  ];
}

/** What the command line says of an option that the entry does not have. */
function sayUnknown(entry: AnyEntry, name: string): string {
  const { problems } = tryBuild(entry, Object.fromEntries([[name, '']]));
  return problems.find(({ path }) => path === name)?.message ?? `${quote(name)} is no option of ${quote(entry.id)}`;
}
