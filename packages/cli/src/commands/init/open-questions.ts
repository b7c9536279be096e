import { kindOf, trustEntries, tryBuild, useCases, type AnyEntry } from '@postern/core';
import type { Found, Told } from '@postern/detect';

/** Something that the repository does not say, asked once for all that it is the same for. */
export interface OpenQuestion {
  readonly option: string;
  readonly entry: AnyEntry;
  /** Where the value comes from, such as `vars.AWS_REGION`. */
  readonly from: readonly string[];
  /** What the repository says of it: each may be meant, and a `*` stands for what it does not hold. */
  readonly told: readonly string[];
  /** The places of the jobs, and the names of the roles, that the answer is for. */
  readonly jobs: readonly number[];
  readonly roles: readonly string[];
}

/** The questions that are left of what was found, in the order of its roles. */
export function openQuestions(found: Found): OpenQuestion[] {
  const questions = new Map<string, OpenQuestion>();
  const add = (key: string, question: OpenQuestion) => {
    const before = questions.get(key);
    questions.set(
      key,
      before === undefined
        ? question
        : { ...before, jobs: [...before.jobs, ...question.jobs], roles: [...before.roles, ...question.roles] },
    );
  };
  for (const { name, trust, jobs } of found.roles) {
    const entry = (trustEntries as readonly AnyEntry[]).find(({ id }) => id === trust.provider);
    for (const option of entry === undefined ? [] : trust.open.filter((one) => one !== 'partition')) {
      const key = isPlace(option) ? `${option} ` : `${trust.provider} ${option}`;
      add(key, { option, entry: entry!, from: [], told: [], jobs: [], roles: [name] });
    }
    for (const job of jobs) {
      for (const option of found.jobs[job]!.open) {
        const question = ofJob(found, job, option, trust.options);
        if (question !== undefined) add(keyOf(question, job), question);
      }
    }
  }
  return [...questions.values()];
}

function ofJob(found: Found, job: number, option: string, trust: object): OpenQuestion | undefined {
  const { options, useCase } = found.jobs[job]!;
  const entry = useCases.find(({ id }) => id === useCase);
  // A partition follows from a region, and a role that is named by its ARN says its account.
  if (entry === undefined || option === 'partition' || (option === 'account' && 'account' in trust)) return undefined;
  const from = found.questions.find((one) => one.job === job && one.option === option)?.from ?? [];
  const told = [options[option] ?? []].flat().map(String);
  return { option, entry, from, told, jobs: [job], roles: [] };
}

/** Whether it is where things are, which a `postern.yaml` says at its top. */
export function isPlace(option: string): boolean {
  return option === 'account' || option === 'region';
}

function keyOf({ option, entry, from }: OpenQuestion, job: number): string {
  const place = from.join(' ');
  if (isPlace(option)) return `${option} ${place}`;
  return place === '' ? `${job} ${option}` : `${entry.id} ${option} ${place}`;
}

/** What is asked, in a sentence. */
export function messageOf({ option, entry, from, told, jobs, roles }: OpenQuestion): string {
  const whole = jobs.length + roles.length;
  const who = isPlace(option) ? '' : ` of ${entry.id}`;
  const more = whole > 1 ? `, for ${whole} places` : '';
  const said = told.length === 0 ? '' : ` The CI files say ${told.map((one) => `\`${one}\``).join(' or ')}.`;
  const origin = from.length === 0 ? '' : ` It comes from ${from.join(', ')}.`;
  return `${option}${who}${more}: ${entry.options[option]!.help}${said}${origin}`;
}

/** The values that an option may have, where they are few. */
export function choicesOf({ entry, option }: OpenQuestion): readonly (string | boolean)[] {
  const declared = entry.options[option]!;
  return kindOf(declared)
    .settings(declared)
    .filter((setting) => setting !== null);
}

/** The value that a text is, or what is wrong with it. */
export function readAnswer(
  { entry, option }: OpenQuestion,
  text: string,
): { readonly value: Told } | { readonly problem: string } {
  const declared = entry.options[option]!;
  const { several } = kindOf(declared);
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const value = several ? items : text.trim();
  const others = Object.entries(entry.options).flatMap(([name, other]) =>
    name !== option && kindOf(other).isRequired(other) ? [[name, kindOf(other).example(other)]] : [],
  );
  const { problems } = tryBuild(entry, { ...Object.fromEntries(others), [option]: value });
  const problem = problems.find(({ path }) => path.split(/[.[]/, 1)[0] === option);
  return problem === undefined ? { value } : { problem: problem.message };
}

/** What was found, with answers in it. */
export function withAnswers(found: Found, answers: ReadonlyMap<OpenQuestion, Told>): Found {
  const ofJobs = new Map<number, Record<string, Told>>();
  const ofRoles = new Map<string, Record<string, Told>>();
  for (const [{ option, jobs, roles }, value] of answers) {
    for (const job of jobs) ofJobs.set(job, { ...ofJobs.get(job), [option]: value });
    for (const role of roles) ofRoles.set(role, { ...ofRoles.get(role), [option]: value });
  }
  const isOpen = (given: Readonly<Record<string, Told>>) => (option: string) => !Object.hasOwn(given, option);
  return {
    ...found,
    jobs: found.jobs.map((job, place) => {
      const given = ofJobs.get(place) ?? {};
      return { ...job, options: { ...job.options, ...given }, open: job.open.filter(isOpen(given)) };
    }),
    roles: found.roles.map((role) => {
      const given = ofRoles.get(role.name) ?? {};
      const { trust } = role;
      return {
        ...role,
        trust: { ...trust, options: { ...trust.options, ...given }, open: trust.open.filter(isOpen(given)) },
      };
    }),
    questions: found.questions.filter(
      ({ job, option }) => job === undefined || !Object.hasOwn(ofJobs.get(job) ?? {}, option),
    ),
  };
}
