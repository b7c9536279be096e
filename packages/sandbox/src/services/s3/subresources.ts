/** A part of a bucket's configuration: it is kept as it was put, and given back. */
export interface Subresource {
  /** As the API names it: `GetBucketPolicy` and `PutBucketPolicy`. */
  readonly api: string;
  /** The IAM actions, which are often named otherwise. */
  readonly reads: string;
  readonly writes: string;
  /** As the API names it where it is deleted, if otherwise. */
  readonly deleted?: string;
  /** Whether the API can delete it; it can where nothing else is said. */
  readonly stays?: true;
  /** The answer where nothing was put: an error code with its status, or a document. */
  readonly absent: { readonly code: string; readonly message: string } | { readonly document: string };
}

const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/**
 * Subresources of a bucket by their query parameter.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export const subresources: Readonly<Record<string, Subresource>> = {
  versioning: {
    api: 'BucketVersioning',
    stays: true,
    reads: 's3:GetBucketVersioning',
    writes: 's3:PutBucketVersioning',
    absent: { document: `<VersioningConfiguration ${xmlns}/>` },
  },
  encryption: {
    api: 'BucketEncryption',
    reads: 's3:GetEncryptionConfiguration',
    writes: 's3:PutEncryptionConfiguration',
    absent: {
      document: `<ServerSideEncryptionConfiguration ${xmlns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`,
    },
  },
  policy: {
    api: 'BucketPolicy',
    reads: 's3:GetBucketPolicy',
    writes: 's3:PutBucketPolicy',
    absent: { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' },
  },
  logging: {
    api: 'BucketLogging',
    stays: true,
    reads: 's3:GetBucketLogging',
    writes: 's3:PutBucketLogging',
    absent: { document: `<BucketLoggingStatus ${xmlns}/>` },
  },
  publicAccessBlock: {
    api: 'PublicAccessBlock',
    reads: 's3:GetBucketPublicAccessBlock',
    writes: 's3:PutBucketPublicAccessBlock',
    absent: {
      code: 'NoSuchPublicAccessBlockConfiguration',
      message: 'The public access block configuration was not found',
    },
  },
  acl: {
    api: 'BucketAcl',
    stays: true,
    reads: 's3:GetBucketAcl',
    writes: 's3:PutBucketAcl',
    absent: {
      document: `<AccessControlPolicy ${xmlns}><Owner><ID>sandbox</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>sandbox</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>`,
    },
  },
  tagging: {
    api: 'BucketTagging',
    reads: 's3:GetBucketTagging',
    writes: 's3:PutBucketTagging',
    absent: { code: 'NoSuchTagSet', message: 'The TagSet does not exist' },
  },
  ownershipControls: {
    api: 'BucketOwnershipControls',
    reads: 's3:GetBucketOwnershipControls',
    writes: 's3:PutBucketOwnershipControls',
    absent: {
      code: 'OwnershipControlsNotFoundError',
      message: 'The bucket ownership controls were not found',
    },
  },
  lifecycle: {
    api: 'BucketLifecycleConfiguration',
    deleted: 'BucketLifecycle',
    reads: 's3:GetLifecycleConfiguration',
    writes: 's3:PutLifecycleConfiguration',
    absent: { code: 'NoSuchLifecycleConfiguration', message: 'The lifecycle configuration does not exist' },
  },
  cors: {
    api: 'BucketCors',
    reads: 's3:GetBucketCORS',
    writes: 's3:PutBucketCORS',
    absent: { code: 'NoSuchCORSConfiguration', message: 'The CORS configuration does not exist' },
  },
  notification: {
    api: 'BucketNotificationConfiguration',
    stays: true,
    reads: 's3:GetBucketNotification',
    writes: 's3:PutBucketNotification',
    absent: { document: `<NotificationConfiguration ${xmlns}/>` },
  },
  website: {
    api: 'BucketWebsite',
    reads: 's3:GetBucketWebsite',
    writes: 's3:PutBucketWebsite',
    absent: {
      code: 'NoSuchWebsiteConfiguration',
      message: 'The specified bucket does not have a website configuration',
    },
  },
  replication: {
    api: 'BucketReplication',
    reads: 's3:GetReplicationConfiguration',
    writes: 's3:PutReplicationConfiguration',
    absent: {
      code: 'ReplicationConfigurationNotFoundError',
      message: 'The replication configuration was not found',
    },
  },
};
