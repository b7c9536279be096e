import { gzipSync } from 'node:zlib';
import { accountField } from '../../world/fields.js';
import { eachOf, textOf, type Section } from '../../world/section.js';
import { digestOf, type Repository } from './state.js';

export const described: Readonly<Record<string, Section>> = {
  repositories: {
    order: 50,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: /^[a-z0-9][a-z0-9._/-]{1,255}$/, says: 'a repository name', required: true },
        account: accountField,
        immutableTags: { kind: 'flag' },
        images: { kind: 'texts', says: 'the tags of images, such as `[latest, "1.2"]`' },
      },
    },
    idOf: ({ name, account }) => [...(account === undefined ? [] : [String(account)]), String(name)].join('/'),
    populate: eachOf(({ registry, account, region }, one) => {
      const repository = registry.create(textOf(one['account']) ?? account, region, String(one['name']));
      repository.immutableTags = one['immutableTags'] === true;
      for (const tag of (one['images'] ?? []) as readonly string[]) addImage(repository, tag);
    }),
  },
};

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
