import { listPermissions, type AnyEntry, isTrustEntry } from '@postern/core';
import type { Page } from '../page.js';
import type { Findable } from './found.js';

/** What the search finds of an entry: its page, and each action that it brings. */
export function findablesOf(entry: AnyEntry, path: string): Findable[] {
  const { id, title, summary, excludes, options } = entry;
  const words = [id, excludes, ...Object.entries(options).map(([name, { help }]) => `${name} ${help}`)].join('\n');
  const is = isTrustEntry(entry) ? 'trust' : 'job';
  const own: Findable = { path, is, title, about: summary, words };
  if (isTrustEntry(entry)) return [own];
  const actions = listPermissions(entry).map(
    ({ action, reason, sid }): Findable => ({
      path: `${path}#permissions`,
      is: 'action',
      title: action,
      about: `${id}: ${reason}`,
      words: sid,
    }),
  );
  return [own, ...new Map(actions.map((one) => [one.title + one.about, one])).values()];
}

/** What the search finds of a page: what it says of itself, or its title and what it is about. */
export function findablesIn({ path, title, description, finds }: Page): readonly Findable[] {
  return finds ?? [{ path, is: 'page', title, about: description }];
}
