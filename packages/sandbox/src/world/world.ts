import { partitionOfRegion, partitions } from '@postern/core';
import { createDeployments, type Deployments } from './deployments.js';
import { createContainers, type Containers } from './containers.js';
import { createKeys, type Keys } from './keys.js';
import { createObjects, type Objects } from './objects.js';
import { createRegistry, type Registry } from './registry.js';
import { createTables, type Tables } from './tables.js';

/** Where the account under test lives. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What exists in the sandbox: everything is in memory, and gone when it closes. */
export interface World extends Place {
  readonly partition: string;
  readonly dnsSuffix: string;
  /**
   * Whether what a request names is taken to exist already. Off, the account starts empty and says so, as AWS does.
   */
  readonly assumeExisting: boolean;
  /** Operations that fail for a reason of the service's own, as `s3:UploadPart`: to see how a tool cleans up. */
  readonly failing: Set<string>;
  readonly objects: Objects;
  readonly tables: Tables;
  readonly registry: Registry;
  readonly containers: Containers;
  readonly deployments: Deployments;
  readonly keys: Keys;
  /** Values of parameters of Systems Manager by name. */
  readonly parameters: Map<string, string>;
  /**
   * What had to be taken for granted to answer a request, in words: AWS would have known better. Each with a part of the
   * resources that it decides, since it matters only where one of them is asked for.
   */
  readonly assumed: Map<string, string>;
  /** Ends what the world started. */
  close(): Promise<void>;
}

export function createWorld(place: Place, { assumeExisting = false } = {}): World {
  const partition = partitionOfRegion.get(place.region) ?? 'aws';
  const tables = createTables();
  return {
    ...place,
    partition,
    dnsSuffix: partitions[partition]!.dnsSuffix,
    assumeExisting,
    failing: new Set(),
    objects: createObjects(),
    tables,
    registry: createRegistry(),
    containers: createContainers(),
    deployments: createDeployments(),
    keys: createKeys(),
    parameters: new Map(),
    assumed: new Map(),
    close: () => tables.close(),
  };
}

/** The world as a request to a region sees it: other partitions have other names. */
export function worldIn(world: World, region: string): World {
  const partition = partitionOfRegion.get(region) ?? world.partition;
  return partition === world.partition ? world : { ...world, partition, dnsSuffix: partitions[partition]!.dnsSuffix };
}

/** An ARN in the world's partition. */
export function arnOf(world: World, service: string, region: string, account: string, resource: string): string {
  return `arn:${world.partition}:${service}:${region}:${account}:${resource}`;
}
