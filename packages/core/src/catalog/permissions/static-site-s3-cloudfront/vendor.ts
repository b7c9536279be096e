import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const options = {
  buckets: ['my-site'],
  wholeBucket: true,
  distributions: ['E1A2B3C4D5E6F7'],
  account: '123456789012',
  region: 'eu-west-1',
} as const;
const objects = 'arn:aws:s3:::my-site/*';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'policy of deploy-aws-s3-cloudfront',
    url: 'https://github.com/apancutt/deploy-aws-s3-cloudfront/issues/14',
    readOn: '2026-11-26',
    options: { ...options, deleteRemoved: true },
    allows: [
      { actions: ['s3:ListAllMyBuckets'], resources: ['arn:aws:s3:::*'] },
      {
        actions: ['s3:PutObject', 's3:ListBucket', 's3:DeleteObject'],
        resources: ['arn:aws:s3:::my-site', objects],
      },
      {
        actions: ['cloudfront:CreateInvalidation'],
        resources: ['arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7'],
      },
    ],
  },
  {
    title: 'documentation of s3_website',
    url: 'https://github.com/laurilehmijoki/s3_website/blob/master/additional-docs/setting-up-aws-credentials.md',
    readOn: '2026-11-26',
    options: { ...options, deleteRemoved: true },
    allows: [
      { actions: ['cloudfront:*'], resources: ['*'] },
      { actions: ['s3:*'], resources: ['arn:aws:s3:::my-site', objects] },
    ],
  },
];
