import MiniSearch, { type Options, type SearchResult } from 'minisearch';
import type { Findable, FoundSort } from './found.js';

/** What the file of the index holds. */
export interface SearchData {
  /** The things by their numbers in the index. */
  readonly things: readonly Findable[];
  /** MiniSearch's own form. */
  readonly index: string;
}

/** The longest text that is searched for, and of how many words. */
export const longest = 200;
const mostWords = 16;

const weights: Readonly<Record<FoundSort, number>> = {
  job: 3,
  trust: 3,
  page: 2,
  documentation: 1.5,
  action: 1,
  API: 1,
};

interface Indexed {
  readonly id: number;
  readonly title: string;
  readonly about: string;
  readonly words: string;
}

/** A name such as `BatchGetImage` is found by its whole and from each of its words on: by `GetImage` and `Image` too. */
function tailsOf(term: string): string[] {
  const starts = [0, ...[...term.matchAll(/(?<=[a-z\d])(?=[A-Z])/g)].map(({ index }) => index)];
  return [...new Set(starts.map((start) => term.slice(start).toLowerCase()))];
}

const options: Options<Indexed> = {
  fields: ['title', 'about', 'words'],
  storeFields: [],
  processTerm: tailsOf,
  searchOptions: {
    processTerm: (term) => term.toLowerCase(),
    boost: { title: 4, about: 2 },
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
  },
};

/** Makes the index, in the build. */
export function indexOf(things: readonly Findable[]): SearchData {
  const index = new MiniSearch(options);
  index.addAll(things.map(({ title, about, words = '' }, id) => ({ id, title, about, words })));
  return { things, index: JSON.stringify(index) };
}

/** What was found for a text. */
export interface SearchAnswer {
  readonly found: readonly Findable[];
  /** Whether no thing has all the words, so that those with some of them are shown. */
  readonly isPartly: boolean;
}

/**
 * Reads an index.
 * @returns what finds the things for a text, the best first
 */
export function readIndex({ things, index }: SearchData): (text: string) => SearchAnswer {
  const search = MiniSearch.loadJSON(index, options);
  const isOf = (id: unknown) => things[Number(id)]!;
  const boostDocument = (id: unknown) => weights[isOf(id).is];
  return (text) => {
    const query = text.slice(0, longest).split(/\s+/).filter(Boolean).slice(0, mostWords).join(' ');
    const found = (results: readonly SearchResult[]) =>
      exactFirst(
        results.map(({ id }) => isOf(id)),
        query,
      );
    const all = found(search.search(query, { boostDocument, combineWith: 'AND' }));
    if (all.length > 0 || query === '') return { found: all, isPartly: false };
    const some = found(search.search(query, { boostDocument, combineWith: 'OR' }));
    return { found: some, isPartly: some.length > 0 };
  };
}

/** What is called just so stands before what was found by the same words. */
function exactFirst(things: readonly Findable[], query: string): Findable[] {
  const isExact = ({ title }: Findable) => title.toLowerCase() === query.toLowerCase();
  return [...things.filter(isExact), ...things.filter((thing) => !isExact(thing))];
}
