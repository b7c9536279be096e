import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

/** What users take who look for a policy in AWS's own: none of the clients publishes one that names its prefix. */
export const vendors: readonly VendorPolicy[] = [
  {
    title: 'managed policy AmazonS3ReadOnlyAccess',
    url: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonS3ReadOnlyAccess.html',
    readOn: '2026-03-07',
    options: { bucket: 'build-cache', prefixes: ['cache/main'], region: 'eu-west-1' },
    allows: [
      {
        actions: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
        resources: ['*'],
      },
    ],
  },
];
