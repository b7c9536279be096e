import { useCases } from '@postern/core';
import type { Found, Job, Told } from '@postern/detect';

/** What was found, in the words of `postern init`. */
export interface Report {
  /** How much was read and found. */
  readonly summary: string;
  readonly roles: readonly ToldRole[];
  /** What each use case that was found is not for. */
  readonly leftOut: readonly string[];
  readonly notCovered: readonly string[];
  readonly unknown: readonly string[];
  readonly unread: readonly string[];
  /** What is never read. */
  readonly limit: string;
}

/** A role that was found, and the jobs that run under it. */
export interface ToldRole {
  readonly name: string;
  readonly trust: string;
  readonly jobs: readonly ToldJob[];
}

/** A job that was found. */
export interface ToldJob {
  /** Its place in the list of jobs. */
  readonly place: number;
  readonly useCase: string;
  /** Its use case, and how sure that is. */
  readonly title: string;
  /** Where it stands. */
  readonly at: string;
  readonly options: readonly string[];
  /** The options that are still to be answered. */
  readonly open: readonly string[];
}

/** The sentences over the lists of a report. */
export const headings = {
  leftOut: 'What these use cases leave out:',
  notCovered: 'Seen, and no use case covers it:',
  unknown: 'Signs in to AWS, and what it does there is not known:',
  unread: 'Not read, and what it holds is not known:',
} as const;

/** Says what was found. */
export function reportOf(found: Found): Report {
  const { jobs, roles, questions, notCovered, unknown, unread = [], read } = found;
  return {
    summary: `Read ${count(read.length, 'CI file')}: found ${count(jobs.length, 'job')} on AWS under ${count(roles.length, 'role')}, ${count(questions.length, 'question')} left.`,
    roles: roles.map(({ name, trust, jobs: places }) => ({
      name,
      trust: describeTrust(trust),
      jobs: places.map((place) => describeJob(found, place)),
    })),
    leftOut: leftOut(jobs),
    notCovered: notCovered.map(({ what, file, line }) => `${file}:${line} ${what}`),
    unknown: unknown.map(({ what, file, line }) => `${file}:${line} ${what}`),
    unread: unread.map(({ what, file }) => `${file} ${what}`),
    limit: 'Only CI files and the scripts they call are read: what a program asks of AWS through an SDK is not known.',
  };
}

/** What was found, as lines for a person. */
export function linesOf(found: Found): string[] {
  const report = reportOf(found);
  const list = (name: keyof typeof headings) =>
    report[name].length === 0 ? [] : ['', headings[name], ...report[name].map((line) => `  ${line}`)];
  return [
    report.summary,
    ...report.roles.flatMap(({ name, trust, jobs }) => [
      '',
      `Role ${name}`,
      `  trust: ${trust}`,
      ...jobs.flatMap(({ title, at, options, open }) => [
        `  ${title}  ${at}`,
        ...[...options, ...open].map((line) => `    ${line}`),
      ]),
    ]),
    ...list('leftOut'),
    ...list('notCovered'),
    ...list('unknown'),
    ...list('unread'),
    '',
    report.limit,
  ];
}

/** What each use case that was found is not for, such as what a Terraform configuration manages. */
function leftOut(jobs: readonly Job[]): string[] {
  const found = new Set(jobs.map(({ useCase }) => useCase));
  return useCases.filter(({ id }) => found.has(id)).map(({ id, excludes }) => `${id}: ${excludes}`);
}

function describeJob({ jobs, questions }: Found, place: number): ToldJob {
  const job = jobs[place]!;
  return {
    place,
    useCase: job.useCase,
    title: `${job.useCase}${job.certain ? '' : ' (possible)'}`,
    at: placesOf(job),
    options: Object.entries(job.options).map(([name, told]) => `${name}: ${spell(told)}`),
    open: questions
      .filter((question) => question.job === place)
      .map(
        ({ option, from }) =>
          `${option}: ?${from.length === 0 ? '' : ` (from ${from.join(', ')}, not in this repository)`}`,
      ),
  };
}

function placesOf({ at }: Job): string {
  const [first, ...others] = at;
  if (first === undefined) return '';
  return `${first.file}:${first.line}${others.length === 0 ? '' : ` and ${count(others.length, 'more place')}`}`;
}

function spell(told: Told): string {
  return typeof told === 'object' ? told.join(', ') : String(told);
}

function describeTrust({ provider, signsIn, options, open }: Found['roles'][number]['trust']): string {
  const said = Object.entries(options).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? value.join(', ') : String(value)}`,
  );
  return [`${provider}, signs in by ${signsIn}`, ...said, ...open.map((name) => `${name} ?`)].join('; ');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
