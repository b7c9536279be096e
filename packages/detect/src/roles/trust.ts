import type { Trust } from '../found.js';
import { literalsOf, settled } from '../values/value.js';
import type { FoundRole } from './roles.js';

/** Who may take on a role, as far as the CI jobs that use it say. */
export function trustOf({ identity, cis, pullRequests }: FoundRole): Trust {
  const all = (list: (ci: FoundRole['cis'][number]) => readonly string[]) => [...new Set(cis.flatMap(list))];
  const environments = all(({ environment }) => (environment === undefined ? [] : literalsOf(settled(environment))));
  const branches = all(({ triggers }) => triggers.branches);
  const tags = all(({ triggers }) => triggers.tags);
  return {
    provider: cis[0]!.system,
    by: identity.by,
    ...(environments.length === 0 ? {} : { environments }),
    ...(branches.length === 0 ? {} : { branches }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(pullRequests ? { pullRequests: true } : {}),
  };
}
