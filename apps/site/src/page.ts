import type { ComponentChildren } from 'preact';
import type { Findable } from './search/found.js';

/** A page of the site, as it is before any script runs. */
export interface Page {
  /** Its file in the folder of the site, such as `docs/first-steps.html`. */
  readonly path: string;
  readonly title: string;
  /** One sentence for search engines and link previews. */
  readonly description: string;
  /** The script of `src/client` that the page runs besides the one of all pages. */
  readonly script?: string;
  /** What the search finds of it; without it, its title and description. */
  readonly finds?: readonly Findable[];
  readonly body: ComponentChildren;
}

/** A file of the site that scripts read, as text. */
export interface DataFile {
  readonly path: string;
  readonly text: string;
}

/** The way from a page to the folder of the site: empty, or `../` as often as it is deep. */
export function rootOf(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}
