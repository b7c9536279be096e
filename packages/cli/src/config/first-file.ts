import { takesSeveral, trustEntries, useCases, visible, type AnyEntry } from '@postern/core';
import type { Found, Job, JobRole, Told } from '@postern/detect';
import { pairsOf, type FoundPair } from './first-pairs.js';
import { yamlValue } from './yaml-value.js';

const placeNames = ['account', 'region'] as const;

/** What is said where no file is written. */
export const noRole = 'No postern.yaml is written: no role that a CI job has on AWS was found.';

/**
 * The text of a first `postern.yaml`: what was found, each with where it comes from, and what is open as comments.
 * @param schema its first line, which tells editors of its schema
 */
export function firstFile(found: Found, schema: string): string {
  const places = commonPlaces(found);
  const lines = [
    schema,
    `# Written by \`postern init\`. What is not in the repository stands in comments: answer it, then run \`postern build\`.`,
    'version: 1',
    ...placeNames.map((name) =>
      places[name] === undefined
        ? `# ${name}: # required where the roles are made; for several, write \`environments\`${fromOf(found, name)}`
        : `${name}: ${yamlValue(places[name])}`,
    ),
    'roles:',
    ...roleLinesOf(found, places),
    ...(found.notCovered.length === 0
      ? []
      : [
          '# Seen, and no use case covers it:',
          ...found.notCovered.map(({ what, file, line }) => comment(`  ${file}:${line} ${what}`)),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Every role, and what plans and what applies the same states as a pair. */
function roleLinesOf(found: Found, places: PlaceTexts): string[] {
  const pairs = pairsOf(found);
  return found.roles.flatMap((role) => {
    const pair = pairs.find(({ plan, apply }) => plan === role || apply === role);
    if (pair === undefined) return roleLines(found, role, places);
    return pair.apply === role ? pairLines(found, pair, places) : [];
  });
}

/**
 * The lines of one role under `roles`.
 * @param places account and region that the file says for all
 */
export function roleLines(found: Found, role: JobRole, places: PlaceTexts): string[] {
  const key = keyOf(role.name);
  return [
    `  ${yamlValue(key)}:`,
    ...(key === role.name ? [] : [`    roleName: ${yamlValue(role.name)}`]),
    ...trustBlock(found, role, '    ', places),
    '    permissions:',
    ...role.jobs.flatMap((index) => jobLines(found, index, places)),
  ];
}

/** The lines of a pair of roles under `roles`. */
export function pairLines(found: Found, { plan, apply, shared }: FoundPair, places: PlaceTexts): string[] {
  const own = apply.jobs.filter((index) => !shared.has(index));
  const deeper = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  return [
    comment('a pair of roles: pull requests may only plan', '  '),
    `  ${yamlValue(keyOf(apply.name))}:`,
    '    plan:',
    ...trustBlock(found, plan, '      ', places),
    '    apply:',
    ...trustBlock(found, apply, '      ', places),
    ...(own.length === 0
      ? []
      : ['      permissions:', ...deeper(own.flatMap((index) => jobLines(found, index, places)))]),
    '    permissions:',
    ...[...shared].flatMap(([applied, planned]) => jobLines(together(found, applied, planned), applied, places)),
  ];
}

/** What was found, with one job for two of which each half of a pair does one: its access follows from the half. */
function together(found: Found, applied: number, planned: number): Found {
  const options = Object.fromEntries(
    Object.entries(found.jobs[applied]!.options).filter(([name]) => name !== 'access'),
  );
  const at = [...found.jobs[planned]!.at, ...found.jobs[applied]!.at];
  return { ...found, jobs: found.jobs.map((job, place) => (place === applied ? { ...job, options, at } : job)) };
}

function trustBlock(found: Found, role: JobRole, indent: string, places: PlaceTexts): string[] {
  const origin = role.trust.fromRemote === true ? '; the repository is the remote `origin`' : '';
  return [
    'trust:',
    `  # ${describeSignIn(role)}${origin}`,
    `  ${role.trust.provider}:`,
    ...trustLines(found, role, places),
  ].map((line) => `${indent}${line}`);
}

/**
 * The lines of one use case under `permissions`.
 * @param places account and region that the file says for all
 */
export function jobLines(found: Found, index: number, places: PlaceTexts): string[] {
  const job = found.jobs[index]!;
  const entry = useCases.find(({ id }) => id === job.useCase);
  const sites = job.at.map(({ file, line }) => `${file}:${line}`);
  const more = sites.length > 5 ? ` and ${sites.length - 5} more places` : '';
  const written = Object.entries(job.options)
    .filter(([name, value]) => !isCommon(places, name, value) && !job.open.includes(name))
    .map(([name, value]) => optionLine(entry, name, value));
  const open = job.open
    .filter((name) => !isPlace(name))
    .map((name) => openLine(found, name, entry, job.options[name], (question) => question.job === index));
  return [
    ...(entry === undefined ? [] : [comment(entry.excludes, '      ')]),
    comment(`${job.certain ? '' : 'possible: '}${sites.slice(0, 5).join(', ')}${more}`, '      '),
    `      - ${job.useCase}:`,
    ...[...written, ...open].map((line) => `          ${line}`),
  ];
}

/** What a role is called in the file. */
export function keyOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return plain === '' ? 'role' : plain.slice(0, 64);
}

/** Whether it lets pull requests in, and its jobs only read: pull requests run code that nobody has reviewed. */
function readsOnly({ jobs }: Found, { trust, jobs: own }: JobRole): boolean {
  if (trust.options['pullRequests'] !== true && trust.options['mergeRequests'] !== true) return false;
  return own.every((place) => ['read', 'plan', 'preview'].includes(String(jobs[place]!.options['access'])));
}

function trustLines(found: Found, role: JobRole, places: PlaceTexts): string[] {
  const { name, trust } = role;
  const entry = (trustEntries as readonly AnyEntry[]).find(({ id }) => id === trust.provider);
  const written = Object.entries(trust.options)
    .filter(([option, value]) => !isCommon(places, option, value))
    .map(([option, value]) => optionLine(entry, option, value as Told));
  const open = trust.open
    .filter((option) => !Object.hasOwn(trust.options, option) && !isPlace(option))
    .map((option) => openLine(found, option, entry, undefined, (question) => question.role === name));
  const reads = readsOnly(found, role) && entry !== undefined && Object.hasOwn(entry.options, 'access');
  return [...written, ...(reads ? ['access: read'] : []), ...open].map((line) => `    ${line}`);
}

function describeSignIn({ trust: { signsIn } }: JobRole): string {
  if (signsIn === 'oidc') return 'the jobs sign in by a token';
  if (signsIn === 'unknown') return 'how the jobs sign in is not in the repository';
  return `the jobs sign in by ${signsIn === 'keys' ? 'keys today, which tokens replace' : signsIn}`;
}

/** An option with its value; where one value is to be given and each of several may occur, that is a question. */
function optionLine(entry: AnyEntry | undefined, name: string, value: Told): string {
  if (entry === undefined || !Object.hasOwn(entry.options, name)) return comment(`${name}: ${yamlValue(value)}`);
  if (!Array.isArray(value) || takesSeveral(entry.options, name)) return `${name}: ${yamlValue(value)}`;
  if (value.length === 1) return `${name}: ${yamlValue(value[0])}`;
  return comment(`${name}: # required: one of ${value.map((one: unknown) => yamlValue(one)).join(', ')}`);
}

function openLine(
  { questions }: Found,
  name: string,
  entry: AnyEntry | undefined,
  told: Told | undefined,
  isAsked: (question: Found['questions'][number]) => boolean,
): string {
  const question = questions.find((one) => one.option === name && isAsked(one));
  const help =
    entry !== undefined && Object.hasOwn(entry.options, name) ? entry.options[name]!.help : 'not in the repository';
  const from = question === undefined || question.from.length === 0 ? '' : ` (from ${question.from.join(', ')})`;
  return comment(
    `${name}: ${told === undefined ? '' : `${yamlValue(told)} `}# required: ${question?.ask ?? help}${from}`,
  );
}

/** What the top of the file says, or what follows from it. */
function isPlace(name: string): boolean {
  return ['account', 'region', 'partition'].includes(name);
}

/** A comment, on one line whatever is in it. */
function comment(text: string, indent = ''): string {
  return `${indent}# ${visible(text)}`;
}

/** What a file says of all its roles. */
export type PlaceTexts = Partial<Record<(typeof placeNames)[number], string>>;

/** The account of the roles, where their ARNs say one; else account and region where all jobs that say one say the same. */
function commonPlaces({ jobs, roles }: Found): PlaceTexts {
  return Object.fromEntries(
    placeNames.flatMap((name) => {
      const ofRoles = new Set(roles.flatMap(({ trust }) => (name === 'account' ? accountsIn(trust.options) : [])));
      const said = ofRoles.size > 0 ? ofRoles : new Set(jobs.flatMap((job) => placesIn(job, name)));
      const [only] = said;
      return said.size === 1 && only !== undefined ? [[name, only]] : [];
    }),
  );
}

/** Whether the top of the file says it already. */
function isCommon(places: PlaceTexts, name: string, value: unknown): boolean {
  return placeNames.some(
    (one) => one === name && places[one] !== undefined && [value].flat().every((v) => v === places[one]),
  );
}

function accountsIn({ account }: JobRole['trust']['options']): string[] {
  return typeof account === 'string' ? [account] : [];
}

function placesIn({ open, options }: Job, name: string): string[] {
  if (open.includes(name)) return [];
  return [options[name] ?? []].flat().map(String);
}

function fromOf({ questions }: Found, name: string): string {
  const from = new Set(questions.filter(({ option }) => option === name).flatMap((question) => question.from));
  return from.size === 0 ? '' : visible(` (from ${[...from].join(', ')})`);
}
