import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resultFile, type Result } from './result.js';
import { isEntry } from './steps.js';
import { summarize } from './summary.js';

const root = new URL('../../../', import.meta.url);
const names = (folder: string): string[] => readdirSync(new URL(folder, root));

/** The results that the last run of each project left, also where Nx took it from its cache; those of entries by their id. */
const files = ['packages', 'apps', 'tools'].flatMap((group) =>
  names(group).map((name): [string, string] => [`${group}/${name}`, `${group}/${name}/${resultFile()}`]),
);
const ofEntries = names('packages/core/src/catalog/permissions')
  .filter(isEntry)
  .map((id): [string, string] => [id, `tools/conformance/${resultFile(id)}`]);
const results = new Map(
  [...files, ...ofEntries].flatMap(([name, path]): [string, Result][] => {
    const file = new URL(path, root);
    return existsSync(file) ? [[name, JSON.parse(readFileSync(file, 'utf8')) as Result]] : [];
  }),
);

console.log(summarize(results));
