import { detections } from '@postern/core/detections';
import { useCases, type Sign, type UseCase } from '@postern/core';
import { otherSystemOf } from './ci/kinds.js';
import { readCi } from './ci/read-ci.js';
import { facts } from './facts/facts.js';
import type { Files } from './files.js';
import type { Found, Job, JobRole, Question, Unread, Unreadable } from './found.js';
import { worksElsewhere } from './match/clouds.js';
import { findJobs, type FoundJob } from './match/found-jobs.js';
import { tellOptions, type JobOptions, type Told } from './match/job-options.js';
import { plainName } from './match/names.js';
import { chainedRoles, notCovered, type NotCovered } from './match/not-covered.js';
import { readOrigin, type TrustOrigin } from './roles/origin.js';
import { signsIn } from './roles/credentials.js';
import { isOtherVendor } from './match/vendors.js';
import { groupRoles } from './roles/roles.js';
import { trustOf } from './roles/trust.js';
import { isUnknown, pattern, settled, type Value } from './values/value.js';

/**
 * Finds the jobs that the CI of a repository does on AWS, the roles they run under, and what it does not say. Nothing is
 * run, nothing is asked of a network.
 * @param files the files of the repository: paths from its root, with slashes, and their texts
 * @param remote the address that the repository was cloned from, which names it for who lets its jobs in
 */
export function detect(files: Files, remote?: string): Found {
  return detectIn(files, undefined, remote);
}

/**
 * Finds the same in one CI file, whose system follows from its path, or from what stands in it.
 * @param files the file, and what else is to be followed from there
 * @param path the CI file
 */
export function detectFile(files: Files, path: string): Found {
  return detectIn(files, path, undefined);
}

function detectIn(files: Files, only: string | undefined, remote: string | undefined): Found {
  const problems: Unreadable[] = [];
  const input = {
    files,
    outputsOf,
    problem: (file: string, line: number, message: string) => problems.push({ file, line, message }),
  };
  const { jobs: cis, read } = readCi(input, only);
  const found: FoundJob[] = [];
  const missed: NotCovered[] = [];
  const unknown: NotCovered[] = [];
  for (const ci of cis) {
    const elsewhere = worksElsewhere(ci);
    const inCi = findJobs(ci, useCases, detections, (kind, event) => (elsewhere ? 'no' : facts[kind]?.(files, event)));
    found.push(...inCi.jobs);
    const missedInCi = [...notCovered(inCi.left, elsewhere), ...chainedRoles(ci.events)];
    for (const { event, name, sign } of inCi.lacking)
      missedInCi.push({ what: `${name.slice(name.indexOf(' ') + 1)}${sign.lacks}`, ...event.event.at });
    missed.push(...missedInCi);
    const isSilent = inCi.jobs.length === 0 && missedInCi.length === 0 && !ci.events.some(isOtherVendor);
    if (isSilent && !elsewhere && signsIn(ci)) unknown.push({ what: ci.name, file: ci.file, line: ci.line });
  }
  const origin = remote === undefined ? undefined : readOrigin(remote);
  const unread = only === undefined ? otherCi(files) : [];
  return { ...report(found, { missed, unknown }, read, problems, origin), ...(unread.length > 0 && { unread }) };
}

/** The files of CI systems that are not read. */
function otherCi(files: Files): Unread[] {
  return [...files.keys()].flatMap((file) => {
    const system = otherSystemOf(file);
    return system === undefined ? [] : [{ what: `is a file of ${system}, which postern does not know`, file }];
  });
}

function report(
  found: readonly FoundJob[],
  { missed, unknown }: { readonly missed: readonly NotCovered[]; readonly unknown: readonly NotCovered[] },
  read: readonly string[],
  problems: readonly Unreadable[],
  origin: TrustOrigin | undefined,
): Found {
  const jobs: Job[] = [];
  const roles: JobRole[] = [];
  const questions: Question[] = [];
  for (const role of groupRoles(found)) {
    const places: number[] = [];
    for (const job of role.jobs) {
      const told = tellOptions(job.useCase, job.gathered, job.sets);
      const place = jobs.length;
      places.push(place);
      jobs.push(jobOf(job, told, role.name));
      questions.push(...told.open.map((option) => questionOf(place, job.useCase, option, told)));
    }
    roles.push({
      name: role.name,
      ...(role.exists && { exists: true }),
      trust: trustOf(role, origin),
      jobs: places,
    });
  }
  return { jobs, roles, questions, notCovered: distinct(missed), unknown: distinct(unknown), read, problems };
}

function jobOf(job: FoundJob, { options, open }: JobOptions, role: string): Job {
  const seen = Object.fromEntries([...job.tells].flatMap(([name, value]) => tell(name, value)));
  return {
    useCase: job.useCase.id,
    certain: job.certain,
    options,
    open,
    at: job.at,
    role,
    ...(Object.keys(seen).length === 0 ? {} : { seen }),
  };
}

function tell(name: string, value: Value): [string, Told][] {
  const told = [
    ...new Set(
      settled(value)
        .filter((text) => !isUnknown(text) && text.length > 0)
        .map(pattern),
    ),
  ];
  if (told.length === 0) return [];
  return [[name, told.length === 1 ? told[0]! : told]];
}

function questionOf(job: number, useCase: UseCase, option: string, { origins }: JobOptions): Question {
  const from = origins[option] ?? [];
  const { help } = useCase.options[option]!;
  return { job, option, ask: `\`${option}\` of ${useCase.id}: ${help}`, from };
}

function distinct(items: readonly NotCovered[]): NotCovered[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

const outputs = new Map<string, Sign['outputs']>(
  Object.values(detections).flatMap(({ signs }) =>
    signs.flatMap((sign) =>
      sign.outputs === undefined ? [] : sign.on.map((name) => [plainName(name), sign.outputs] as const),
    ),
  ),
);

function outputsOf(step: string): Readonly<Record<string, string>> | undefined {
  return outputs.get(plainName(step));
}
