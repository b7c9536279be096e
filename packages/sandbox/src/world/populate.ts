import { gzipSync } from 'node:zlib';
import { storeObject, type Bucket } from './objects.js';
import { digestOf, type Repository } from './registry.js';
import { isMap, problemsOf, worldFields } from './described.js';
import { arnOf, type World } from './world.js';

type Section = readonly Readonly<Record<string, unknown>>[];

/** What a world file says exists, after it was found to be right. */
export interface DescribedWorld {
  readonly [section: string]: unknown;
}

const aliasForm = /^alias\/[A-Za-z0-9/_-]{1,250}$/;
const keyForm =
  /^(?:arn:[^:\s]+:kms:[^:\s]+:[0-9]{12}:key\/\S+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})$/;

/** Finds everything that is wrong with a world, also across its sections. */
export function problemsOfWorld(value: unknown): string[] {
  const problems = problemsOf(value, worldFields);
  if (problems.length > 0 || !isMap(value)) return problems;
  const aliases = Object.entries((value['kmsAliases'] ?? {}) as Record<string, string>);
  return [
    ...aliases.flatMap(([alias, key]) => problemsOfAlias(alias, key).map((problem) => `kmsAliases: ${problem}`)),
    ...['buckets', 'tables', 'repositories'].flatMap((section) =>
      repeated(value, section, ({ name, account }) => `${String(account ?? '')}/${String(name)}`),
    ),
    ...repeated(value, 'services', ({ cluster, name }) => `${String(cluster ?? 'default')}/${String(name)}`),
    ...repeated(value, 'deploymentGroups', ({ application, name }) => `${String(application)}/${String(name)}`),
  ];
}

/** What is wrong with an alias and its key. */
export function problemsOfAlias(alias: string, key: string): string[] {
  return [
    ...(aliasForm.test(alias) ? [] : [`\`${alias}\` is no alias of a KMS key: write it as \`alias/NAME\``]),
    ...(keyForm.test(key) ? [] : [`\`${key}\` is no KMS key: write its id or its ARN`]),
  ];
}

function repeated(
  world: Readonly<Record<string, unknown>>,
  section: string,
  idOf: (one: Section[number]) => string,
): string[] {
  const ids = listOf(world, section).map(idOf);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map(
    (id) => `${section}: \`${id.replace(/^\//, '')}\` is there twice: leave one out`,
  );
}

const listOf = (world: Readonly<Record<string, unknown>>, section: string) => (world[section] ?? []) as Section;
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Makes in a sandbox's world what a file says exists. */
export async function populate(world: World, described: DescribedWorld): Promise<void> {
  const { account, region } = world;
  for (const [alias, key] of Object.entries((described['kmsAliases'] ?? {}) as Record<string, string>))
    addAlias(world, alias, key);
  for (const [name, value] of Object.entries((described['parameters'] ?? {}) as Record<string, string>))
    world.parameters.set(name, value);
  for (const one of listOf(described, 'buckets')) {
    const bucket = world.objects.create(String(one['name']), text(one['account']) ?? account, region);
    fill(world, bucket, one);
  }
  for (const one of listOf(described, 'tables')) {
    const name = String(one['name']);
    await world.tables.create(name, text(one['partitionKey']) ?? 'LockID');
    const about = world.tables.known.get(name);
    const key = text(one['kmsKey']);
    if (about !== undefined && key !== undefined) about.kmsKey = keyOf(world, key);
  }
  for (const one of listOf(described, 'repositories')) {
    const repository = world.registry.create(text(one['account']) ?? account, region, String(one['name']));
    repository.immutableTags = one['immutableTags'] === true;
    for (const tag of (one['images'] ?? []) as string[]) addImage(repository, tag);
  }
  const { taskDefinitions, services } = world.containers;
  for (const one of listOf(described, 'taskDefinitions')) {
    const family = String(one['family']);
    const list = taskDefinitions.get(family) ?? [];
    const input = { containerDefinitions: [{ name: family, image: 'image' }], ...one };
    taskDefinitions.set(family, [...list, { family, revision: list.length + 1, input, tags: [], status: 'ACTIVE' }]);
  }
  for (const one of listOf(described, 'services')) {
    const name = String(one['name']);
    const cluster = text(one['cluster']) ?? 'default';
    const family = text(one['taskDefinition']) ?? name;
    if (!taskDefinitions.has(family))
      taskDefinitions.set(family, [
        {
          family,
          revision: 1,
          input: { family, containerDefinitions: [{ name, image: 'image' }] },
          tags: [],
          status: 'ACTIVE',
        },
      ]);
    services.set(`${cluster}/${name}`, {
      name,
      cluster,
      controller: one['controller'] === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : 'ECS',
      taskDefinition: `${family}:${taskDefinitions.get(family)!.length}`,
      desiredCount: Number(one['desiredCount'] ?? 1),
      deployments: 1,
    });
  }
  for (const one of listOf(described, 'deploymentGroups')) {
    const application = String(one['application']);
    const name = String(one['name']);
    world.deployments.groups.set(`${application}/${name}`, {
      application,
      name,
      config: text(one['config']) ?? 'CodeDeployDefault.ECSAllAtOnce',
      service: `${text(one['cluster']) ?? 'default'}/${String(one['service'])}`,
    });
  }
}

/** Tells the world which key an alias stands for. */
export function addAlias(world: World, alias: string, key: string): void {
  world.keys.aliases.set(alias, keyOf(world, key));
}

function keyOf(world: World, named: string): string {
  if (named.startsWith('arn:')) return named;
  if (!named.startsWith('alias/')) return arnOf(world, 'kms', world.region, world.account, `key/${named}`);
  return world.keys.aliases.get(named) ?? arnOf(world, 'kms', world.region, world.account, named);
}

function fill(world: World, bucket: Bucket, one: Section[number]): void {
  const key = text(one['kmsKey']);
  if (key !== undefined) bucket.kmsKey = keyOf(world, key);
  if (one['bucketKey'] === true) bucket.bucketKey = true;
  if (one['versioning'] === true)
    bucket.configuration.set(
      'versioning',
      Buffer.from('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'),
    );
  for (const [name, content] of Object.entries((one['objects'] ?? {}) as Record<string, string>))
    storeObject(bucket, name, Buffer.from(content), { kmsKey: bucket.kmsKey });
}

/** An image of one empty layer, which any client can read. */
function addImage(repository: Repository, tag: string): void {
  const layer = gzipSync(Buffer.alloc(1024));
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: { tag } },
      rootfs: { type: 'layers', diff_ids: [digestOf(Buffer.alloc(1024))] },
    }),
  );
  for (const blob of [layer, config]) repository.blobs.set(digestOf(blob), blob);
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const body = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.length,
        digest: digestOf(config),
      },
      layers: [
        { mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: layer.length, digest: digestOf(layer) },
      ],
    }),
  );
  const digest = digestOf(body);
  repository.manifests.set(digest, { body, digest, mediaType, pushed: new Date() });
  repository.tags.set(tag, digest);
}
