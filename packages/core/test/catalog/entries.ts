import { readdirSync } from 'node:fs';
import type { RefusedOptions, Sample } from '../../src/catalog/cases.js';
import type { OptionsOf, UseCase } from '../../src/index.js';

export const permissionsFolder = new URL('../../src/catalog/permissions/', import.meta.url);

/** An entry as its folder holds it. */
export interface EntryFolder {
  readonly folder: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly useCase: UseCase;
  readonly samples: readonly Sample<OptionsOf<UseCase>>[];
  readonly refused: readonly RefusedOptions[];
}

/** Every folder under `permissions/`, so that a new entry is tested without being named anywhere. */
export const entries: readonly EntryFolder[] = await Promise.all(
  readdirSync(permissionsFolder).map(async (folder) => {
    const exports = (await import(`../../src/catalog/permissions/${folder}/entry.ts`)) as Record<string, unknown>;
    const cases = (await import(`../../src/catalog/permissions/${folder}/cases.ts`)) as Pick<EntryFolder, 'samples'> &
      Partial<Pick<EntryFolder, 'refused'>>;
    return {
      folder,
      exports,
      useCase: Object.values(exports)[0] as UseCase,
      samples: cases.samples,
      refused: cases.refused ?? [],
    };
  }),
);
