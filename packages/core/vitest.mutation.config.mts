import { defineConfig } from 'vitest/config';

/**
 * The tests of `src/access` with few rounds and one seed, to be run once for every mutant. Left out is one test of a quota
 * that takes as long as all others together.
 */
export default defineConfig({
  ssr: { resolve: { conditions: ['@postern/source', 'node'] } },
  test: {
    include: ['test/access/**/*.test.ts'],
    testNamePattern: /^(?!.*refuses more documents than can be attached)/,
    env: { POSTERN_ROUNDS: '25', POSTERN_SEED: '10' },
    testTimeout: 600_000,
  },
});
