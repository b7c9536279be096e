import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Stage } from '../../stage.js';
import type { Repository } from '../../../world/registry.js';
import type { World } from '../../../world/world.js';
import { createImage, layoutOf, type Image } from './image.js';
import { logIn, pushAsContainerd } from './registry-client.js';

const tag = 'v1';

const hostOf = ({ world }: { readonly world: World }, options: CellOptions) =>
  `${options.account}.dkr.ecr.${options.region}.${world.dnsSuffix}`;

function repositoryIn(stage: Stage, options: CellOptions, name: string): Repository {
  const found = stage.sandbox.world.registry.find(options.account, options.region, name);
  if (found === undefined) throw new StepFailure(`the repository ${name} does not exist`);
  return found;
}

/** Passwords and images are kept between the steps of one run. */
interface Memory {
  password: string;
  readonly images: Map<string, Image>;
}

const memories = new WeakMap<Stage, Memory>();

function memoryOf(stage: Stage): Memory {
  let memory = memories.get(stage);
  if (memory === undefined) memories.set(stage, (memory = { password: '', images: new Map() }));
  return memory;
}

const login: Step = {
  name: 'log in',
  tool: 'aws',
  run: async (stage) => {
    memoryOf(stage).password = (await stage.succeed('aws', ['ecr', 'get-login-password'])).trim();
  },
};

/** What cdk-assets asks first, and the usual step that creates what is missing. */
const find = (name: string, expected: boolean): Step => ({
  name: 'look whether the repository is there',
  tool: 'aws',
  run: async (stage) => {
    const outcome = await stage.run('aws', ['ecr', 'describe-repositories', '--repository-names', name]);
    const found = outcome.code === 0;
    if (!found && !outcome.stderr.includes('RepositoryNotFoundException')) throw new StepFailure(errorOf(outcome));
    if (found !== expected) throw new StepFailure(`describe-repositories says that it is ${found ? '' : 'not '}there`);
  },
});

const create = (name: string): Step => ({
  name: 'create the repository',
  tool: 'aws',
  run: async (stage) => void (await stage.succeed('aws', ['ecr', 'create-repository', '--repository-name', name])),
});

/** The check that lets a build be skipped: the tag must not be there before, and be there after the push. */
const lookUp = (name: string, expected: boolean): Step => ({
  name: expected ? 'find the image' : 'look whether the image exists',
  tool: 'aws',
  run: async (stage) => {
    const outcome = await stage.run('aws', [
      'ecr',
      'describe-images',
      '--repository-name',
      name,
      '--image-ids',
      `imageTag=${tag}`,
    ]);
    const found = outcome.code === 0;
    if (!found && !outcome.stderr.includes('ImageNotFoundException')) throw new StepFailure(errorOf(outcome));
    if (found !== expected) throw new StepFailure(`describe-images says that the image is ${found ? '' : 'not '}there`);
  },
});

function writeLayout(stage: Stage, folder: string, image: Image): void {
  for (const [path, bytes] of layoutOf(image, tag)) stage.write(`${folder}/${path}`, bytes);
}

const push = (options: CellOptions, name: string, architectures: readonly string[]): Step => ({
  name: architectures.length > 1 ? 'push an image for several platforms' : 'push an image',
  tool: 'skopeo',
  run: async (stage) => {
    const image = createImage(architectures);
    memoryOf(stage).images.set(name, image);
    const folder = `image-${name.replaceAll('/', '-')}`;
    writeLayout(stage, folder, image);
    await stage.succeed('skopeo', [
      'copy',
      '--insecure-policy',
      '--retry-times=0',
      ...(architectures.length > 1 ? ['--all'] : []),
      '--dest-creds',
      `AWS:${memoryOf(stage).password}`,
      `oci:${folder}:${tag}`,
      `docker://${hostOf(stage.sandbox, options)}/${name}:${tag}`,
    ]);
    expectImage(repositoryIn(stage, options, name), image);
  },
});

function expectImage(repository: Repository, image: Image): void {
  const digest = repository.tags.get(tag);
  const top = image.manifests.at(-1)!.descriptor.digest;
  if (digest !== top) throw new StepFailure(`the tag ${tag} is not the image that was pushed`);
}

const pull = (options: CellOptions, name: string): Step => ({
  name: 'pull an image',
  tool: 'skopeo',
  run: async (stage) => {
    await stage.succeed('skopeo', [
      'copy',
      '--insecure-policy',
      '--all',
      '--src-creds',
      `AWS:${memoryOf(stage).password}`,
      `docker://${hostOf(stage.sandbox, options)}/${name}:${tag}`,
      `oci:pulled-${name.replaceAll('/', '-')}:${tag}`,
    ]);
  },
});

const containerd: Step['source'] = 'containerd/containerd at mid-2026: core/remotes/docker/pusher.go, push';

const pushModern = (options: CellOptions, name: string): Step => ({
  name: 'push in the order of containerd and BuildKit',
  tool: 'replay',
  source: containerd!,
  run: async (stage) => {
    const image = createImage();
    await pushAsContainerd(await logIn(stage), name, image, tag);
    expectImage(repositoryIn(stage, options, name), image);
  },
});

const mount = (options: CellOptions, name: string, from: string): Step => ({
  name: 'mount a layer of another repository',
  tool: 'replay',
  source: 'moby/moby at mid-2026: daemon/internal/distribution/push_v2.go',
  run: async (stage) => {
    const client = await logIn(stage);
    const [digest] = repositoryIn(stage, options, from).blobs.keys();
    const response = await client.send(
      'POST',
      `${name}/blobs/uploads/?mount=${digest}&from=${encodeURIComponent(from)}`,
    );
    if (response.status !== 201 || !repositoryIn(stage, options, name).mounted.has(digest!))
      throw new StepFailure(`the layer of ${from} is not mounted: the registry asks for it to be uploaded`);
  },
});

const scan = (name: string): Step => ({
  name: 'wait for the scan and read its findings',
  tool: 'aws',
  run: async (stage) => {
    const image = ['--repository-name', name, '--image-id', `imageTag=${tag}`];
    await stage.succeed('aws', ['ecr', 'wait', 'image-scan-complete', ...image]);
    const findings = await stage.succeed('aws', ['ecr', 'describe-image-scan-findings', ...image]);
    if (!findings.includes('COMPLETE')) throw new StepFailure('there are no findings');
  },
});

function prepare(world: World, options: CellOptions): void {
  if (!options.is('createRepository', true))
    for (const name of options.names('repositories')) world.registry.create(options.account, options.region, name);
  for (const name of options.names('mountFrom')) {
    const repository = world.registry.create(options.account, options.region, name);
    for (const [digest, bytes] of createImage().blobs) repository.blobs.set(digest, bytes);
  }
}

/** The first repository gets an image for one platform, the others one for several. */
function steps(options: CellOptions): Step[] {
  const creates = options.is('createRepository', true);
  const looksUp = options.is('checkExisting', true) || options.is('pushClient', 'cdk-assets');
  return [
    login,
    ...options
      .names('repositories')
      .flatMap((name, index): Step[] => [
        ...(creates ? [find(name, false), create(name)] : []),
        ...(options.is('pushClient', 'cdk-assets') ? [find(name, true)] : []),
        ...(looksUp && index === 0 ? [lookUp(name, false)] : []),
        push(options, name, index === 0 ? ['amd64'] : ['amd64', 'arm64']),
        ...(looksUp && index === 0 ? [lookUp(name, true)] : []),
        ...(options.is('pull', true) ? [pull(options, name)] : []),
        ...(options.is('scanFindings', true) && index === 0 ? [scan(name)] : []),
        ...(options.is('pushClient', 'any', 'cdk-assets') ? [pushModern(options, name)] : []),
        ...options.names('mountFrom').map((from) => mount(options, name, from)),
      ]),
  ];
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'push',
    title: 'log in, look, push with skopeo and in the order of containerd, look again, pull, mount, scan',
    applies: () => true,
    prepare,
    steps,
  },
];
