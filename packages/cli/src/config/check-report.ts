import type { TextPlace } from '@postern/core';
import type { Found, Question } from '@postern/detect';
import { valueOf } from './add-proposal.js';
import type { OpenedFile } from './open-file.js';
import type { Proposal } from './proposal.js';
import { entriesIn, ownRoles, proposalsFor, unneededIn } from './propose.js';

/** A line of a CI file. */
interface Site {
  readonly file: string;
  readonly line: number;
}

/** Something that the CI files say and the file does not. */
export interface NotGiven {
  /** A whole role, a use case of a role, an option of a use case, or what the trust of a role does not let in. */
  readonly what: 'role' | 'useCase' | 'option' | 'trust';
  /** The role as the CI files have it. */
  readonly role: string;
  /** The id of the use case, or of the trust entry. */
  readonly entry?: string;
  readonly option?: string;
  /** What would be written: a role, the options of a use case, or the value of an option. */
  readonly value: unknown;
  /** Where it would stand in the file, such as `roles.deploy.permissions`; absent where that is not certain. */
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  /** Where the CI files say it. */
  readonly at: readonly Site[];
}

/** A use case of the file that no job of the CI files is seen to need. */
export interface Unneeded extends TextPlace {
  readonly entry: string;
  readonly path: string;
}

/** What `postern init --check --json` prints. */
export interface CheckReport {
  /** The path of the `postern.yaml`. */
  readonly file: string;
  readonly missing: readonly NotGiven[];
  readonly unneeded: readonly Unneeded[];
  /** What neither the repository nor the file says. */
  readonly questions: readonly Question[];
  readonly notCovered: Found['notCovered'];
  readonly unknown: Found['unknown'];
  /** What was not read; absent where there is nothing of it. */
  readonly unread?: NonNullable<Found['unread']>;
}

/** How the CI files and a `postern.yaml` that is there stand to each other. */
export function checkReport(found: Found, file: OpenedFile): CheckReport {
  return {
    file: file.name,
    missing: proposalsFor(found, file.roles).map((one) => missingOf(found, file, one)),
    unneeded: unneededIn(found, file.roles).map(({ entry, path }) => ({
      entry: entry.id,
      path,
      ...file.placeOf(path),
    })),
    questions: found.questions.filter((one) => !isAnswered(found, file, one)),
    notCovered: found.notCovered,
    unknown: found.unknown,
    ...(found.unread && { unread: found.unread }),
  };
}

function missingOf(found: Found, file: OpenedFile, proposal: Proposal): NotGiven {
  const { role, what } = proposal;
  const value = valueOf(found, proposal, file);
  const at = (jobs: readonly number[]) => jobs.flatMap((job) => found.jobs[job]!.at);
  const placed = (path: string | undefined) => (path === undefined ? {} : { path, ...file.placeOf(path) });
  if (what === 'role') return { what, role: role.name, value, ...placed('roles'), at: at(role.jobs) };
  if (what === 'useCase') {
    const { into, job } = proposal;
    const path = into === undefined ? undefined : `${into}.permissions`;
    return { what, role: role.name, entry: found.jobs[job]!.useCase, value, ...placed(path), at: at([job]) };
  }
  const { job, option, path } = proposal;
  const entry = job === undefined ? role.trust.provider : found.jobs[job]!.useCase;
  const sites = at(job === undefined ? role.jobs : [job]);
  return { what, role: role.name, entry, option, value, ...placed(path), at: sites };
}

/** Whether the file says what the repository does not. */
function isAnswered({ jobs, roles }: Found, file: OpenedFile, { job, option, role }: Question): boolean {
  const named = roles.find(({ name }) => name === (job === undefined ? role : jobs[job]!.role));
  const own = named === undefined ? [] : ownRoles(named, file.roles);
  const among = own.length > 0 ? own : file.roles;
  const places = among.map(({ settings }) => settings);
  const isPlace = ['account', 'region', 'partition'].includes(option);
  const isPlaced = places.some(
    (one) => one[option] !== undefined || (option === 'partition' && one['region'] !== undefined),
  );
  if (isPlace && isPlaced) return true;
  const entries =
    job === undefined
      ? among.flatMap(({ halves, trust }) => [...trust, ...(halves?.plan.trust ?? []), ...(halves?.apply.trust ?? [])])
      : entriesIn(among).filter(({ entry }) => entry.id === jobs[job]!.useCase);
  return entries.some(({ options }) => options[option] !== undefined);
}
