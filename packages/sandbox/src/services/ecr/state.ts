import { createHash } from 'node:crypto';

export interface StoredManifest {
  readonly body: Buffer;
  readonly mediaType: string;
  readonly digest: string;
  readonly pushed: Date;
}

export interface Repository {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: Date;
  /** Layers and configs by digest. */
  readonly blobs: Map<string, Buffer>;
  /** Manifests by digest. */
  readonly manifests: Map<string, StoredManifest>;
  /** Digests by tag. */
  readonly tags: Map<string, string>;
  immutableTags: boolean;
  /** Blobs that were mounted from another repository instead of uploaded. */
  readonly mounted: Set<string>;
}

/** ECR's private registries, one for each account and region. */
export interface Registry {
  /** By `account/region/name`. */
  readonly repositories: Map<string, Repository>;
  readonly uploads: Map<string, { readonly repository: Repository; readonly chunks: Buffer[] }>;
  /** Access keys by the password that GetAuthorizationToken gave for them. */
  readonly passwords: Map<string, string>;
  /** What the registries behind pull-through cache rules have, by `account/region/name` of the repository of the cache. */
  readonly upstreams: Map<string, Repository>;
  create(account: string, region: string, name: string): Repository;
  /** What a pull-through cache has upstream under this name, while the repository itself is not there yet. */
  createUpstream(account: string, region: string, name: string): Repository;
  find(account: string, region: string, name: string): Repository | undefined;
}

function createRegistry(): Registry {
  const repositories = new Map<string, Repository>();
  const upstreams = new Map<string, Repository>();
  return {
    repositories,
    uploads: new Map(),
    passwords: new Map(),
    upstreams,
    create(account, region, name) {
      const repository = emptyRepository(account, region, name);
      repositories.set(`${account}/${region}/${name}`, repository);
      return repository;
    },
    createUpstream(account, region, name) {
      const repository = emptyRepository(account, region, name);
      upstreams.set(`${account}/${region}/${name}`, repository);
      return repository;
    },
    find: (account, region, name) => repositories.get(`${account}/${region}/${name}`),
  };
}

function emptyRepository(account: string, region: string, name: string): Repository {
  return {
    name,
    account,
    region,
    created: new Date(),
    blobs: new Map(),
    manifests: new Map(),
    tags: new Map(),
    immutableTags: false,
    mounted: new Set(),
  };
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export const state = { registry: createRegistry };
