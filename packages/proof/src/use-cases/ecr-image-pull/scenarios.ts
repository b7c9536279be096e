import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { errorOf, StepFailure, type RunSettings, type Stage } from '../../stage.js';
import type { World } from '@postern/sandbox';
import { ctr } from '../ecr-docker-push/containerd.js';
import {
  digestIn,
  hostOf,
  logInAsAction,
  login,
  passwordOf,
  placesOf,
  prepareImage,
  tag,
  withHelper,
  withPassword,
  type RepositoryPlace,
} from './repositories.js';

const on = (options: CellOptions, name: string) => options.is(name, true);
const imageAt = (stage: Stage, place: RepositoryPlace) => `${hostOf(stage.sandbox, place)}/${place.name}:${tag}`;
const folderFor = (place: RepositoryPlace) => `pulled-${place.name.replaceAll('/', '-')}`;

function prepare(world: World, options: CellOptions): void {
  for (const place of placesOf(options, 'repositories')) prepareImage(world, place, on(options, 'pullThroughCache'));
}

const pullWithSkopeo = (place: RepositoryPlace): Step => ({
  name: 'pull an image with skopeo',
  tool: 'skopeo',
  run: async (stage) => {
    const from = `docker://${imageAt(stage, place)}`;
    const credentials = ['--src-creds', `AWS:${passwordOf(stage)}`];
    const words = [
      'copy',
      '--insecure-policy',
      '--retry-times=0',
      ...credentials,
      from,
      `oci:${folderFor(place)}:${tag}`,
    ];
    await stage.succeed('skopeo', words);
  },
});

const inspectWithSkopeo = (place: RepositoryPlace): Step => ({
  name: 'read a manifest with skopeo',
  tool: 'skopeo',
  run: async (stage) => {
    const from = `docker://${imageAt(stage, place)}`;
    const manifest = await stage.succeed('skopeo', ['inspect', '--raw', '--creds', `AWS:${passwordOf(stage)}`, from]);
    if (!manifest.includes('"layers"')) throw new StepFailure('what skopeo reads is no manifest');
  },
});

const listWithSkopeo = (place: RepositoryPlace): Step => ({
  name: 'list the tags with skopeo',
  tool: 'skopeo',
  run: async (stage) => {
    const repository = `docker://${hostOf(stage.sandbox, place)}/${place.name}`;
    const found = await stage.succeed('skopeo', ['list-tags', '--creds', `AWS:${passwordOf(stage)}`, repository]);
    if (!found.includes(`"${tag}"`)) throw new StepFailure('the tag is not listed');
  },
});

const awsStep = (name: string, place: RepositoryPlace, ...words: readonly string[]): Step => ({
  name,
  tool: 'aws',
  run: async (stage) => {
    const where = ['--region', place.region, '--registry-id', place.account, '--repository-name', place.name];
    await stage.succeed('aws', ['ecr', ...words, ...where]);
  },
});

/** The check before a deployment: the tag must be there, and another must not be. */
const lookUp = (place: RepositoryPlace): Step => ({
  name: 'look whether the image exists',
  tool: 'aws',
  run: async (stage) => {
    const where = ['--region', place.region, '--registry-id', place.account, '--repository-name', place.name];
    const look = (name: string) =>
      stage.run('aws', ['ecr', 'describe-images', ...where, '--image-ids', `imageTag=${name}`]);
    const found = await look(tag);
    if (found.code !== 0) throw new StepFailure(errorOf(found));
    const other = await look('nowhere');
    if (!other.stderr.includes('ImageNotFoundException')) throw new StepFailure('a tag is found that is not there');
  },
});

/** The tools that take a configuration file: with a password in it, or with the credential helper. */
type Configure = (stage: Stage, ...places: readonly RepositoryPlace[]) => RunSettings;

function craneStep(
  name: string,
  place: RepositoryPlace,
  configure: Configure,
  run: (crane: Crane, stage: Stage) => Promise<void>,
): Step {
  return {
    name,
    tool: 'crane',
    ...(configure === withHelper ? { starts: ['ecr-login'] as const } : {}),
    run: (stage) => run((...words) => stage.succeed('crane', words, configure(stage, place)), stage),
  };
}

type Crane = (...words: string[]) => Promise<string>;

function craneSteps(options: CellOptions, place: RepositoryPlace, configure: Configure): Step[] {
  const image = (stage: Stage) => imageAt(stage, place);
  return [
    craneStep('read the digest with crane', place, configure, async (crane, stage) => {
      const digest = (await crane('digest', image(stage))).trim();
      if (digest !== digestIn(stage, place)) throw new StepFailure(`the digest is ${digest}`);
    }),
    ...(on(options, 'inspectOnly')
      ? []
      : [
          craneStep('pull an image with crane', place, configure, async (crane, stage) => {
            await crane('pull', '--format=oci', image(stage), folderFor(place));
          }),
        ]),
    ...(on(options, 'listTags')
      ? [
          craneStep('list the tags with crane', place, configure, async (crane, stage) => {
            const found = await crane('ls', image(stage).replace(/:v1$/, ''));
            if (found.trim() !== tag) throw new StepFailure(`the tags are ${found}`);
          }),
        ]
      : []),
  ];
}

const pullWithCtr = (place: RepositoryPlace): Step => ({
  name: 'pull an image with ctr',
  tool: 'ctr',
  starts: ['containerd'],
  run: async (stage) => {
    const user = ['--user', `AWS:${passwordOf(stage)}`];
    await ctr(stage, ['content', 'fetch', '--all-platforms', ...user, imageAt(stage, place)]);
  },
});

const eachPlace = (options: CellOptions, steps: (place: RepositoryPlace, index: number) => Step[]): Step[] =>
  placesOf(options, 'repositories').flatMap(steps);

export const scenarios: readonly Scenario[] = [
  {
    name: 'skopeo',
    title: 'log in, scan and look with the AWS CLI; pull, inspect and list tags with skopeo',
    applies: () => true,
    prepare,
    steps: (options) => [
      login,
      ...eachPlace(options, (place, index) => [
        ...(on(options, 'checkExisting') && index === 0 ? [lookUp(place)] : []),
        ...(on(options, 'startScan') && index === 0
          ? [awsStep('start a scan', place, 'start-image-scan', '--image-id', `imageTag=${tag}`)]
          : []),
        ...(on(options, 'scanFindings') && index === 0
          ? [
              awsStep('wait for the scan', place, 'wait', 'image-scan-complete', '--image-id', `imageTag=${tag}`),
              awsStep('read the findings', place, 'describe-image-scan-findings', '--image-id', `imageTag=${tag}`),
            ]
          : []),
        on(options, 'inspectOnly') ? inspectWithSkopeo(place) : pullWithSkopeo(place),
        ...(on(options, 'listTags') ? [listWithSkopeo(place)] : []),
      ]),
    ],
  },
  {
    name: 'crane',
    title: 'log in as the login action does; read digests, pull and list tags with crane',
    applies: () => true,
    prepare,
    steps: (options) => [logInAsAction, ...eachPlace(options, (place) => craneSteps(options, place, withPassword))],
  },
  {
    name: 'helper',
    title: 'the same without logging in: crane starts the credential helper of ECR',
    applies: () => true,
    prepare,
    steps: (options) => eachPlace(options, (place) => craneSteps(options, place, withHelper)),
  },
  {
    name: 'containerd',
    title: "pull with containerd's ctr, as BuildKit and Docker 29 do",
    applies: (options) => !on(options, 'inspectOnly') && !on(options, 'listTags'),
    prepare,
    steps: (options) => [logInAsAction, ...eachPlace(options, (place) => [pullWithCtr(place)])],
  },
];
