import type { JobRole, Told } from '@postern/detect';
import type { FoundPair } from './first-pairs.js';

/** A role that is not in the file; with a pair, the two that are one there. */
export interface NewRole {
  readonly what: 'role';
  readonly role: JobRole;
  readonly pair: FoundPair | undefined;
}

/** A use case that no role of the file has for the job. */
export interface NewUseCase {
  readonly what: 'useCase';
  readonly role: JobRole;
  readonly job: number;
  /** The role of the file, or the half of a pair there, by its path; undefined where several may be meant. */
  readonly into: string | undefined;
}

/** What the CI files say of an option, and the file does not. */
export interface NewOption {
  readonly what: 'option' | 'trust';
  readonly role: JobRole;
  /** Undefined of a trust entry. */
  readonly job: number | undefined;
  readonly option: string;
  /** All that the CI files say. */
  readonly value: Told;
  /** What of it the file has not. */
  readonly lacking: readonly (string | boolean)[];
  /** Where the entry stands in the file, the first of several. */
  readonly path: string;
  /** Whether the file has one such entry, so that no other may be meant. */
  readonly isOnly: boolean;
}

/** Something that the CI files say and a `postern.yaml` does not. */
export type Proposal = NewRole | NewUseCase | NewOption;

/** What tells a proposal from others of the same file. */
export function keyOfProposal(proposal: Proposal): string {
  const { role, what } = proposal;
  const more = what === 'role' ? [] : what === 'useCase' ? [proposal.job] : [proposal.job ?? '', proposal.option];
  return [what, role.name, ...more].join('\n');
}
