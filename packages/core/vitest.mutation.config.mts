import { defineConfig } from 'vitest/config';

/** The tests of `src/access` with few rounds and one seed, to be run once for every mutant. */
export default defineConfig({
  ssr: { resolve: { conditions: ['@postern/source', 'node'] } },
  test: {
    include: ['test/access/**/*.test.ts'],
    env: { POSTERN_ROUNDS: '40', POSTERN_SEED: '4' },
    testTimeout: 600_000,
  },
});
