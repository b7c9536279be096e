import { trustEntries, useCases } from '@postern/core';
import type { SortedWords } from './line.js';

/**
 * What may stand in a place of the command line, for completion.
 * @param line what stands before it
 * @returns words, and {@link anyFile} where any file may stand; none where nothing is known
 */
export type Offer = (line: SortedWords) => readonly string[] | Promise<readonly string[]>;

/** Stands for the files that the shell finds. */
export const anyFile = ':files';

/** Any file may stand there. */
export const files: Offer = () => [anyFile];

/** Nothing is known of what may stand there. */
export const nothing: Offer = () => [];

/** The ids of the use cases. */
export const useCaseIds: Offer = () => useCases.map(({ id }) => id);

/** The name of a use case, and nothing behind it: the flags follow. */
export const oneUseCase: Offer = ({ operands }) => (operands.length === 0 ? useCases.map(({ id }) => id) : []);

/** The ids of the use cases and of the trust entries. */
export const everyId: Offer = () => [...useCases, ...trustEntries].map(({ id }) => id);

/** The name of a trust entry, and nothing behind it: the flags follow. */
export const oneTrust: Offer = ({ operands }) => (operands.length === 0 ? trustEntries.map(({ id }) => id) : []);
