import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const one = 'arn:aws:lambda:eu-west-1:123456789012:function:my-function';
const readme = 'https://github.com/aws-actions/aws-lambda-deploy#permissions';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'README of aws-lambda-deploy',
    url: readme,
    readOn: '2026-11-26',
    options: {
      functions: ['my-function'],
      client: 'aws-actions',
      createFunction: true,
      passRoles: ['my-function-role'],
      ...place,
    },
    allows: [
      {
        actions: [
          'lambda:GetFunctionConfiguration',
          'lambda:CreateFunction',
          'lambda:UpdateFunctionCode',
          'lambda:UpdateFunctionConfiguration',
          'lambda:PublishVersion',
        ],
        resources: [one],
      },
      { actions: ['iam:PassRole'], resources: ['arn:aws:iam::123456789012:role/my-function-role'] },
    ],
  },
  {
    title: 'README of aws-lambda-deploy, for packages in S3',
    url: readme,
    readOn: '2026-11-26',
    options: {
      functions: ['my-function'],
      client: 'aws-actions',
      package: 's3',
      bucket: 'packages',
      prefixes: ['lambda-deployments/my-function'],
      upload: true,
      ...place,
    },
    allows: [
      {
        actions: [
          'lambda:GetFunctionConfiguration',
          'lambda:CreateFunction',
          'lambda:UpdateFunctionCode',
          'lambda:UpdateFunctionConfiguration',
          'lambda:PublishVersion',
        ],
        resources: [one],
      },
      {
        actions: [
          's3:ListBucket',
          's3:CreateBucket',
          's3:GetObject',
          's3:PutObject',
          's3:PutBucketPublicAccessBlock',
          's3:PutEncryptionConfiguration',
          's3:PutBucketVersioning',
        ],
        resources: ['arn:aws:s3:::packages', 'arn:aws:s3:::packages/*'],
      },
    ],
  },
];
