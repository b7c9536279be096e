/** What a thing that the search finds is. */
export type FoundSort = 'job' | 'trust' | 'action' | 'documentation' | 'API' | 'page';

/** A thing that the search finds. */
export interface Findable {
  /** Where it stands in the folder of the site, such as `docs/proofs.html#what-is-run`. */
  readonly path: string;
  readonly is: FoundSort;
  readonly title: string;
  /** What is shown below the title. */
  readonly about: string;
  /** What is searched besides, and not shown. */
  readonly words?: string;
}
