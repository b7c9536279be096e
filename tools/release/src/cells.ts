import { readdirSync } from 'node:fs';
import { kindOf, tryBuild, type OptionsOf, type UseCase } from '@postern/core';

/** One choice of options of one entry. */
export interface ReleaseCell {
  readonly useCase: UseCase;
  /** The sample, and the option that differs from it. */
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

interface NamedOptions {
  readonly name: string;
  readonly options: OptionsOf<UseCase>;
}

const permissions = new URL('../../../packages/core/src/catalog/permissions/', import.meta.url);

/**
 * Every sample of every entry, and each with every switch turned and every choice made in turn, as far as that builds.
 */
export async function listCells(): Promise<ReleaseCell[]> {
  const cells = await Promise.all(
    readdirSync(permissions)
      .sort()
      .map(async (id) => {
        const entry = (await import(new URL(`${id}/entry.ts`, permissions).href)) as Record<string, UseCase>;
        const { samples } = (await import(new URL(`${id}/cases.ts`, permissions).href)) as { samples: NamedOptions[] };
        const useCase = Object.values(entry)[0]!;
        return samples.flatMap(({ name, options }) => [
          { useCase, name, options },
          ...variants(useCase).map(([option, value]) => ({
            useCase,
            name: `${name}, ${option} ${String(value)}`,
            options: { ...options, [option]: value },
          })),
        ]);
      }),
  );
  return cells.flat().filter(({ useCase, options }) => tryBuild(useCase, options).problems.length === 0);
}

function variants({ options }: UseCase): [string, string | boolean][] {
  return Object.entries(options).flatMap(([name, option]) =>
    kindOf(option)
      .settings(option)
      .flatMap((value): [string, string | boolean][] => (value === null ? [] : [[name, value]])),
  );
}
