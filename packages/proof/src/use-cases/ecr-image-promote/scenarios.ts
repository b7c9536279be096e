import type { World } from '@postern/sandbox';
import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Stage } from '../../stage.js';
import { ctr } from '../ecr-docker-push/containerd.js';
import {
  hostOf,
  logInAsAction,
  login,
  passwordOf,
  placesOf,
  prepareImage,
  repositoryIn,
  tag,
  withPassword,
  type RepositoryPlace,
} from '../ecr-image-pull/repositories.js';

const on = (options: CellOptions, name: string) => options.is(name, true);
const repositoryAt = (stage: Stage, place: RepositoryPlace) => `${hostOf(stage.sandbox, place)}/${place.name}`;
const imageAt = (stage: Stage, place: RepositoryPlace) => `${repositoryAt(stage, place)}:${tag}`;
const released = 'released';

function prepare(world: World, options: CellOptions): void {
  for (const place of placesOf(options, 'from')) prepareImage(world, place);
  for (const { account, region, name } of placesOf(options, 'to'))
    if (world.registry.find(account, region, name) === undefined) world.registry.create(account, region, name);
}

/** Each target with the source that its image comes from. */
function eachCopy(options: CellOptions, steps: (from: RepositoryPlace, to: RepositoryPlace) => Step[]): Step[] {
  const sources = placesOf(options, 'from');
  return placesOf(options, 'to').flatMap((to, index) => steps(sources[index % sources.length]!, to));
}

/** @throws {StepFailure} where the tag of the target is not the image of the source */
function expectCopied(stage: Stage, from: RepositoryPlace, to: RepositoryPlace, name = tag): void {
  const wanted = repositoryIn(stage, from).tags.get(tag);
  const repository = repositoryIn(stage, to);
  if (repository.tags.get(name) !== wanted) throw new StepFailure(`the tag ${name} of ${to.name} is another image`);
}

const copyWithSkopeo = (from: RepositoryPlace, to: RepositoryPlace): Step => ({
  name: 'copy an image with skopeo',
  tool: 'skopeo',
  run: async (stage) => {
    const user = `AWS:${passwordOf(stage)}`;
    const words = ['copy', '--insecure-policy', '--retry-times=0', '--src-creds', user, '--dest-creds', user];
    await stage.succeed('skopeo', [...words, `docker://${imageAt(stage, from)}`, `docker://${imageAt(stage, to)}`]);
    expectCopied(stage, from, to);
  },
});

const copyWithCrane = (from: RepositoryPlace, to: RepositoryPlace): Step => ({
  name: 'copy an image with crane',
  tool: 'crane',
  run: async (stage) => {
    await stage.succeed('crane', ['copy', imageAt(stage, from), imageAt(stage, to)], withPassword(stage, from, to));
    expectCopied(stage, from, to);
  },
});

const tagWithCrane = (place: RepositoryPlace): Step => ({
  name: 'tag an image with crane',
  tool: 'crane',
  run: async (stage) => {
    await stage.succeed('crane', ['tag', imageAt(stage, place), released], withPassword(stage, place));
    expectCopied(stage, place, place, released);
  },
});

/** `ctr` pushes as BuildKit and Docker 29 do: their pusher is containerd's. */
const copyWithCtr = (from: RepositoryPlace, to: RepositoryPlace): Step => ({
  name: 'pull, tag and push an image with ctr',
  tool: 'ctr',
  starts: ['containerd'],
  run: async (stage) => {
    const user = ['--user', `AWS:${passwordOf(stage)}`];
    await ctr(stage, ['content', 'fetch', '--all-platforms', ...user, imageAt(stage, from)]);
    await ctr(stage, ['images', 'tag', '--force', imageAt(stage, from), imageAt(stage, to)]);
    await ctr(stage, ['images', 'push', ...user, imageAt(stage, to)]);
    expectCopied(stage, from, to);
  },
});

const at = ({ account, region, name }: RepositoryPlace) => [
  ...['--region', region, '--registry-id', account, '--repository-name', name],
];

const awsStep = (name: string, place: RepositoryPlace, ...words: readonly string[]): Step => ({
  name,
  tool: 'aws',
  run: async (stage) => void (await stage.succeed('aws', ['ecr', ...words, ...at(place)])),
});

/** The gate before anything is copied, and the look whether it was copied before. */
function gates(options: CellOptions): Step[] {
  const [source] = placesOf(options, 'from') as [RepositoryPlace];
  const [target] = placesOf(options, 'to') as [RepositoryPlace];
  const image = ['--image-id', `imageTag=${tag}`];
  return [
    ...(on(options, 'startScan') ? [awsStep('start a scan', source, 'start-image-scan', ...image)] : []),
    ...(on(options, 'scanFindings')
      ? [
          awsStep('wait for the scan', source, 'wait', 'image-scan-complete', ...image),
          awsStep('read the findings', source, 'describe-image-scan-findings', ...image),
        ]
      : []),
    ...(on(options, 'checkExisting') ? [lookUp(target)] : []),
  ];
}

const lookUp = (place: RepositoryPlace): Step => ({
  name: 'look whether the image is in the target',
  tool: 'aws',
  run: async (stage) => {
    const found = await stage.run('aws', ['ecr', 'describe-images', ...at(place), '--image-ids', `imageTag=${tag}`]);
    if (!found.stderr.includes('ImageNotFoundException')) throw new StepFailure(errorOf(found));
  },
});

/** The AWS CLI writes the manifest that it read under another tag. */
const retagWithCli = (place: RepositoryPlace): Step => ({
  name: 'tag an image with the AWS CLI',
  tool: 'aws',
  run: async (stage) => {
    const which = ['--image-ids', `imageTag=${tag}`, '--query', 'images[0].imageManifest', '--output', 'text'];
    const manifest = await stage.succeed('aws', ['ecr', 'batch-get-image', ...at(place), ...which]);
    const type = ['--image-manifest-media-type', 'application/vnd.oci.image.manifest.v1+json'];
    const what = ['--image-tag', released, '--image-manifest', manifest.trim(), ...type];
    await stage.succeed('aws', ['ecr', 'put-image', ...at(place), ...what]);
    expectCopied(stage, place, place, released);
  },
});

export const scenarios: readonly Scenario[] = [
  {
    name: 'skopeo',
    title: 'log in, scan and look with the AWS CLI; copy with skopeo',
    applies: (options) => !on(options, 'retagOnly'),
    prepare,
    steps: (options) => [login, ...gates(options), ...eachCopy(options, (from, to) => [copyWithSkopeo(from, to)])],
  },
  {
    name: 'crane',
    title: 'log in as the login action does; copy with crane',
    applies: (options) => !on(options, 'retagOnly'),
    prepare,
    steps: (options) => [logInAsAction, ...eachCopy(options, (from, to) => [copyWithCrane(from, to)])],
  },
  {
    name: 'containerd',
    title: "pull, tag and push with containerd's ctr, whose pusher BuildKit and Docker 29 have too",
    applies: (options) => !on(options, 'retagOnly') && options.is('pushClient', 'any'),
    prepare,
    steps: (options) => [logInAsAction, ...eachCopy(options, (from, to) => [copyWithCtr(from, to)])],
  },
  {
    name: 'retag',
    title: 'tag an image anew with the AWS CLI and with crane',
    applies: (options) => on(options, 'retagOnly'),
    prepare,
    steps: (options) => [
      login,
      ...placesOf(options, 'to').flatMap((place) => [retagWithCli(place), tagWithCrane(place)]),
    ],
  },
];
