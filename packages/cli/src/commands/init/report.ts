import { useCases } from '@postern/core';
import type { Found, Job, Told } from '@postern/detect';

/** What was found, as lines for a person. */
export function linesOf(found: Found): string[] {
  const { jobs, roles, questions, notCovered, unknown, read } = found;
  return [
    `Read ${count(read.length, 'CI file')}: found ${count(jobs.length, 'job')} on AWS under ${count(roles.length, 'role')}, ${count(questions.length, 'question')} left.`,
    ...roles.flatMap((role) => [
      '',
      `Role ${role.name}`,
      `  trust: ${describeTrust(role.trust)}`,
      ...role.jobs.flatMap((place) => describeJob(found, place)),
    ]),
    ...(jobs.length === 0 ? [] : ['', 'What these use cases leave out:', ...leftOut(jobs)]),
    ...(notCovered.length === 0
      ? []
      : [
          '',
          'Seen, and no use case covers it:',
          ...notCovered.map(({ what, file, line }) => `  ${file}:${line} ${what}`),
        ]),
    ...(unknown.length === 0
      ? []
      : [
          '',
          'Signs in to AWS, and what it does there is not known:',
          ...unknown.map(({ what, file, line }) => `  ${file}:${line} ${what}`),
        ]),
    '',
    'Only CI files and the scripts they call are read: what a program asks of AWS through an SDK is not known.',
  ];
}

/** What each use case that was found is not for, such as what a Terraform configuration manages. */
function leftOut(jobs: readonly Job[]): string[] {
  const found = new Set(jobs.map(({ useCase }) => useCase));
  return useCases.filter(({ id }) => found.has(id)).map(({ id, excludes }) => `  ${id}: ${excludes}`);
}

function describeJob({ jobs, questions }: Found, place: number): string[] {
  const job = jobs[place]!;
  const options = Object.entries(job.options).map(([name, told]) => `    ${name}: ${spell(told)}`);
  const open = questions
    .filter((question) => question.job === place)
    .map(
      ({ option, from }) =>
        `    ${option}: ?${from.length === 0 ? '' : ` (from ${from.join(', ')}, not in this repository)`}`,
    );
  return [`  ${job.useCase}${job.certain ? '' : ' (possible)'}  ${placesOf(job)}`, ...options, ...open];
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
