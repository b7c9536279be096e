import { gzipSync } from 'node:zlib';
import { digestOf, type World } from '@postern/sandbox';
import { archiveOfFiles, type BuiltImage } from '../ecr-docker-push/image.js';
import { fill, placesOf } from '../ecr-image-pull/repositories.js';
import type { CellOptions } from '../../scenario.js';

export const version = '1.2.3';

/** A chart as `helm push` leaves it in a registry: its metadata as configuration, and the archive as the one layer. */
function createChart(name: string): BuiltImage {
  const blobs = new Map<string, Buffer>();
  const add = (mediaType: string, bytes: Buffer) => {
    const digest = digestOf(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const about = `apiVersion: v2\nname: ${name}\nversion: ${version}\n`;
  const archive = gzipSync(archiveOfFiles([[`${name}/Chart.yaml`, Buffer.from(about)]]));
  const config = add(
    'application/vnd.cncf.helm.config.v1+json',
    Buffer.from(JSON.stringify({ name, version, apiVersion: 'v2' })),
  );
  const layer = add('application/vnd.cncf.helm.chart.content.v1.tar+gzip', archive);
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const body = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [layer] }));
  return { blobs, manifests: [{ body, descriptor: { mediaType, digest: digestOf(body), size: body.length } }] };
}

/** The clusters, and a chart in each repository. */
export function prepare(world: World, options: CellOptions): void {
  for (const name of options.names('clusters')) world.kubernetesClusters.add(name);
  for (const { account, region, name } of placesOf(options, 'chartRepositories')) {
    const repository = world.registry.create(account, region, name);
    fill(repository, createChart(name.split('/').at(-1)!));
    repository.tags.set(version, repository.tags.values().next().value!);
  }
}
