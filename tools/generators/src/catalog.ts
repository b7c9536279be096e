import { existsSync, readFileSync } from 'node:fs';
import type { OptionsOf, RecordedProof, TrustEntry, UseCase } from '@postern/core';
import {
  evidenceOf,
  exportName,
  listIds,
  listTrustIds,
  permissionsFolder,
  trustEvidenceOf,
  trustExportName,
  trustFolder,
} from './folders.js';
import { describeMisnamed } from './names.js';

/** A sample as `cases.ts` declares it; only what is rendered. */
export interface RenderedSample {
  readonly name: string;
  readonly options: OptionsOf<UseCase>;
  readonly denies: readonly { readonly actions: readonly string[]; readonly why: string }[];
}

/** An entry as its folder holds it. */
export interface FoundEntry {
  readonly id: string;
  readonly useCase: UseCase;
  readonly samples: readonly RenderedSample[];
  /** What recorded runs showed; undefined where there are none yet. */
  readonly proof: RecordedProof | undefined;
}

/**
 * Loads what the folders hold, without the generated index.
 * @throws {Error} where a folder, its entry's id and its export have different names
 */
export async function loadEntries(): Promise<FoundEntry[]> {
  return Promise.all(
    listIds().map(async (id) => {
      const entry = (await import(new URL(`${id}/entry.ts`, permissionsFolder).href)) as Record<string, UseCase>;
      const cases = (await import(new URL(`${id}/cases.ts`, permissionsFolder).href)) as Pick<FoundEntry, 'samples'>;
      const useCase = entry[exportName(id)];
      if (useCase?.id !== id) throw new Error(describeMisnamed(id));
      return { id, useCase, samples: cases.samples, proof: readProof(evidenceOf(id)) };
    }),
  );
}

/** A sample of a trust entry; only what is rendered. */
export interface RenderedTrustSample {
  readonly name: string;
  readonly options: OptionsOf<TrustEntry>;
  readonly alike?: readonly { readonly why: string }[];
}

/** A trust entry as its folder holds it. */
export interface FoundTrust {
  readonly id: string;
  readonly entry: TrustEntry;
  readonly samples: readonly RenderedTrustSample[];
  readonly proof: RecordedProof | undefined;
}

/**
 * Loads what the folders of `trust/` hold, without the generated index.
 * @throws {Error} where a folder, its entry's id and its export have different names
 */
export async function loadTrusts(): Promise<FoundTrust[]> {
  return Promise.all(
    listTrustIds().map(async (id) => {
      const exports = (await import(new URL(`${id}/entry.ts`, trustFolder).href)) as Record<string, TrustEntry>;
      const cases = (await import(new URL(`${id}/cases.ts`, trustFolder).href)) as Pick<FoundTrust, 'samples'>;
      const entry = exports[trustExportName(id)];
      if (entry?.id !== id) throw new Error(describeMisnamed(id, trustExportName(id)));
      return { id, entry, samples: cases.samples, proof: readProof(trustEvidenceOf(id)) };
    }),
  );
}

function readProof(file: URL): RecordedProof | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RecordedProof) : undefined;
}
