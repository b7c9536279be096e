import { hasForm, listAtoms, tryBuild, untestedSwitches, type TrustEntry, type UseCase } from '@postern/core';
import type { AnyTrustSample, ProofPlan } from '@postern/proof';
import { digest } from './digest.js';

/**
 * What a proof sees of a use case, as values: in each option cell the policy, what it is without each of its parts, and what
 * the options were read as. Another way to the same policies is no other proof.
 */
export function digestPolicies({ useCase, cells }: Pick<ProofPlan, 'useCase' | 'cells'>): string {
  const atoms = listAtoms(useCase);
  return digest(
    useCase.id,
    Object.entries(useCase.options).map(([name, option]) => [name, hasForm(option) && option.scoped, formOf(option)]),
    atoms.map(({ name, sid, kind, part }) => [name, sid, kind, part]),
    cells.map(({ name, options, only }) => {
      const { document, problems, resolved } = tryBuild(useCase, options);
      const without = atoms
        .filter(({ sid }) => document.Statement.some(({ Sid }) => Sid === sid))
        .map((atom) => [atom.name, tryBuild(atom.without, options).document]);
      return [name, options, only, document, problems, resolved.values, resolved.place, without];
    }),
    untestedSwitches(
      useCase,
      cells.map(({ options }) => options),
    ),
  );
}

/** What a name looks like where a cell leaves it out. */
function formOf(option: UseCase['options'][string]): unknown {
  return hasForm(option) ? [option.required, option.form.example] : undefined;
}

/** What a proof sees of a trust entry: its tokens and calls, and the policies that decide about them. */
export function digestTrust(entry: TrustEntry, samples: readonly AnyTrustSample[]): string {
  const atoms = listAtoms(entry);
  return digest(
    entry.id,
    entry.issuer !== undefined,
    samples.map((sample) => [
      sample,
      tryBuild(entry, sample.options).document,
      atoms.map(({ name, kind, without }) => [name, kind, tryBuild(without, sample.options).document]),
    ]),
  );
}

/** The services whose actions policies of the use case name, by their prefixes in IAM. */
export function servicesInPolicies({ useCase, cells }: Pick<ProofPlan, 'useCase' | 'cells'>): Set<string> {
  const actions = cells.flatMap(({ options }) =>
    tryBuild(useCase, options).document.Statement.flatMap(({ Action }) => Action ?? []),
  );
  return new Set(actions.map((action) => action.split(':')[0]!));
}
