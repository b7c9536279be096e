import { partitionOfRegion } from '@postern/core';

/** The region that an address of S3 names, as in `s3.dualstack.eu-west-1` or `s3-us-west-2`, by which its partition is known. */
export function regionOfAddress(address: string): string | undefined {
  return address
    .split(/[./]/)
    .map((label) => label.replace(/^s3-(?:fips-)?/, ''))
    .find((label) => partitionOfRegion.has(label));
}
