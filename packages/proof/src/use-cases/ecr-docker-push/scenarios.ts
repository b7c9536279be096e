import { join } from 'node:path';
import type { CellOptions, Scenario, Step } from '../../scenario.js';
import { errorOf, StepFailure, type RunSettings, type Stage } from '../../stage.js';
import type { Repository, World } from '@postern/sandbox';
import { ctr } from './containerd.js';
import { archiveOf, createImage, layoutOf, type BuiltImage } from './image.js';

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
  readonly images: Map<string, BuiltImage>;
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

/** The login action has no program: its one call is made with the SDK that it uses. */
const logInAsAction: Step = {
  name: 'log in as the login action does',
  tool: 'replay',
  source: 'aws-actions/amazon-ecr-login at 03f1aad: index.js',
  run: async (stage) => {
    const { authorizationData } = await stage.call('ECR', 'GetAuthorizationToken', {});
    const [{ authorizationToken } = { authorizationToken: '' }] = authorizationData as { authorizationToken: string }[];
    memoryOf(stage).password = Buffer.from(authorizationToken, 'base64').toString('utf8').replace(/^AWS:/, '');
  },
};

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

function writeLayout(stage: Stage, folder: string, image: BuiltImage): void {
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

function expectImage(repository: Repository, image: BuiltImage): void {
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

/** `ctr` pushes as BuildKit and Docker 29 do: their pusher is containerd's. */
const pushModern = (options: CellOptions, name: string, architectures: readonly string[]): Step => ({
  name: architectures.length > 1 ? 'push an image for several platforms with ctr' : 'push an image with ctr',
  tool: 'ctr',
  starts: ['containerd'],
  run: async (stage) => {
    const image = createImage(architectures);
    memoryOf(stage).images.set(name, image);
    await pushWithCtr(stage, options, name, image);
  },
});

const userOf = (stage: Stage) => ['--user', `AWS:${memoryOf(stage).password}`];

async function pushWithCtr(
  stage: Stage,
  options: CellOptions,
  name: string,
  image: BuiltImage,
  beforePush?: () => Promise<void>,
): Promise<void> {
  const base = `${hostOf(stage.sandbox, options)}/${name}`;
  const archive = stage.write(`archive-${name.replaceAll('/', '-')}.tar`, archiveOf(image, tag));
  const index = image.manifests.length > 1 ? ['--index-name', `${base}:${tag}`] : [];
  await ctr(stage, ['images', 'import', '--no-unpack', '--all-platforms', '--base-name', base, ...index, archive]);
  await beforePush?.();
  await ctr(stage, ['images', 'push', ...userOf(stage), `${base}:${tag}`]);
  expectImage(repositoryIn(stage, options, name), image);
}

/** crane and the older clients push without asking for the manifest first. */
const pushClassic = (options: CellOptions, name: string, architectures: readonly string[]): Step => ({
  name: architectures.length > 1 ? 'push an image for several platforms with crane' : 'push an image with crane',
  tool: 'crane',
  run: async (stage) => {
    const image = createImage(architectures);
    const folder = `crane-${name.replaceAll('/', '-')}`;
    memoryOf(stage).images.set(name, image);
    writeLayout(stage, folder, image);
    await stage.succeed(
      'crane',
      ['push', folder, `${hostOf(stage.sandbox, options)}/${name}:${tag}`],
      craneSettings(stage, options),
    );
    expectImage(repositoryIn(stage, options, name), image);
  },
});

/** crane reads the password from docker's configuration file. */
function craneSettings(stage: Stage, options: CellOptions): RunSettings {
  const auth = Buffer.from(`AWS:${memoryOf(stage).password}`).toString('base64');
  stage.write('docker/config.json', JSON.stringify({ auths: { [hostOf(stage.sandbox, options)]: { auth } } }));
  return { env: { DOCKER_CONFIG: join(stage.folder, 'docker') } };
}

const pullWithCrane = (options: CellOptions, name: string): Step => ({
  name: 'pull an image with crane',
  tool: 'crane',
  run: async (stage) => {
    const target = `crane-pulled-${name.replaceAll('/', '-')}`;
    const image = `${hostOf(stage.sandbox, options)}/${name}:${tag}`;
    await stage.succeed('crane', ['pull', '--format=oci', image, target], craneSettings(stage, options));
  },
});

/** Fetches what an image consists of into the daemon, after forgetting all of it. */
const pullWithCtr = (options: CellOptions, name: string): Step => ({
  name: 'pull an image with ctr',
  tool: 'ctr',
  starts: ['containerd'],
  run: async (stage) => {
    const image = `${hostOf(stage.sandbox, options)}/${name}:${tag}`;
    await ctr(stage, ['images', 'remove', '--sync', image]);
    await ctr(stage, ['content', 'fetch', '--all-platforms', ...userOf(stage), image]);
  },
});

/** The layers come from an image of another repository, as a pull of it leaves them: labelled with their source. */
const mountModern = (options: CellOptions, name: string, from: string): Step => ({
  name: 'push with ctr an image whose layers another repository has',
  tool: 'ctr',
  starts: ['containerd'],
  run: async (stage) => {
    const image = bases.get(stage.sandbox.world)!;
    const label = `containerd.io/distribution.source.${hostOf(stage.sandbox, options)}=${from}`;
    await pushWithCtr(stage, options, name, image, async () => {
      for (const digest of image.blobs.keys()) await ctr(stage, ['content', 'label', digest, label]);
    });
    expectMounted(stage, options, name, from);
  },
});

/** Copies between repositories mount the layers; the manifest is read as any pull reads it. */
const mountClassic = (options: CellOptions, name: string, from: string): Step => ({
  name: 'copy with crane an image of another repository',
  tool: 'crane',
  run: async (stage) => {
    const host = hostOf(stage.sandbox, options);
    const args = ['copy', `${host}/${from}:${tag}`, `${host}/${name}:${tag}`];
    await stage.succeed('crane', args, craneSettings(stage, options));
    expectMounted(stage, options, name, from);
  },
});

function expectMounted(stage: Stage, options: CellOptions, name: string, from: string): void {
  const { mounted } = repositoryIn(stage, options, name);
  const layers = [...bases.get(stage.sandbox.world)!.blobs.keys()];
  if (!layers.some((digest) => mounted.has(digest)))
    throw new StepFailure(`no layer of ${from} is mounted: the registry asked for all of them to be uploaded`);
}

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

/** The image that a base repository has, for whom its layers are mounted. */
const bases = new WeakMap<World, BuiltImage>();

function prepare(world: World, options: CellOptions): void {
  if (!options.is('createRepository', true))
    for (const name of options.names('repositories')) world.registry.create(options.account, options.region, name);
  const base = createImage();
  bases.set(world, base);
  for (const name of options.names('mountFrom')) {
    const repository = world.registry.create(options.account, options.region, name);
    for (const [digest, bytes] of base.blobs) repository.blobs.set(digest, bytes);
    const { descriptor, body } = base.manifests[0]!;
    const { mediaType, digest } = descriptor;
    repository.manifests.set(digest, { body, mediaType, digest, pushed: new Date() });
    repository.tags.set(tag, digest);
  }
}

/** Each repository in turn, created first where the job does that; the first gets an image for one platform. */
function eachRepository(
  options: CellOptions,
  logsIn: Step,
  steps: (name: string, index: number, architectures: readonly string[]) => Step[],
): Step[] {
  return [
    logsIn,
    ...options
      .names('repositories')
      .flatMap((name, index): Step[] => [
        ...(options.is('createRepository', true) ? [find(name, false), create(name)] : []),
        ...steps(name, index, index === 0 ? ['amd64'] : ['amd64', 'arm64']),
      ]),
  ];
}

const looksUp = (options: CellOptions) => options.is('checkExisting', true) || options.is('pushClient', 'cdk-assets');
const pulls = (options: CellOptions) => options.is('pull', true);

/** Who copies from a repository pulls from it too. */
const readBase = (options: CellOptions) =>
  options.names('mountFrom').map((from) => ({
    Version: '2012-10-17' as const,
    Statement: [
      {
        Sid: 'ReadBase',
        Effect: 'Allow' as const,
        Action: ['ecr:BatchGetImage'],
        Resource: [`arn:${options.partition}:ecr:${options.region}:${options.account}:repository/${from}`],
      },
    ],
  }));

export const scenarios: readonly Scenario[] = [
  {
    name: 'push',
    title: 'log in, look, push with skopeo, look again, pull, scan',
    applies: () => true,
    prepare,
    steps: (options) =>
      eachRepository(options, login, (name, index, architectures) => [
        ...(options.is('pushClient', 'cdk-assets') ? [find(name, true)] : []),
        ...(looksUp(options) && index === 0 ? [lookUp(name, false)] : []),
        push(options, name, architectures),
        ...(looksUp(options) && index === 0 ? [lookUp(name, true)] : []),
        ...(pulls(options) ? [pull(options, name)] : []),
        ...(options.is('scanFindings', true) && index === 0 ? [scan(name)] : []),
      ]),
  },
  {
    name: 'containerd',
    title: "push, mount and pull with containerd's ctr, whose pusher BuildKit and Docker 29 have too",
    applies: (options) => options.is('pushClient', 'any', 'cdk-assets'),
    prepare,
    steps: (options) =>
      eachRepository(options, logInAsAction, (name, _index, architectures) => [
        pushModern(options, name, architectures),
        ...(pulls(options) ? [pullWithCtr(options, name)] : []),
        ...options.names('mountFrom').map((from) => mountModern(options, name, from)),
      ]),
  },
  {
    name: 'crane',
    title: 'push, copy and pull with crane',
    applies: () => true,
    prepare,
    besides: readBase,
    steps: (options) =>
      eachRepository(options, logInAsAction, (name, _index, architectures) => [
        pushClassic(options, name, architectures),
        ...(pulls(options) ? [pullWithCrane(options, name)] : []),
        ...options.names('mountFrom').map((from) => mountClassic(options, name, from)),
      ]),
  },
];
