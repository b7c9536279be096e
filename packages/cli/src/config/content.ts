import type { Found } from '@postern/detect';
import { jobLines, keyOf, pairLines, roleLines, type PlaceTexts } from './first-file.js';
import type { Proposal } from './proposal.js';
import { yamlValue } from './yaml-value.js';

/**
 * What a proposal adds, as it stands in a `postern.yaml` of two blanks a level.
 * @param places account and region that the file says for all
 */
export function linesOfProposal(found: Found, proposal: Proposal, places: PlaceTexts): string[] {
  if (proposal.what === 'useCase') return jobLines(found, proposal.job, places);
  if (proposal.what === 'role') {
    const { pair, role } = proposal;
    return pair === undefined ? roleLines(found, role, places) : pairLines(found, pair, places);
  }
  return [`  ${proposal.option}: ${yamlValue(proposal.value)}`];
}

/** What a proposal is about, in a line. */
export function titleOf(found: Found, proposal: Proposal): string {
  const { role, what } = proposal;
  if (what === 'role') return 'A role that is not in it:';
  if (what === 'useCase') return `In the role ${role.name}, a use case that is not in it:`;
  if (what === 'trust') return `${proposal.path}: the jobs of the role ${role.name} run by, and it does not let in:`;
  const { at, useCase } = found.jobs[proposal.job!]!;
  const [site] = at;
  const says = site === undefined ? 'the CI files say' : `${site.file}:${site.line} says`;
  return `${proposal.path}: ${says} of ${useCase}:`;
}

/** Lines from the left edge: without what all of them are indented by. */
export function fromLeft(lines: readonly string[]): string[] {
  const least = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(least));
}

/** The name of the role in the file. */
export function roleKey({ pair, role }: Extract<Proposal, { what: 'role' }>): string {
  return keyOf((pair?.apply ?? role).name);
}
