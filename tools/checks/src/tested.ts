import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter } from 'vitest/reporters';
import { readText, resultFile, type Result } from './result.js';

/** A reporter of vitest that keeps what a green run would hide: how many checks were skipped, why, and the seeds. */
export default function tested(): Reporter {
  let root = process.cwd();
  const texts: string[] = [];
  return {
    onInit(vitest) {
      root = vitest.config.root;
    },
    onUserConsoleLog({ content }) {
      texts.push(content);
    },
    onTestRunEnd(modules) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const count = (state: string) => tests.filter((test) => test.result().state === state).length;
      const read = [...texts, ...tests.map((test) => test.fullName)].map(readText);
      const result: Result = {
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        reasons: [...new Set(read.flatMap(({ reasons }) => reasons))],
        seeds: [...new Set(read.flatMap(({ seeds }) => seeds))],
      };
      const file = join(root, resultFile(process.env['POSTERN_USE_CASE'] || undefined));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
    },
  };
}
