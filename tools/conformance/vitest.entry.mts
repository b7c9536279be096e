// Compares every target, for the entry that `POSTERN_USE_CASE` names or for all: `nx run ID:conformance` runs it.
import { defineConfig } from 'vitest/config';
import everything from './vitest.config.mjs';

export default defineConfig({ ...everything, test: { ...everything.test, include: ['entry/**/*.test.ts'] } });
