import { readFileSync } from 'node:fs';
import { tryBuild, type PolicyDocument, type UseCase } from '@postern/core';
import type { Cell } from './cells.js';

/** What the last release gave, cell by cell. */
export interface Baseline {
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

export const baselineFile = new URL('../baseline.json', import.meta.url);

export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(baselineFile, 'utf8')) as Baseline;
}

/** Prints a baseline with a cell on each line, so that its history can be read. */
export function printBaseline({ version, cells }: Baseline): string {
  const lines = cells.map((cell) => JSON.stringify(cell));
  return `{"version":${JSON.stringify(version)},"cells":[\n${lines.join(',\n')}\n]}\n`;
}

/** Takes down what the cells give now. */
export function recordBaseline(version: string, cells: readonly Cell[]): Baseline {
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
