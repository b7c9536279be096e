import type { RecordedProof } from '../use-case/proof.js';
import type { UseCase } from '../use-case/use-case.js';
import { items, type CatalogItem } from './items.js';
import { entries, recordings, type UseCases } from './modules.js';
import type { TrustEntry } from '../use-case/trust.js';
import { trustItems } from './trust-items.js';
import { trustRecordings, trusts, type TrustEntries } from './trust-modules.js';

export type { CatalogItem } from './items.js';
export type { UseCases } from './modules.js';
export type { TrustEntries } from './trust-modules.js';

/** Every use case, in alphabetical order, without its options and statements. */
export const catalog: readonly CatalogItem[] = items;

/**
 * Loads one use case, and no other. It is equal to the one that `@postern/core` exports, and need not be the same object.
 * @param id as {@link catalog} lists it
 * @returns the entry; undefined where there is none of this id
 */
export function loadUseCase<Id extends keyof UseCases>(id: Id): Promise<UseCases[Id]>;
export function loadUseCase(id: string): Promise<UseCase | undefined>;
export async function loadUseCase(id: string): Promise<UseCase | undefined> {
  return isEntry(id) ? entries[id]() : undefined;
}

/** Every trust entry, in alphabetical order, without its options and statements. */
export const trustCatalog: readonly CatalogItem[] = trustItems;

/**
 * Loads one trust entry, and no other.
 * @param id as {@link trustCatalog} lists it
 * @returns the entry; undefined where there is none of this id
 */
export function loadTrustEntry<Id extends keyof TrustEntries>(id: Id): Promise<TrustEntries[Id]>;
export function loadTrustEntry(id: string): Promise<TrustEntry | undefined>;
export async function loadTrustEntry(id: string): Promise<TrustEntry | undefined> {
  return isTrust(id) ? trusts[id]() : undefined;
}

/**
 * Loads what recorded runs showed of one use case or trust entry.
 * @param id as {@link catalog} or {@link trustCatalog} lists it
 * @returns the record; undefined where there is none
 */
export async function loadProof(id: string): Promise<RecordedProof | undefined> {
  if (Object.hasOwn(trustRecordings, id)) return trustRecordings[id]?.();
  return Object.hasOwn(recordings, id) ? recordings[id]?.() : undefined;
}

function isTrust(id: string): id is keyof TrustEntries {
  return Object.hasOwn(trusts, id);
}

function isEntry(id: string): id is keyof UseCases {
  return Object.hasOwn(entries, id);
}
