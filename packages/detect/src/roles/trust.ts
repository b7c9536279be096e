import { trustEntries, type TrustEntry } from '@postern/core';
import type { CiSystem } from '../event.js';
import type { Trust } from '../found.js';
import { missingOptions } from '../match/missing-options.js';
import { literalsOf, pattern, settled } from '../values/value.js';
import type { TrustOrigin } from './origin.js';
import type { FoundRole } from './roles.js';

/** The trust entry of each CI system. */
const providers: Readonly<Record<CiSystem, string>> = {
  github: 'github-actions',
  gitlab: 'gitlab',
  circleci: 'circleci',
  bitbucket: 'bitbucket-pipelines',
  azure: 'azure-devops',
  buildkite: 'buildkite',
  buildspec: 'codebuild',
  jenkins: 'jenkins-oidc',
};

/** Account and partition of a role that is named by its ARN. */
function placeOf({ role }: FoundRole['identity']): { readonly account?: string; readonly partition?: string } {
  const [arn, another] = role === undefined ? [] : settled(role).map(pattern);
  const [, partition, account] = /^arn:(aws[a-z-]*):iam::(\d{12}):role\//.exec(arn ?? '') ?? [];
  if (partition === undefined || account === undefined || another !== undefined) return {};
  return { account, ...(partition === 'aws' ? {} : { partition }) };
}

const signIns = { token: 'oidc', keys: 'keys', role: 'role', runner: 'unknown' } as const;

/** Who may take on a role, as far as the CI jobs that use it say, in the options of the trust entry of their CI system; the repository is named as its remote names it. */
export function trustOf({ identity, cis, pullRequests }: FoundRole, origin: TrustOrigin | undefined): Trust {
  const all = (list: (ci: FoundRole['cis'][number]) => readonly string[]) => [...new Set(cis.flatMap(list))];
  const system = cis[0]!.system;
  const provider = providers[system];
  const entry = (trustEntries as readonly TrustEntry[]).find(({ id }) => id === provider);
  // An environment without a name is none.
  const environments = all(({ environment }) =>
    environment === undefined ? [] : literalsOf(settled(environment)).filter((name) => name !== ''),
  );
  const said: Record<string, readonly string[] | string | true> = {
    ...(origin?.provider === provider ? origin.options : {}),
    ...placeOf(identity),
    environments,
    branches: all(({ triggers }) => triggers.branches),
    tags: all(({ triggers }) => triggers.tags),
    ...(pullRequests ? { pullRequests: true, mergeRequests: true } : {}),
  };
  const options = Object.fromEntries(
    Object.entries(said).filter(
      ([name, value]) =>
        entry !== undefined && Object.hasOwn(entry.options, name) && (value === true || value.length > 0),
    ),
  );
  return {
    provider,
    signsIn: identity.by === 'runner' && system === 'buildspec' ? 'role of the project' : signIns[identity.by],
    options,
    open: entry === undefined ? [] : missingOptions(entry, options, new Set()),
    ...(origin?.provider === provider ? { fromRemote: true } : {}),
    ...(environments.length === 0 ? {} : { environments }),
  };
}
