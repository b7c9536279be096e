import { defineConfig } from 'vitest/config';

/**
 * The tests of `src/access` with few rounds and one seed, to be run once for every mutant. Left out are the tests that ask
 * for an answer to what is large, which take as long as all others together.
 */
export default defineConfig({
  ssr: { resolve: { conditions: ['@postern/source', 'node'] } },
  test: {
    include: ['test/access/**/*.test.ts'],
    testNamePattern: /^(?!.*(refuses more documents than can be attached|end in an answer))/,
    env: { POSTERN_ROUNDS: '12', POSTERN_SEED: '2' },
    // Otherwise most of the time of a mutant goes into reading the same modules again.
    isolate: false,
    testTimeout: 600_000,
  },
});
