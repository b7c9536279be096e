import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { OptionsOf, RecordedProof, UseCase } from '@postern/core';

/** The folder with one folder per permissions entry. */
export const permissionsFolder = new URL('../../../packages/core/src/catalog/permissions/', import.meta.url);

/** A sample as `cases.ts` declares it; only what is rendered. */
export interface RenderedSample {
  readonly name: string;
  readonly options: OptionsOf<UseCase>;
  readonly denies: readonly { readonly actions: readonly string[]; readonly why: string }[];
}

/** An entry as its folder holds it. */
export interface Entry {
  readonly id: string;
  readonly useCase: UseCase;
  readonly samples: readonly RenderedSample[];
  /** What recorded runs showed; undefined where there are none yet. */
  readonly proof: RecordedProof | undefined;
}

/** The folder with one folder for each use case that has a proof plan. */
const plansFolder = new URL('../../../packages/sandbox/src/prove/use-cases/', import.meta.url);

/** The ids of the use cases that have a proof plan. */
export function listPlanned(): string[] {
  return readdirSync(plansFolder).sort();
}

const evidenceOf = (id: string) => new URL(`${id}/evidence.json`, permissionsFolder);

export function hasProof(id: string): boolean {
  return existsSync(evidenceOf(id));
}

/** The ids of all entries: the names of their folders, in alphabetical order. */
export function listIds(): string[] {
  return readdirSync(permissionsFolder).sort();
}

/** Loads what the folders hold, without the generated index. */
export async function loadEntries(): Promise<Entry[]> {
  return Promise.all(
    listIds().map(async (id) => {
      const entry = (await import(new URL(`${id}/entry.ts`, permissionsFolder).href)) as Record<string, UseCase>;
      const cases = (await import(new URL(`${id}/cases.ts`, permissionsFolder).href)) as Pick<Entry, 'samples'>;
      const proof = hasProof(id) ? (JSON.parse(readFileSync(evidenceOf(id), 'utf8')) as RecordedProof) : undefined;
      return { id, useCase: entry[exportName(id)]!, samples: cases.samples, proof };
    }),
  );
}

/** `ecr-docker-push` becomes `ecrDockerPush`. */
export function exportName(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
