import { partitionOfRegion, partitions } from '@postern/core';
import { states } from '../services/states.js';

/** Where the account under test lives. */
export interface AccountPlace {
  readonly account: string;
  readonly region: string;
}

type States = typeof states;

/** What there is of each service: see `state.ts` in its folder. */
type Existing = { readonly [Name in keyof States]: ReturnType<States[Name]> };

/** What exists in the sandbox: everything is in memory, and gone when it closes. */
export interface World extends AccountPlace, Existing {
  readonly partition: string;
  readonly dnsSuffix: string;
  /**
   * Whether what a request names is taken to exist already. Off, the account starts empty and says so, as AWS does.
   */
  readonly assumeExisting: boolean;
  /** Operations that fail for a reason of the service's own, as `s3:UploadPart`: to see how a tool cleans up. */
  readonly failing: Set<string>;
  /**
   * What had to be taken for granted to answer a request, in words: AWS would have known better. Each with a part of the
   * resources that it decides, since it matters only where one of them is asked for.
   */
  readonly assumed: Map<string, string>;
  /** Ends what the world started. */
  close(): Promise<void>;
}

export function createWorld(place: AccountPlace, { assumeExisting = false } = {}): World {
  const partition = partitionOfRegion.get(place.region) ?? 'aws';
  const existing = Object.fromEntries(Object.entries(states).map(([name, create]) => [name, create()]));
  return {
    ...place,
    ...(existing as unknown as Existing),
    partition,
    dnsSuffix: partitions[partition]!.dnsSuffix,
    assumeExisting,
    failing: new Set(),
    assumed: new Map(),
    async close() {
      for (const one of Object.values(existing)) if ('close' in one) await one.close();
    },
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
