import { readdirSync } from 'node:fs';
import type { RefusedOptions } from '../../../src/catalog/cases.js';
import type { TrustSample } from '../../../src/catalog/tokens.js';
import type { OptionsOf, TrustEntry } from '../../../src/index.js';

const folder = new URL('../../../src/catalog/trust/', import.meta.url);

export type AnyTrustSample = TrustSample<OptionsOf<TrustEntry>>;

/** A trust entry as its folder holds it. */
export interface TrustFolder {
  readonly id: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly entry: TrustEntry;
  readonly samples: readonly AnyTrustSample[];
  readonly refused: readonly RefusedOptions[];
}

/** Every folder under `trust/`, so that a new entry is tested without being named anywhere. */
export const trusts: readonly TrustFolder[] = await Promise.all(
  readdirSync(folder).map(async (id) => {
    const exports = (await import(`../../../src/catalog/trust/${id}/entry.ts`)) as Record<string, unknown>;
    const cases = (await import(`../../../src/catalog/trust/${id}/cases.ts`)) as Pick<TrustFolder, 'samples'> &
      Partial<Pick<TrustFolder, 'refused'>>;
    const entry = Object.values(exports)[0] as TrustEntry;
    return { id, exports, entry, samples: cases.samples, refused: cases.refused ?? [] };
  }),
);
