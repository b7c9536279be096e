import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

/** Pulumi's page on its backend in S3 lists no permissions: this is what users take who look among AWS's own. */
export const vendors: readonly VendorPolicy[] = [
  {
    title: 'managed policy AmazonS3FullAccess, version 2, as MAMIP keeps it',
    url: 'https://github.com/zoph-io/MAMIP/blob/1b36617981d5e8905ceb82b8dcbd892340a023ba/policies/AmazonS3FullAccess',
    readOn: '2026-11-26',
    options: { bucket: 'my-pulumi-state', stacks: ['app/production'], region: 'eu-west-1' },
    allows: [{ actions: ['s3:*', 's3-object-lambda:*'], resources: ['*'] }],
  },
];
