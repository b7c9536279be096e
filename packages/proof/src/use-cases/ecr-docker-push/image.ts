import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { digestOf } from '@postern/sandbox';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: object;
}

/** An image in memory: what is to be uploaded, and the manifests in the order they are written. */
export interface BuiltImage {
  readonly blobs: ReadonlyMap<string, Buffer>;
  readonly manifests: readonly { readonly descriptor: Descriptor; readonly body: Buffer }[];
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

/**
 * An image of two layers for each platform, and an index where there are several. Its layers are new each time, so that
 * no registry and no client's cache has them already.
 */
export function createImage(architectures: readonly string[] = ['amd64']): BuiltImage {
  const blobs = new Map<string, Buffer>();
  const add = (mediaType: string, bytes: Buffer): Descriptor => {
    const digest = digestOf(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const manifests = architectures.map((architecture) => {
    const layers = [0, 1].map(() => {
      const tar = archiveOfFiles([['file', randomBytes(64)]]);
      return { tar, layer: add('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar)) };
    });
    const config = add(
      'application/vnd.oci.image.config.v1+json',
      json({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: layers.map(({ tar }) => digestOf(tar)) } }),
    );
    const body = json({ schemaVersion: 2, mediaType: manifestType, config, layers: layers.map(({ layer }) => layer) });
    const platform = { architecture, os: 'linux' };
    return { body, descriptor: { mediaType: manifestType, digest: digestOf(body), size: body.length, platform } };
  });
  if (manifests.length === 1) return { blobs, manifests };
  const body = json({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: manifests.map(({ descriptor }) => descriptor),
  });
  const index = { body, descriptor: { mediaType: indexType, digest: digestOf(body), size: body.length } };
  return { blobs, manifests: [...manifests, index] };
}

/** The files of the image as an OCI layout, by path. */
export function layoutOf({ blobs, manifests }: BuiltImage, tag: string): Map<string, Buffer> {
  const top = manifests.at(-1)!;
  const all = new Map([...blobs, ...manifests.map(({ descriptor, body }) => [descriptor.digest, body] as const)]);
  const annotations = { 'org.opencontainers.image.ref.name': tag };
  return new Map([
    ['oci-layout', json({ imageLayoutVersion: '1.0.0' })],
    ['index.json', json({ schemaVersion: 2, manifests: [{ ...top.descriptor, annotations }] })],
    ...[...all].map(([digest, bytes]) => [`blobs/sha256/${digest.slice('sha256:'.length)}`, bytes] as const),
  ]);
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** The files of the image as one archive. */
export const archiveOf = (image: BuiltImage, tag: string): Buffer => archiveOfFiles([...layoutOf(image, tag)]);

/** A tar archive of small files. */
export const archiveOfFiles = (files: readonly (readonly [path: string, bytes: Buffer])[]): Buffer =>
  Buffer.concat([...files.map(([path, bytes]) => entry(path, bytes)), Buffer.alloc(1024)]);

/** One file of a tar archive. */
function entry(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding]);
}
