import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'S3 backend in the documentation of Terraform 1.2',
    url: 'https://developer.hashicorp.com/terraform/language/v1.2.x/backend/s3',
    readOn: '2026-11-26',
    options: { bucket: 'my-state', keys: ['app.tfstate'], lock: 'none', region: 'eu-west-1' },
    allows: [
      { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::my-state'] },
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resources: ['arn:aws:s3:::my-state/app.tfstate'],
      },
    ],
  },
];
