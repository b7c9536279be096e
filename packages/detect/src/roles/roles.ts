import type { FoundJob } from '../match/found-jobs.js';
import { mergeGathered } from '../match/job-options.js';
import { widerSets } from '../match/wider.js';
import type { CiJob, CiEvent, Site } from '../event.js';
import { literalsOf, oneOf, pattern, settled, type Value } from '../values/value.js';
import { firstIdentity, identityBehind, keyOf, type Identity } from './credentials.js';

/** One identity with what runs under it. */
export interface FoundRole {
  name: string;
  exists: boolean;
  readonly identity: Identity;
  readonly pullRequests: boolean;
  readonly cis: CiJob[];
  readonly jobs: FoundJob[];
  readonly at: Site;
}

/** The identity under which each event of a CI job happens. */
function identitiesOf(ci: CiJob): (event: CiEvent) => Identity {
  let identity = firstIdentity(ci.events, ci.names);
  const byEvent = new Map<CiEvent, Identity>();
  for (const event of ci.events) {
    byEvent.set(event, identity);
    identity = identityBehind(event, identity) ?? identity;
  }
  return (event) => byEvent.get(event) ?? identity;
}

/** Puts jobs under roles: one for each identity, and pull requests always apart from what deploys. */
export function groupRoles(found: readonly FoundJob[]): FoundRole[] {
  const roles = new Map<string, FoundRole>();
  for (const job of found) {
    const shown = job.claims.find(({ sign }) => sign.strength !== 'part') ?? job.claims[0]!;
    const identity = identitiesOf(job.ci)(shown.event.event);
    const { pullRequests } = job.ci.triggers;
    const environment = job.ci.environment === undefined ? '' : settled(job.ci.environment).map(pattern).join(' ');
    const named = identity.role !== undefined && literalsOf(settled(identity.role)).length === 1;
    const key = JSON.stringify([
      job.ci.system,
      keyOf(identity),
      pullRequests,
      named ? '' : environment,
      job.ci.system === 'github' ? '' : job.ci.file,
    ]);
    const role = roles.get(key) ?? {
      name: '',
      exists: false,
      identity,
      pullRequests,
      cis: [],
      jobs: [],
      at: shown.event.event.at,
    };
    if (!role.cis.includes(job.ci)) role.cis.push(job.ci);
    const merged = role.jobs.findIndex((other) => other.useCase === job.useCase && mergeJobs(other, job) !== undefined);
    if (merged < 0) role.jobs.push(job);
    else role.jobs[merged] = mergeJobs(role.jobs[merged]!, job)!;
    roles.set(key, role);
  }
  const list = [...roles.values()];
  nameRoles(list);
  return list;
}

function mergeJobs(left: FoundJob, right: FoundJob): FoundJob | undefined {
  const gathered = mergeGathered(left.useCase, left.gathered, right.gathered, true);
  if (gathered === undefined) return undefined;
  const tells = new Map(left.tells);
  for (const [name, value] of right.tells) tells.set(name, tells.has(name) ? oneOf([tells.get(name)!, value]) : value);
  const sets = widerSets(left.useCase, left.sets, right.sets);
  if (sets === undefined) return undefined;
  const at = new Map([...left.at, ...right.at].map((site) => [`${site.file}:${site.line}`, site]));
  return {
    ...left,
    gathered,
    tells,
    sets,
    certain: left.certain || right.certain,
    claims: [...left.claims, ...right.claims],
    at: [...at.values()],
  };
}

/** Roles that exist keep their names; others are named after their file and environment. */
function nameRoles(roles: readonly FoundRole[]): void {
  const taken = new Set<string>();
  for (const role of roles) {
    const own = nameOfRole(role.identity.role);
    const base = own ?? inventedName(role);
    role.exists = own !== undefined;
    const wanted = taken.has(base) && role.pullRequests ? `${base}-pull-requests` : base;
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
    taken.add(name);
    role.name = name;
  }
}

function nameOfRole(role: Value | undefined): string | undefined {
  const names = (role === undefined ? [] : settled(role)).map(
    (text) =>
      pattern(text)
        .split(/:role\/|^role\//)
        .at(-1)!
        .split('/')
        .at(-1)!,
  );
  const [name] = names;
  return names.length === 1 && name !== undefined && /^[\w+=,.@-]{1,64}$/.test(name) ? name : undefined;
}

function inventedName({ cis, pullRequests }: FoundRole): string {
  const [ci] = cis;
  const stem = ci!.file
    .split('/')
    .at(-1)!
    .replace(/\.[^.]*$/, '')
    .replace(/^\./, '');
  const environment = (ci!.environment === undefined ? [] : literalsOf(settled(ci!.environment))).filter(
    (name) => name !== '',
  );
  const parts = [stem, ...(environment.length === 1 ? environment : []), ...(pullRequests ? ['pull-requests'] : [])];
  return parts
    .join('-')
    .replace(/[^\w+=,.@-]+/g, '-')
    .slice(0, 64);
}
