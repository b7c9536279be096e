import { createHash, randomBytes } from 'node:crypto';

/** One object of a bucket, or a version of it. */
export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
  /** Headers given back with the object: content type, metadata, checksums, encryption. */
  readonly headers: Readonly<Record<string, string>>;
  /** The ARN of the KMS key it is encrypted with. */
  readonly kmsKey: string | undefined;
  readonly tags: string | undefined;
  readonly version: string | undefined;
}

export interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, { readonly body: Buffer; readonly etag: string }>;
}

export interface Bucket {
  readonly name: string;
  /** The account that owns it. */
  readonly account: string;
  readonly region: string;
  readonly created: Date;
  readonly objects: Map<string, StoredObject>;
  /** Every version by id, once versioning is on; a delete marker is null. */
  readonly versions: Map<string, { readonly key: string; readonly object: StoredObject | null }>;
  readonly uploads: Map<string, Upload>;
  /** Configuration by the name of its subresource: the document that was put. */
  readonly configuration: Map<string, Buffer>;
  /** The ARN of the KMS key of its default encryption. */
  kmsKey?: string;
  /** Whether the encryption context is the bucket's ARN instead of the object's. */
  bucketKey?: boolean;
}

export interface Objects {
  readonly buckets: Map<string, Bucket>;
  create(name: string, account: string, region: string): Bucket;
}

function createObjects(): Objects {
  const buckets = new Map<string, Bucket>();
  return {
    buckets,
    create(name, account, region) {
      const bucket: Bucket = {
        name,
        account,
        region,
        created: new Date(),
        objects: new Map(),
        versions: new Map(),
        uploads: new Map(),
        configuration: new Map(),
      };
      buckets.set(name, bucket);
      return bucket;
    },
  };
}

/** Puts an object into a bucket; in a versioned one as a new version. */
export function storeObject(
  bucket: Bucket,
  key: string,
  body: Buffer,
  about: {
    readonly headers?: StoredObject['headers'];
    readonly kmsKey?: string | undefined;
    readonly tags?: string | undefined;
    readonly etag?: string;
  } = {},
): StoredObject {
  const version = isVersioned(bucket) ? newVersion() : undefined;
  const object: StoredObject = {
    body,
    etag: about.etag ?? md5(body),
    modified: new Date(),
    headers: about.headers ?? {},
    kmsKey: about.kmsKey,
    tags: about.tags,
    version,
  };
  bucket.objects.set(key, object);
  if (version !== undefined) bucket.versions.set(version, { key, object });
  return object;
}

export function isVersioned(bucket: Bucket): boolean {
  return bucket.configuration.get('versioning')?.includes('<Status>Enabled</Status>') === true;
}

export function newVersion(): string {
  return randomBytes(16).toString('hex');
}

export function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('hex');
}

export const state = { objects: createObjects };
