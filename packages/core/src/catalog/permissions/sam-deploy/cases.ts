import { defineRefused, defineSamples, type Case } from '../../cases.js';
import { samDeploy } from './entry.js';

const account = '123456789012';
const region = 'eu-west-1';
const place = { account, region } as const;
const stackOf = (name: string, end = '1234abcd-12ab-34cd-56ef-1234567890ab') =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/${end}`;
const one = stackOf('my-stack');
const companion = stackOf('my-stack-5f9d0add-CompanionStack');
const webFunctions = stackOf('my-stack-5f9d0add-WebFunctionCode');
const managedStack = stackOf('aws-sam-cli-managed-default');
const managedBucket = 'arn:aws:s3:::aws-sam-cli-managed-default-samclisourcebucket-1a2b3c4d5e6f';
const role = `arn:aws:iam::${account}:role/my-stack-role`;
const withRole = { 'cloudformation:RoleArn': role };
const otherRole = { 'cloudformation:RoleArn': `arn:aws:iam::${account}:role/admin` };
const toCloudFormation = { 'iam:PassedToService': 'cloudformation.amazonaws.com' };
const transform = (name: string) => `arn:aws:cloudformation:${region}:aws:transform/${name}`;
const serverless = transform('Serverless-2016-10-31');
const artifacts = 'arn:aws:s3:::my-artifacts';
const repository = (name: string) => `arn:aws:ecr:${region}:${account}:repository/${name}`;
const images = repository('app/images');
const functionOf = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:${region}:${account}:key/${keyId}`;
const viaS3 = (object: string) => ({
  'kms:ViaService': `s3.${region}.amazonaws.com`,
  'kms:EncryptionContext:aws:s3:arn': object,
});
const inAccount = (id = account) => ({ 'aws:ResourceAccount': id });

const alone = { stacks: ['my-stack'], ...place } as const;
const job = { ...alone, serviceRole: 'my-stack-role' } as const;
const bucket = { bucket: 'my-artifacts', prefixes: ['app'] } as const;
const managed = { resolveS3: 'existing', prefixes: ['app'] } as const;

const anywhere = (actions: readonly string[], why: string): Case => ({ actions, resource: '*', why });
/** What every deployment of the sample asks for, whatever else its options allow. */
const deploysWith = (role: Readonly<Record<string, string>> | undefined, stack = one): readonly Case[] => [
  {
    actions: [
      'cloudformation:DescribeStacks',
      'cloudformation:GetTemplateSummary',
      'cloudformation:DescribeChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:DescribeStackEvents',
    ],
    resource: stack,
    why: 'sam deploy',
  },
  {
    actions: ['cloudformation:CreateChangeSet'],
    resource: stack,
    ...(role === undefined ? {} : { context: role }),
    why: 'the change set of sam deploy',
  },
];
const uploads = (object: string, context?: Readonly<Record<string, string>>): Case => ({
  actions: ['s3:PutObject', 's3:GetObject'],
  resource: object,
  ...(context === undefined ? {} : { context }),
  why: 'upload what is deployed',
});
const pushes = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
  'ecr:BatchGetImage',
];

/** What is refused whatever else is asked for. */
const never: readonly Case[] = [
  {
    actions: ['cloudformation:SetStackPolicy', 'cloudformation:UpdateTerminationProtection'],
    resource: one,
    why: 'what protects the stack stays',
  },
  anywhere(['cloudformation:ListStacks', 'iam:ListRoles', 's3:ListAllMyBuckets'], 'nothing is listed'),
  {
    actions: ['iam:CreateRole', 'iam:AttachRolePolicy'],
    resource: role,
    why: 'CloudFormation makes roles with the service role, or with rights that are given elsewhere',
  },
];

export const samples = defineSamples(samDeploy, [
  {
    name: 'default',
    options: { ...job, ...bucket },
    allows: [
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:GetTemplateSummary',
          'cloudformation:DescribeChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DescribeStackEvents',
        ],
        resource: one,
        why: 'sam deploy',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: stackOf('my-stack', '*'),
        why: 'a stack that is not there',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, context: withRole, why: 'sam deploy --role-arn' },
      { actions: ['cloudformation:CreateChangeSet'], resource: serverless, why: 'what every template of SAM names' },
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'the role of --role-arn' },
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resource: `${artifacts}/app/1a2b3c`,
        why: '--s3-bucket --s3-prefix',
      },
    ],
    denies: [
      { actions: ['cloudformation:CreateChangeSet'], resource: one, context: otherRole, why: 'another role' },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, why: 'the role that the stack had last' },
      ...['my-stack-old', 'old-my-stack', 'theirs', 'my-stack-5f9d0add-CompanionStack'].map((name) => ({
        actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet', 'cloudformation:DescribeStacks'],
        resource: stackOf(name, '*'),
        context: withRole,
        why: 'another stack',
      })),
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `arn:aws:cloudformation:us-east-1:${account}:stack/my-stack/*`,
        why: 'another region',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `arn:aws:cloudformation:${region}:999999999999:stack/my-stack/*`,
        why: 'another account',
      },
      {
        actions: [
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'cloudformation:DeleteStack',
          'cloudformation:RollbackStack',
          'cloudformation:GetTemplate',
          'cloudformation:ListStackResources',
          'cloudformation:TagResource',
        ],
        resource: one,
        context: withRole,
        why: 'only by change sets, nothing is deleted, and no more is asked for',
      },
      { actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack'], resource: serverless, why: 'no sync' },
      { actions: ['cloudformation:CreateChangeSet'], resource: transform('Include'), why: 'another transform' },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `arn:aws:cloudformation:${region}:${account}:transform/MyMacro`,
        why: 'a macro of the account',
      },
      { actions: ['cloudformation:DescribeStacks'], resource: managedStack, why: 'the bucket is given' },
      { actions: ['iam:PassRole'], resource: role, why: 'to whatever service' },
      {
        actions: ['iam:PassRole'],
        resource: role,
        context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        why: 'to a function',
      },
      {
        actions: ['iam:PassRole'],
        resource: `arn:aws:iam::${account}:role/admin`,
        context: toCloudFormation,
        why: 'another role',
      },
      { actions: ['s3:DeleteObject'], resource: `${artifacts}/app/1a2b3c`, why: 'nothing is deleted' },
      { actions: ['s3:PutObject'], resource: `${artifacts}/app-old/1a2b3c`, why: 'a longer prefix' },
      { actions: ['s3:PutObject'], resource: `${artifacts}-old/app/1a2b3c`, why: 'another bucket' },
      { actions: ['s3:ListBucket'], resource: artifacts, context: { 's3:prefix': 'app/' }, why: 'nothing is listed' },
      anywhere(['ecr:GetAuthorizationToken'], 'no function is an image'),
      anywhere(['iam:ListPolicies'], 'nothing is validated'),
      ...never,
    ],
  },
  {
    name: 'without-bucket-and-role',
    options: {
      ...alone,
      validateTemplates: true,
      transforms: ['LanguageExtensions'],
      parameters: ['/app/image'],
      stackTags: true,
    },
    allows: [
      { actions: ['cloudformation:CreateChangeSet', 'cloudformation:TagResource'], resource: one, why: 'sam deploy' },
      { actions: ['cloudformation:CreateChangeSet'], resource: transform('LanguageExtensions'), why: 'it is named' },
      {
        actions: ['ssm:GetParameters'],
        resource: `arn:aws:ssm:${region}:${account}:parameter/app/image`,
        why: 'AWS::SSM::Parameter::Value',
      },
      anywhere(['iam:ListPolicies'], 'sam validate'),
    ],
    denies: [
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'no role is handed over' },
      { actions: ['cloudformation:TagResource'], resource: stackOf('theirs'), why: 'another stack' },
      {
        actions: ['ssm:GetParameters'],
        resource: `arn:aws:ssm:${region}:${account}:parameter/app/image-old`,
        why: 'another parameter',
      },
      { actions: ['s3:PutObject'], resource: `${artifacts}/app/1a2b3c`, why: 'there is no bucket' },
      ...never,
    ],
  },
  {
    name: 'review',
    options: { ...alone, ...bucket, access: 'review' },
    allows: [
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:DescribeStacks',
        ],
        resource: one,
        why: 'sam deploy --no-execute-changeset',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:ExecuteChangeSet', 'cloudformation:DescribeStackEvents'],
        resource: one,
        why: 'a review changes nothing',
      },
      ...never,
    ],
  },
  {
    name: 'managed-bucket',
    options: { ...job, ...managed, deleteStacks: true },
    allows: [
      ...deploysWith(withRole),
      { actions: ['cloudformation:DescribeStacks'], resource: managedStack, why: 'sam deploy --resolve-s3' },
      {
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
        resource: `${managedBucket}/app/1a2b3c`,
        context: inAccount(),
        why: 'its artifacts',
      },
      { actions: ['s3:ListBucket'], resource: managedBucket, context: { 's3:prefix': 'app/' }, why: 'sam delete' },
      { actions: ['cloudformation:DeleteStack', 'cloudformation:GetTemplate'], resource: one, why: 'sam delete' },
      { actions: ['cloudformation:DescribeStacks'], resource: companion, why: 'sam delete asks whether there is one' },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: webFunctions,
        why: 'and whether there is one for web functions',
      },
    ],
    denies: [
      {
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
        resource: `${managedBucket}/app/1a2b3c`,
        context: inAccount('999999999999'),
        why: 'a bucket that somebody else has named so',
      },
      {
        actions: ['s3:PutObject'],
        resource: `${managedBucket}/theirs/1a2b3c`,
        context: inAccount(),
        why: 'another prefix',
      },
      { actions: ['s3:ListBucket'], resource: managedBucket, why: 'the whole bucket' },
      {
        actions: ['s3:ListBucket'],
        resource: managedBucket,
        context: { 's3:prefix': 'app-old/' },
        why: 'a longer prefix',
      },
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:DeleteStack',
          'cloudformation:TagResource',
        ],
        resource: managedStack,
        context: withRole,
        why: 'the managed stack is there, and stays',
      },
      { actions: ['s3:CreateBucket', 's3:PutBucketPolicy'], resource: managedBucket, why: 'nor is its bucket made' },
      {
        actions: ['cloudformation:DeleteStack', 'cloudformation:UpdateStack', 'cloudformation:GetTemplate'],
        resource: companion,
        why: 'a companion is only looked for',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: stackOf('my-stack-5f9d0ad-CompanionStack'),
        why: 'no eight characters',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: stackOf('theirs-5f9d0add-CompanionStack'),
        why: 'of another stack',
      },
      { actions: ['cloudformation:RollbackStack'], resource: one, why: 'nothing failed' },
      ...never,
    ],
  },
  {
    name: 'managed-bucket-by-name',
    options: {
      ...job,
      resolveS3: 'existing',
      bucket: 'aws-sam-cli-managed-default-samclisourcebucket-1a2b3c4d5e6f',
      wholeBucket: true,
      kmsKey: keyId,
      deleteStacks: true,
    },
    allows: [
      { actions: ['cloudformation:DescribeStacks'], resource: managedStack, why: 'sam deploy --resolve-s3' },
      {
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
        resource: `${managedBucket}/1a2b3c`,
        why: 'its artifacts',
      },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: key,
        context: viaS3(`${managedBucket}/1a2b3c`),
        why: '--kms-key-id',
      },
    ],
    denies: [
      {
        actions: ['s3:PutObject'],
        resource: `${managedBucket}-old/1a2b3c`,
        context: inAccount(),
        why: 'another bucket',
      },
      { actions: ['s3:ListBucket'], resource: managedBucket, context: { 's3:prefix': '' }, why: 'nothing is listed' },
      ...never,
    ],
  },
  {
    name: 'make-the-managed-bucket',
    options: { ...job, resolveS3: 'create', wholeBucket: true },
    allows: [
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:CreateChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:TagResource',
        ],
        resource: managedStack,
        why: 'the managed stack is missing',
      },
      {
        actions: [
          's3:CreateBucket',
          's3:PutBucketTagging',
          's3:PutBucketVersioning',
          's3:PutBucketPublicAccessBlock',
          's3:PutEncryptionConfiguration',
          's3:GetBucketPolicy',
          's3:PutBucketPolicy',
        ],
        resource: managedBucket,
        why: 'CloudFormation makes it for the job',
      },
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resource: `${managedBucket}/1a2b3c`,
        context: inAccount(),
        why: 'artifacts without a prefix',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:DeleteStack', 'cloudformation:UpdateStack'],
        resource: managedStack,
        why: 'it stays',
      },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: stackOf('aws-sam-cli-managed-other'),
        why: 'another stack',
      },
      {
        actions: ['s3:CreateBucket', 's3:GetBucketPolicy', 's3:PutBucketPolicy'],
        resource: artifacts,
        why: 'another bucket',
      },
      {
        actions: ['s3:DeleteObject'],
        resource: `${managedBucket}/1a2b3c`,
        context: inAccount(),
        why: 'artifacts stay',
      },
      {
        actions: ['s3:DeleteBucket', 's3:PutBucketAcl', 's3:DeleteObject'],
        resource: managedBucket,
        why: 'the managed bucket is neither deleted nor opened to others',
      },
      ...never,
    ],
  },
  {
    name: 'encrypted-bucket',
    options: { ...job, ...bucket, kmsKey: keyId },
    allows: [
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: key,
        context: viaS3(`${artifacts}/app/1a2b3c`),
        why: '--kms-key-id',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3(artifacts),
        why: 'the same, where the bucket uses bucket keys',
      },
    ],
    denies: [
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(`${artifacts}/theirs/a`), why: 'another object' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { ...viaS3(`${artifacts}/app/a`), 'kms:ViaService': `ssm.${region}.amazonaws.com` },
        why: 'not through S3',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `arn:aws:kms:${region}:${account}:key/00000000-12ab-34cd-56ef-1234567890ab`,
        context: viaS3(`${artifacts}/app/a`),
        why: 'another key',
      },
      ...never,
    ],
  },
  {
    name: 'images',
    options: { ...job, ...bucket, images: 'given', repositories: ['app/images'], deleteStacks: true },
    allows: [
      anywhere(['ecr:GetAuthorizationToken'], '--image-repository'),
      { actions: [...pushes, 'ecr:BatchDeleteImage'], resource: images, why: 'push, and delete with the stack' },
      { actions: ['s3:ListBucket'], resource: artifacts, context: { 's3:prefix': 'app/' }, why: 'sam delete' },
      { actions: ['s3:DeleteObject'], resource: `${artifacts}/app/1a2b3c`, why: 'the same' },
    ],
    denies: [
      { actions: pushes, resource: repository('app/images-old'), why: 'another repository' },
      { actions: pushes, resource: `arn:aws:ecr:us-east-1:${account}:repository/app/images`, why: 'another region' },
      {
        actions: [
          'ecr:CreateRepository',
          'ecr:DeleteRepository',
          'ecr:SetRepositoryPolicy',
          'ecr:TagResource',
          'ecr:GetDownloadUrlForLayer',
        ],
        resource: images,
        why: 'the repository is given, and nothing is pulled',
      },
      { actions: ['cloudformation:CreateStack'], resource: companion, why: 'there is no companion' },
      {
        actions: ['s3:ListBucket'],
        resource: managedBucket,
        context: { 's3:prefix': 'app/' },
        why: 'the bucket is given',
      },
      anywhere(['ecr:DescribeRepositories', 'ecr:DescribeRegistry'], 'no repository is looked for'),
      ...never,
    ],
  },
  {
    name: 'companion',
    options: {
      ...job,
      ...bucket,
      images: 'companion',
      repositories: ['mystack5f9d0add/hello1a2b3c4drepo'],
      deleteStacks: true,
    },
    allows: [
      ...deploysWith(withRole),
      uploads(`${artifacts}/app/1a2b3c`),
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'cloudformation:ListStackResources',
          'cloudformation:DeleteStack',
          'cloudformation:GetTemplate',
        ],
        resource: companion,
        why: '--resolve-image-repos',
      },
      {
        actions: [
          'ecr:CreateRepository',
          'ecr:TagResource',
          'ecr:SetRepositoryPolicy',
          'ecr:DeleteRepository',
          'ecr:PutImage',
        ],
        resource: repository('mystack5f9d0add/hello1a2b3c4drepo'),
        why: 'its repositories',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:DeleteStack', 'cloudformation:UpdateStack'],
        resource: stackOf('theirs-5f9d0add-CompanionStack'),
        why: 'of another stack',
      },
      { actions: ['cloudformation:DeleteStack'], resource: webFunctions, why: 'another stack of SAM' },
      {
        actions: ['ecr:DeleteRepository', 'ecr:CreateRepository'],
        resource: repository('theirs/hello'),
        why: 'another repository',
      },
      {
        actions: ['ecr:DeleteRepository'],
        resource: repository('mystack5f9d0add/hello1a2b3c4drepo2'),
        why: 'a longer name',
      },
      ...never,
    ],
  },
  {
    name: 'companion-alone',
    options: { ...job, ...managed, images: 'companion', repositories: ['mystack5f9d0add/hello1a2b3c4drepo'] },
    allows: [
      ...deploysWith(withRole),
      uploads(`${managedBucket}/app/1a2b3c`, inAccount()),
      {
        actions: ['cloudformation:DescribeStacks', 'cloudformation:CreateStack'],
        resource: companion,
        why: 'see whether it is there, and make it',
      },
      {
        actions: ['ecr:CreateRepository', 'ecr:PutImage'],
        resource: repository('mystack5f9d0add/hello1a2b3c4drepo'),
        why: 'its repository',
      },
    ],
    denies: [
      { actions: ['cloudformation:GetTemplate'], resource: companion, why: 'nothing is deleted with the stack' },
      { actions: ['cloudformation:DescribeStacks'], resource: webFunctions, why: 'nor looked for' },
      { actions: ['s3:ListBucket'], resource: managedBucket, context: { 's3:prefix': 'app/' }, why: 'nor listed' },
      ...never,
    ],
  },
  {
    name: 'failure',
    options: { ...job, ...bucket, deleteFailed: true },
    allows: [
      ...deploysWith(withRole),
      uploads(`${artifacts}/app/1a2b3c`),
      {
        actions: ['cloudformation:DeleteStack', 'cloudformation:RollbackStack'],
        resource: one,
        why: '--on-failure DELETE',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:DeleteStack', 'cloudformation:RollbackStack'],
        resource: stackOf('my-stack-old'),
        why: 'another stack',
      },
      { actions: ['cloudformation:GetTemplate'], resource: one, why: 'its artifacts stay' },
      ...never,
    ],
  },
  {
    name: 'sync',
    options: {
      ...job,
      ...bucket,
      sync: true,
      functions: ['my-stack-Hello-1A2B3C'],
      publish: true,
      images: 'given',
      repositories: ['app/images'],
    },
    allows: [
      ...deploysWith(withRole),
      uploads(`${artifacts}/app/1a2b3c`),
      {
        actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack'],
        resource: one,
        context: withRole,
        why: 'sam sync --role-arn',
      },
      {
        actions: ['cloudformation:GetTemplate', 'cloudformation:ListStackResources'],
        resource: one,
        why: 'what has changed',
      },
      {
        actions: [
          'lambda:UpdateFunctionCode',
          'lambda:GetFunction',
          'lambda:GetFunctionConfiguration',
          'lambda:PublishVersion',
          'lambda:UpdateAlias',
        ],
        resource: functionOf('my-stack-Hello-1A2B3C'),
        why: 'code alone has changed',
      },
      { actions: pushes, resource: images, why: 'sam sync --image-repository' },
    ],
    denies: [
      { actions: ['cloudformation:UpdateStack'], resource: one, context: otherRole, why: 'another role' },
      { actions: ['cloudformation:UpdateStack'], resource: one, why: 'the role that the stack had last' },
      {
        actions: ['lambda:UpdateFunctionCode', 'lambda:UpdateAlias'],
        resource: functionOf('my-stack-Hello-1A2B3C-2'),
        why: 'another function',
      },
      {
        actions: ['lambda:UpdateFunctionConfiguration', 'lambda:AddPermission', 'lambda:DeleteFunction'],
        resource: functionOf('my-stack-Hello-1A2B3C'),
        why: 'CloudFormation changes all but the code of a function, with the service role, or with rights that are given elsewhere',
      },
      { actions: ['cloudformation:DeleteStack'], resource: one, context: withRole, why: 'nothing is deleted' },
      {
        actions: ['ecr:BatchDeleteImage', 'ecr:GetDownloadUrlForLayer'],
        resource: images,
        why: 'nor any image, and no image alone is synced',
      },
      ...never,
    ],
  },
  {
    name: 'sync-of-images',
    options: {
      ...alone,
      ...bucket,
      sync: true,
      functions: ['my-stack-Hello-1A2B3C'],
      images: 'given',
      repositories: ['app/images'],
      syncImages: true,
    },
    allows: [
      { actions: [...pushes, 'ecr:GetDownloadUrlForLayer'], resource: images, why: 'an image alone has changed' },
      {
        actions: ['lambda:UpdateFunctionCode', 'lambda:GetFunction', 'lambda:GetFunctionConfiguration'],
        resource: functionOf('my-stack-Hello-1A2B3C'),
        why: 'the image is put into its function',
      },
    ],
    denies: [
      ...['app/images-old', 'app/image', 'theirs'].map((name) => ({
        actions: ['ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
        resource: repository(name),
        why: 'an image of another repository',
      })),
      {
        actions: ['ecr:SetRepositoryPolicy', 'ecr:GetRepositoryPolicy'],
        resource: images,
        why: 'who may read the repository stays',
      },
      {
        actions: ['lambda:UpdateFunctionCode'],
        resource: functionOf('my-stack-Hello-1A2B3C-2'),
        why: 'another function',
      },
      ...never,
    ],
  },
  {
    name: 'sync-of-code',
    options: { ...alone, ...bucket, sync: true, functions: ['my-stack-Hello-1A2B3C'] },
    allows: [
      { actions: ['lambda:UpdateFunctionCode'], resource: functionOf('my-stack-Hello-1A2B3C'), why: 'sam sync --code' },
    ],
    denies: [
      {
        actions: ['lambda:PublishVersion', 'lambda:UpdateAlias'],
        resource: functionOf('my-stack-Hello-1A2B3C'),
        why: 'nothing is published',
      },
      ...never,
    ],
  },
  {
    name: 'account',
    options: { ...place, ...bucket, scope: 'account' },
    allows: [{ actions: ['cloudformation:CreateChangeSet'], resource: stackOf('theirs'), why: 'any stack' }],
    denies: [
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `arn:aws:cloudformation:us-east-1:${account}:stack/theirs/*`,
        why: 'another region',
      },
      { actions: pushes, resource: images, why: 'no function is an image' },
      { actions: ['lambda:UpdateFunctionCode'], resource: functionOf('theirs'), why: 'nothing is synced' },
      ...never.slice(1),
    ],
  },
  {
    name: 'account-sync',
    options: { ...place, ...bucket, scope: 'account', sync: true },
    allows: [
      ...deploysWith(undefined, stackOf('theirs')),
      uploads(`${artifacts}/app/1a2b3c`),
      { actions: ['cloudformation:UpdateStack'], resource: stackOf('theirs'), why: 'any stack' },
      { actions: ['lambda:UpdateFunctionCode'], resource: functionOf('theirs'), why: 'any function' },
    ],
    denies: [
      {
        actions: ['lambda:UpdateFunctionCode'],
        resource: `arn:aws:lambda:us-east-1:${account}:function:theirs`,
        why: 'another region',
      },
      ...never.slice(1),
    ],
  },
  {
    name: 'pattern',
    options: {
      stacks: ['web-*'],
      scope: 'pattern',
      bucket: 'my-artifacts',
      prefixes: ['web'],
      account,
      region: 'cn-north-1',
    },
    allows: [
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/web-app/*`,
        why: 'a stack of the pattern',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/api/*`,
        why: 'another stack',
      },
    ],
  },
]);

const given = (more: object) => ({ ...job, ...bucket, ...more });

export const refused = defineRefused(samDeploy, [
  {
    name: 'a stack name with a dot',
    options: given({ stacks: ['my.stack'] }),
    says: /^stacks\[0\]: `my\.stack` holds a dot or an underscore, which no stack name does/,
  },
  {
    name: 'a template for a stack',
    options: given({ stacks: ['template.yaml'] }),
    says: /^stacks\[0\]: `template\.yaml` is a template: write the name of the stack/,
  },
  {
    name: 'the stack of the bucket that SAM manages',
    options: given({ stacks: ['my-stack', 'aws-sam-cli-managed-default'] }),
    says: /^stacks: holds the stack of the bucket that SAM manages: leave it out, and set `resolveS3`$/,
  },
  {
    name: 'a companion stack',
    options: given({ stacks: ['my-stack-5f9d0add-CompanionStack'] }),
    says: /^stacks: holds a stack that SAM makes beside another: name the other alone/,
  },
  {
    name: 'no prefix',
    options: { ...job, bucket: 'my-artifacts' },
    says: /^prefixes: missing, and `wholeBucket` is not set/,
  },
  {
    name: 'the managed bucket without a prefix',
    options: { ...job, resolveS3: 'existing' },
    says: /^prefixes: missing, and `wholeBucket` is not set/,
  },
  {
    name: 'a prefix and the whole bucket',
    options: given({ wholeBucket: true }),
    says: /^prefixes: and `wholeBucket` exclude each other: leave one out$/,
  },
  {
    name: 'a prefix that begins with a slash',
    options: given({ prefixes: ['/app'] }),
    says: /^prefixes\[0\]: `\/app` begins with a slash, .*, here `app`$/,
  },
  {
    name: 'a prefix that goes up',
    options: given({ prefixes: ['../app'] }),
    says: /^prefixes\[0\]: .* holds an empty or dot segment/,
  },
  {
    name: 'an s3:// URL for a bucket',
    options: given({ bucket: 's3://my-artifacts/app' }),
    says: /^bucket: .* names `app` in the bucket too, and `prefixes` is given: write the bucket alone, here `my-artifacts`$/,
  },
  {
    name: 'a prefix without a bucket',
    options: { ...job, prefixes: ['app'] },
    says: /^bucket: missing, and `resolveS3` is off: `prefixes`, `wholeBucket` and `kmsKey` are about one/,
  },
  {
    name: 'the name of a bucket that is made',
    options: given({ resolveS3: 'create' }),
    says: /^bucket: and `resolveS3` `create` exclude each other/,
  },
  {
    name: 'a key for a bucket whose name is made up',
    options: { ...job, ...managed, kmsKey: keyId },
    says: /^kmsKey: is fenced to the objects of a bucket, and the name of the managed one is made up/,
  },
  {
    name: 'a companion without a bucket',
    options: { ...job, images: 'companion', repositories: ['a/b'] },
    says: /^bucket: missing, and so is `resolveS3`: SAM uploads the template of the companion stack/,
  },
  {
    name: 'images without repositories',
    options: given({ images: 'given' }),
    says: /^repositories: missing: name the repositories of the images/,
  },
  {
    name: 'repositories without images',
    options: given({ repositories: ['a/b'] }),
    says: /^repositories: without use: set `images` to `given` or `companion`/,
  },
  {
    name: 'the address of a repository',
    options: given({ images: 'given', repositories: [`${account}.dkr.ecr.${region}.amazonaws.com/app:latest`] }),
    says: /^repositories\[0\]: .* is the address of an image/,
  },
  {
    name: 'a pair of a function and its repository',
    options: given({ images: 'given', repositories: [`Hello=${account}.dkr.ecr.${region}.amazonaws.com/app:v1`] }),
    says: /^repositories\[0\]: .* is a pair of a function and its repository: .*, here `app`$/,
  },
  {
    name: 'the path of a function in an application',
    options: given({ sync: true, functions: ['my-stack/HelloFunction'] }),
    says: /^functions\[0\]: .* holds a slash, which no name of a function does: .* not a path or a logical id$/,
  },
  {
    name: 'a review that deletes',
    options: given({ access: 'review', deleteStacks: true }),
    says: /^deleteStacks: and `deleteFailed` need `access` `deploy`/,
  },
  {
    name: 'a review that syncs',
    options: given({ access: 'review', sync: true }),
    says: /^sync: needs `access` `deploy`/,
  },
  {
    name: 'a sync without a bucket',
    options: { ...job, sync: true },
    says: /^bucket: missing, and `sam sync` takes the one that SAM manages where none is given/,
  },
  {
    name: 'a sync with a companion',
    options: given({ sync: true, images: 'companion', repositories: ['a/b'] }),
    says: /^sync: takes no `--resolve-image-repos`: set `images` to `given`$/,
  },
  {
    name: 'functions without a sync',
    options: given({ functions: ['my-function'] }),
    says: /^functions: without use: set `sync`, or leave them out$/,
  },
  {
    name: 'a function with a version',
    options: given({ sync: true, functions: ['my-function:3'] }),
    says: /^functions\[0\]: `my-function:3` has a version or an alias/,
  },
  {
    name: 'versions without functions',
    options: given({ sync: true, publish: true }),
    says: /^publish: is about the `functions` of `sync`: give both, or leave it out$/,
  },
  {
    name: 'synced images without functions',
    options: given({ sync: true, images: 'given', repositories: ['a/b'], syncImages: true }),
    says: /^syncImages: puts images into the `functions` of `sync`: give both, or leave it out$/,
  },
  {
    name: 'synced images without a sync',
    options: given({ images: 'given', repositories: ['a/b'], syncImages: true }),
    says: /^syncImages: puts images into the `functions` of `sync`: give both, or leave it out$/,
  },
  {
    name: 'synced images without images',
    options: given({ sync: true, functions: ['my-function'], syncImages: true }),
    says: /^syncImages: pushes images to `repositories` that are there: set `images` to `given`, or leave it out$/,
  },
  {
    name: 'the transform of SAM with AWS before it',
    options: given({ transforms: ['AWS::LanguageExtensions'] }),
    says: /^transforms\[0\]: .* has `AWS::` before it: .*, here `LanguageExtensions`$/,
  },
  {
    name: 'a stack in another partition than the region',
    options: { stacks: [`arn:aws-cn:cloudformation:cn-north-1:${account}:stack/my-stack/*`], region },
    says: /^stacks\[0\]: .* has the region `cn-north-1`, and `region` says `eu-west-1`: make them agree$/,
  },
]);
