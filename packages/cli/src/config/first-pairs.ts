import { kindOf, useCases, type AnyEntry } from '@postern/core';
import type { Found, JobRole, Told } from '@postern/detect';

/** Two roles that were found for the same states: pull requests plan, and what is protected applies. */
export interface FoundPair {
  readonly plan: JobRole;
  readonly apply: JobRole;
  /** The jobs that both do, by their places: of the one that applies, and of the one that plans. */
  readonly shared: ReadonlyMap<number, number>;
}

/** The pairs among the roles that were found. Roles that exist keep their names, so that none of them is in a pair. */
export function pairsOf(found: Found): FoundPair[] {
  const taken = new Set<JobRole>();
  return found.roles.flatMap((plan) => {
    if (!letsPullRequestsIn(plan) || plan.exists === true) return [];
    for (const apply of found.roles) {
      if (taken.has(apply) || letsPullRequestsIn(apply) || apply.exists === true) continue;
      const shared = apply.trust.provider === plan.trust.provider ? sharedBy(found, plan, apply) : undefined;
      if (shared === undefined) continue;
      taken.add(apply);
      return [{ plan, apply, shared }];
    }
    return [];
  });
}

function letsPullRequestsIn({ trust: { options } }: JobRole): boolean {
  return options['pullRequests'] === true || options['mergeRequests'] === true;
}

/** What both do; undefined where the one that plans does anything else. */
function sharedBy({ jobs }: Found, plan: JobRole, apply: JobRole): ReadonlyMap<number, number> | undefined {
  const shared = new Map<number, number>();
  for (const planned of plan.jobs) {
    const { useCase, options } = jobs[planned]!;
    if (options['access'] !== 'plan' || !tellsPlanFromApply(useCase)) return undefined;
    const applied = apply.jobs.find((place) => {
      const other = jobs[place]!;
      return (
        other.useCase === useCase &&
        other.options['access'] === 'apply' &&
        !shared.has(place) &&
        areSame(options, other.options)
      );
    });
    if (applied === undefined) return undefined;
    shared.set(applied, planned);
  }
  return shared.size === 0 ? undefined : shared;
}

function tellsPlanFromApply(useCase: string): boolean {
  const entry: AnyEntry | undefined = useCases.find(({ id }) => id === useCase);
  const access = entry?.options['access'];
  const words = access === undefined ? [] : kindOf(access).settings(access);
  return words.includes('plan') && words.includes('apply');
}

type ToldOptions = Readonly<Record<string, Told>>;

function areSame(left: ToldOptions, right: ToldOptions): boolean {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((name) => name !== 'access');
  return names.every((name) => JSON.stringify(left[name]) === JSON.stringify(right[name]));
}
