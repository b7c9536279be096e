import type { Found, Job, Told } from '@postern/detect';

/** What was found, as lines for a person. */
export function linesOf(found: Found): string[] {
  const { jobs, roles, questions, notCovered, read } = found;
  return [
    `Read ${count(read.length, 'CI file')}: found ${count(jobs.length, 'job')} on AWS under ${count(roles.length, 'role')}, ${count(questions.length, 'question')} left.`,
    ...roles.flatMap((role) => [
      '',
      `Role ${role.name}`,
      `  trust: ${describeTrust(role.trust)}`,
      ...role.jobs.flatMap((place) => describeJob(found, place)),
    ]),
    ...(notCovered.length === 0
      ? []
      : [
          '',
          'Seen, and no use case covers it:',
          ...notCovered.map(({ what, file, line }) => `  ${file}:${line} ${what}`),
        ]),
  ];
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
