/** What a run of the tests of one project says besides passed or failed. */
export interface Result {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why checks were skipped, as the tests print it after `SKIPPED: `. */
  readonly reasons: readonly string[];
  /** The seeds of random inputs: `POSTERN_SEED=N` repeats a run. */
  readonly seeds: readonly string[];
}

/**
 * Where the result of a project is kept, from its folder: restored by Nx where the run comes from its cache.
 * @param id the entry that a run is about, where it is about one
 */
export const resultFile = (id?: string): string => `tmp/${id ?? 'tested'}.json`;

/** The reasons and seeds in a text that tests printed, or in the name of a test. */
export function readText(text: string): Pick<Result, 'reasons' | 'seeds'> {
  return {
    reasons: [...text.matchAll(/^SKIPPED: (.+)$/gm)].map((match) => match[1]!),
    seeds: [...text.matchAll(/\b(?:POSTERN_SEED=|seed )(\d+)\b/g)].map((match) => match[1]!),
  };
}
