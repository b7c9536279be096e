import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const bucket = 'arn:aws:s3:::cdk-hnb659fds-assets-123456789012-eu-west-1';
const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const template = {
  url: 'https://github.com/aws/aws-cdk-cli/blob/7ff50e77f314548128df33ec9042c17fa0da6c1c/packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml',
  readOn: '2026-11-26',
};

/** Version 32 of the template, with a key of one's own where its parameters have one. */
export const vendors: readonly VendorPolicy[] = [
  {
    ...template,
    title: 'bootstrap template, deploy role',
    options: {
      role: 'deploy',
      stacks: ['my-app'],
      method: 'both',
      destroy: true,
      rollback: true,
      terminationProtection: true,
      ...place,
    },
    allows: [
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:DeleteChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'cloudformation:RollbackStack',
          'cloudformation:ContinueUpdateRollback',
          'cloudformation:DeleteStack',
          'cloudformation:UpdateTerminationProtection',
          'cloudformation:CreateStackRefactor',
          'cloudformation:ExecuteStackRefactor',
          'sts:GetCallerIdentity',
        ],
        resources: ['*'],
      },
      {
        actions: [
          'cloudformation:Describe*',
          'cloudformation:EstimateTemplateCost',
          'cloudformation:Get*',
          'cloudformation:List*',
          'cloudformation:ValidateTemplate',
          'cloudformation:Detect*',
        ],
        resources: ['*'],
      },
      {
        actions: ['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:Abort*', 's3:DeleteObject*', 's3:PutObject*'],
        resources: ['*'],
        conditions: { StringNotEquals: { 's3:ResourceAccount': ['123456789012'] } },
      },
      {
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com'] } },
      },
      {
        actions: ['iam:PassRole'],
        resources: ['arn:aws:iam::123456789012:role/cdk-hnb659fds-cfn-exec-role-123456789012-eu-west-1'],
      },
      { actions: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'], resources: [bucket, `${bucket}/*`] },
      {
        actions: ['ssm:GetParameter', 'ssm:GetParameters'],
        resources: ['arn:aws:ssm:eu-west-1:123456789012:parameter/cdk-bootstrap/hnb659fds/version'],
      },
    ],
  },
  {
    ...template,
    title: 'bootstrap template, file-publishing role',
    options: { role: 'file-publishing', kmsKey: key, ...place },
    allows: [
      {
        actions: [
          's3:GetObject*',
          's3:GetBucket*',
          's3:GetEncryptionConfiguration',
          's3:List*',
          's3:DeleteObject*',
          's3:PutObject*',
          's3:Abort*',
        ],
        resources: [bucket, `${bucket}/*`],
        conditions: { StringEquals: { 'aws:ResourceAccount': ['123456789012'] } },
      },
      {
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        resources: [key],
      },
    ],
  },
  {
    ...template,
    title: 'bootstrap template, image-publishing role',
    options: { role: 'image-publishing', ...place },
    allows: [
      {
        actions: [
          'ecr:PutImage',
          'ecr:InitiateLayerUpload',
          'ecr:UploadLayerPart',
          'ecr:CompleteLayerUpload',
          'ecr:BatchCheckLayerAvailability',
          'ecr:DescribeRepositories',
          'ecr:DescribeImages',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
        resources: [
          'arn:aws:ecr:eu-west-1:123456789012:repository/cdk-hnb659fds-container-assets-123456789012-eu-west-1',
        ],
      },
      { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    ],
  },
  {
    ...template,
    title: 'bootstrap template, lookup role (of its ReadOnlyAccess a few lines)',
    options: { role: 'lookup', stacks: ['my-app'], lookUpKeys: true, ...place },
    allows: [
      {
        actions: [
          'cloudformation:Describe*',
          'cloudformation:Get*',
          'cloudformation:List*',
          'ssm:Describe*',
          'ssm:Get*',
          'ssm:List*',
          'kms:Describe*',
          'kms:Get*',
          'kms:List*',
          'lambda:Get*',
          'lambda:List*',
        ],
        resources: ['*'],
      },
    ],
  },
];
