import type { Trust } from '../found.js';
import type { CiSystem } from '../event.js';
import { literalsOf, settled } from '../values/value.js';
import type { FoundRole } from './roles.js';

/** The trust entry of a CI system that gives its jobs OIDC tokens. CodeBuild has a role of its own, Jenkins what it runs on. */
const providers: Readonly<Record<CiSystem, string>> = {
  github: 'github-actions',
  gitlab: 'gitlab',
  circleci: 'circleci',
  bitbucket: 'bitbucket-pipelines',
  azure: 'azure-devops',
  buildkite: 'buildkite',
  buildspec: 'codebuild',
  jenkins: 'jenkins',
};

const signIns = { token: 'oidc', keys: 'keys', role: 'role', runner: 'unknown' } as const;

/**
 * Who may take on a role, as far as the CI jobs that use it say: the provider, and what narrows it, in the words of the trust
 * entries. `signsIn` is how the jobs do it today.
 */
export function trustOf({ identity, cis, pullRequests }: FoundRole): Trust {
  const all = (list: (ci: FoundRole['cis'][number]) => readonly string[]) => [...new Set(cis.flatMap(list))];
  const environments = all(({ environment }) => (environment === undefined ? [] : literalsOf(settled(environment))));
  const branches = all(({ triggers }) => triggers.branches);
  const tags = all(({ triggers }) => triggers.tags);
  const system = cis[0]!.system;
  return {
    provider: providers[system],
    signsIn: identity.by === 'runner' && system === 'buildspec' ? 'instance' : signIns[identity.by],
    ...(environments.length === 0 ? {} : { environments }),
    ...(branches.length === 0 ? {} : { branches }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(pullRequests ? { pullRequests: true } : {}),
  };
}
