import { readdirSync } from 'node:fs';
import { useCases, type OptionsOf, type UseCase } from '@postern/core';

const permissions = new URL('../../../packages/core/src/catalog/permissions/', import.meta.url);

/** The first use case of the catalog, with the options of its first sample. */
export async function readExample(): Promise<{ readonly useCase: UseCase; readonly options: OptionsOf<UseCase> }> {
  const [id] = readdirSync(permissions).sort();
  const useCase = (useCases as readonly UseCase[]).find((one) => one.id === id)!;
  const { samples } = (await import(new URL(`${id}/cases.ts`, permissions).href)) as {
    readonly samples: readonly [{ readonly options: OptionsOf<UseCase> }];
  };
  return { useCase, options: samples[0].options };
}
