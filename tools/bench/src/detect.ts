/*
 * How much of what is known of CI files `postern init` finds: `npm run bench:detect -- FILE`, where FILE has one JSON object a
 * line: id, kind, text, labels, maybe, negative. It prints recall, precision and options, and every miss.
 */
import { readFileSync } from 'node:fs';
import { catalog } from '@postern/core/catalog';
import { detect, type Found, type Job } from '@postern/detect';

interface Label {
  readonly job: string;
  readonly where: readonly (readonly [number, number])[];
  readonly how: string;
  readonly options: Readonly<Record<string, unknown>>;
}

interface LabelledText {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly negative: boolean;
  readonly labels: readonly Label[];
  readonly maybe: readonly Label[];
}

const paths: Readonly<Record<string, string>> = {
  github: '.github/workflows/ci.yml',
  gitlab: '.gitlab-ci.yml',
  circleci: '.circleci/config.yml',
  bitbucket: 'bitbucket-pipelines.yml',
  buildspec: 'buildspec.yml',
  jenkins: 'Jenkinsfile',
  azure: 'azure-pipelines.yml',
  buildkite: '.buildkite/pipeline.yml',
};

/** Words of the labels that the catalog has others for. */
const names: Readonly<Record<string, string>> = {
  'static-site': 'static-site-s3-cloudfront',
  'cloudfront-invalidation': 'static-site-s3-cloudfront',
  's3-artifacts': 's3-build-cache',
  'ssm-parameter-read': 'secrets-read',
  'secrets-manager-read': 'secrets-read',
  'serverless-deploy': 'serverless-framework-deploy',
};

/** Words of options in the labels, and what entries call them. */
const optionNames: Readonly<Record<string, readonly string[]>> = {
  repository: ['repositories'],
  service: ['services'],
  bucket: ['buckets'],
  cluster: ['clusters'],
  stacks: ['stackNames'],
  stage: ['stages'],
  stackName: ['stacks', 'stackNames', 'stack'],
  functionName: ['functions'],
  distributionId: ['distributions'],
  prefix: ['prefixes', 'key'],
  taskDefinition: ['taskDefinitionFamilies'],
  executionRole: ['passRoles', 'executionRole'],
  parameter: ['parameters', 'parameterPaths'],
  secretId: ['secrets'],
  cloudformationRole: ['serviceRole'],
};

/** Values of options that entries have other words for. */
const words: Readonly<Record<string, string>> = { 'access write': 'read-write' };

const ids = new Set(catalog.map(({ id }) => id));
const useCaseOf = (label: Label) => names[label.job] ?? label.job;

const [file = process.env['POSTERN_WORKFLOWS'] ?? ''] = process.argv.slice(2);
if (file === '') throw new Error('name a file of labelled CI files: `npm run bench:detect -- FILE`');
const shown = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as LabelledText);

const count = {
  labels: 0,
  found: 0,
  jobs: 0,
  right: 0,
  options: 0,
  equal: 0,
  uncovered: 0,
  listed: 0,
  negatives: 0,
  silent: 0,
};
for (const one of shown) measure(one);
const rate = (part: number, whole: number) =>
  `${part} of ${whole} (${whole === 0 ? 100 : ((100 * part) / whole).toFixed(1)} %)`;
console.log(`\njobs of the catalog found (recall):     ${rate(count.found, count.labels)}`);
console.log(`jobs reported that are right (precision): ${rate(count.right, count.jobs)}`);
console.log(`literal options that are right:           ${rate(count.equal, count.options)}`);
console.log(`jobs without an entry that are listed:    ${rate(count.listed, count.uncovered)}`);
console.log(`files without AWS, nothing reported:      ${rate(count.silent, count.negatives)}`);

function measure(one: LabelledText): void {
  const path = one.text.includes('using: composite') ? 'action.yml' : paths[one.kind]!;
  const found = detect(new Map([[path, one.text]]));
  const miss = (text: string) => console.log(`${one.id} ${one.kind}: ${text}`);
  for (const { line, message } of found.problems) miss(`line ${line}: ${message}`);
  if (one.negative) {
    count.negatives++;
    const said = [...found.jobs.map(({ useCase }) => useCase), ...found.notCovered.map(({ what }) => what)];
    if (said.length === 0) count.silent++;
    else miss(`reported without AWS: ${said.join(', ')}`);
  }
  for (const label of one.labels) {
    if (!ids.has(useCaseOf(label))) {
      count.uncovered++;
      if (isListed(label, found)) count.listed++;
      else miss(`not listed: ${label.job} (${label.how}) line ${label.where[0]![0]}`);
      continue;
    }
    count.labels++;
    const jobs = found.jobs.filter(({ useCase }) => useCase === useCaseOf(label));
    const here = jobs.some(({ at }) =>
      at.some(({ line }) => label.where.some(([from, to]) => line >= from && line <= to)),
    );
    if (jobs.length > 0) count.found++;
    if (jobs.length === 0) miss(`missed: ${label.job} (${label.how}) line ${label.where[0]![0]}`);
    else if (!here)
      miss(
        `on other lines: ${label.job} (${label.how}) ${JSON.stringify(label.where)} told at ${JSON.stringify(jobs.map(({ at }) => at.map(({ line }) => line)))}`,
      );
    if (jobs.length > 0) compareOptions(label, jobs, miss);
  }
  const known = new Set([...one.labels, ...one.maybe].map(useCaseOf));
  for (const job of found.jobs) {
    count.jobs++;
    if (known.has(job.useCase)) count.right++;
    else miss(`wrong: ${job.useCase} at ${job.at.map(({ line }) => line).join(', ')}`);
  }
  for (const { what, line } of found.notCovered) {
    const near = [...one.labels, ...one.maybe].some(
      (label) => !ids.has(useCaseOf(label)) || label.where.some(([from, to]) => line >= from && line <= to),
    );
    if (!near && !one.negative) miss(`also listed: ${what} line ${line}`);
  }
}

function isListed(label: Label, found: Found): boolean {
  return found.notCovered.some(({ line }) => label.where.some(([from, to]) => line >= from && line <= to));
}

function compareOptions(label: Label, jobs: readonly Job[], miss: (text: string) => void): void {
  for (const [name, wanted] of Object.entries(label.options)) {
    if (name === 'certain') {
      if (jobs.every(({ certain }) => certain) !== wanted) miss(`${label.job}: certain should be ${String(wanted)}`);
      continue;
    }
    const texts = [wanted].flat().map((text) => words[`${name} ${String(text)}`] ?? String(text));
    if (texts.includes('unknown')) {
      const told = valuesOf(jobs, name);
      if (told.some((text) => !text.includes('*')))
        miss(`${label.job}: ${name} should be unknown, told ${told.join(', ')}`);
      continue;
    }
    count.options++;
    const told = valuesOf(jobs, name);
    const equal = texts.every((text) => told.includes(text)) && told.every((text) => texts.includes(text));
    if (equal) count.equal++;
    else
      miss(
        `${label.job}: ${name} should be ${texts.join(', ')}, told ${told.length === 0 ? 'nothing' : told.join(', ')}`,
      );
  }
}

function valuesOf(jobs: readonly Job[], name: string): string[] {
  const told = jobs.flatMap(({ options, seen }) => {
    const said = (one: string) => [options[one] ?? seen?.[one] ?? []].flat().map(String);
    // What is told by the label's own word is compared; else the options that it may go into.
    const own = said(name);
    return own.length > 0 ? own : (optionNames[name] ?? []).flatMap(said);
  });
  return [...new Set(told)];
}
