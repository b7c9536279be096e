import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tryBuild, type PolicyDocument, type UseCase } from '@postern/core';
import type { ReleaseCell } from './cells.js';

/** What the last release gave, cell by cell. */
export interface ReleaseBaseline {
  /** The release; `0.0.0` before the first. */
  readonly version: string;
  readonly cells: readonly BaselineCell[];
}

/** One cell of a baseline: the options as they were written then, and the policy they gave. */
export interface BaselineCell {
  readonly useCase: string;
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly document: PolicyDocument;
}

const folder = new URL('../baseline/', import.meta.url);
/** No id begins so. */
const versionFile = '_version.json';

/** Reads the baseline: the release, and a file for each use case with the cells that it had. */
export function readBaseline(from = folder): ReleaseBaseline {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, from), 'utf8'));
  const { version } = read(versionFile) as Pick<ReleaseBaseline, 'version'>;
  const ids = readdirSync(from).flatMap((name) => (name === versionFile ? [] : name.replace(/\.json$/, '')));
  const cells = ids
    .sort()
    .flatMap((useCase) =>
      (read(`${useCase}.json`) as Omit<BaselineCell, 'useCase'>[]).map((cell) => ({ useCase, ...cell })),
    );
  return { version, cells };
}

/** The files of a baseline by name, with a cell on each line, so that their history can be read. */
export function printBaseline({ version, cells }: ReleaseBaseline): Map<string, string> {
  const files = new Map([[versionFile, `${JSON.stringify({ version })}\n`]]);
  for (const id of new Set(cells.map(({ useCase }) => useCase))) {
    const lines = cells.flatMap(({ useCase, ...cell }) => (useCase === id ? [JSON.stringify(cell)] : []));
    files.set(`${id}.json`, `[\n${lines.join(',\n')}\n]\n`);
  }
  return files;
}

/** Writes a baseline in the place of the one that is there; the file of a use case that is gone goes. */
export function writeBaseline(baseline: ReleaseBaseline, to = folder): void {
  const files = printBaseline(baseline);
  for (const name of readdirSync(to)) if (!files.has(name)) rmSync(new URL(name, to));
  for (const [name, text] of files) writeFileSync(new URL(name, to), text);
}

/** Takes down what the cells give now. */
export function recordBaseline(version: string, cells: readonly ReleaseCell[]): ReleaseBaseline {
  return {
    version,
    cells: cells.map(({ useCase, name, options }) => ({
      useCase: useCase.id,
      name,
      options,
      document: buildNow(useCase, options)!,
    })),
  };
}

/** Builds options of any age; undefined where they do not build any more. */
export function buildNow(useCase: UseCase | undefined, options: unknown): PolicyDocument | undefined {
  if (useCase === undefined) return undefined;
  const { document, problems } = tryBuild(useCase, options);
  return problems.length > 0 ? undefined : document;
}
