import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resultFile, type Result } from './result.js';
import { summarize } from './summary.js';

const root = new URL('../../../', import.meta.url);

/** The results that the last run of each project left, also where Nx took it from its cache. */
const results = new Map(
  ['packages', 'apps', 'tools'].flatMap((group) =>
    readdirSync(new URL(group, root)).flatMap((name): [string, Result][] => {
      const file = new URL(`${group}/${name}/${resultFile}`, root);
      return existsSync(file) ? [[`${group}/${name}`, JSON.parse(readFileSync(file, 'utf8')) as Result]] : [];
    }),
  ),
);

console.log(summarize(results));
