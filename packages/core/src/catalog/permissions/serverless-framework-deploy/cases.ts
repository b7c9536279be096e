import { defineRefused, defineSamples } from '../../cases.js';
import { serverlessFrameworkDeploy } from './entry.js';

const account = '123456789012';
const region = 'eu-west-1';
const place = { account, region } as const;
const service = { service: 'my-app', stages: ['dev'], ...place } as const;
const job = { ...service, serviceRole: 'my-app-deployer' } as const;
const reader = { ...service, access: 'read' } as const;
const stack = `arn:aws:cloudformation:${region}:${account}:stack`;
const one = `${stack}/my-app-dev/1234abcd-12ab-34cd-56ef-1234567890ab`;
const role = `arn:aws:iam::${account}:role/my-app-deployer`;
const withRole = { 'cloudformation:RoleArn': role };
const other = { 'cloudformation:RoleArn': `arn:aws:iam::${account}:role/admin` };
const toCloudFormation = { 'iam:PassedToService': 'cloudformation.amazonaws.com' };
const own = 'arn:aws:s3:::my-app-dev-serverlessdeploymentbucket-1x6jug5lzfnl7';
const inAccount = { 'aws:ResourceAccount': account };
const elsewhere = { 'aws:ResourceAccount': '210987654321' };
const deployment = '1790000000000-2026-09-21T00:00:00.000Z';
const key = `serverless/my-app/dev/${deployment}/my-app.zip`;
const given = 'arn:aws:s3:::deployments';
const lambda = `arn:aws:lambda:${region}:${account}:function`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const kms = `arn:aws:kms:${region}:${account}:key`;
const viaS3 = (object: string) => ({
  'kms:ViaService': `s3.${region}.amazonaws.com`,
  'kms:EncryptionContext:aws:s3:arn': object,
});
const parameter = `arn:aws:ssm:${region}:${account}:parameter/app/token`;
const viaSsm = (name: string) => ({
  'kms:ViaService': `ssm.${region}.amazonaws.com`,
  'kms:EncryptionContext:PARAMETER_ARN': name,
});
const serverless = `arn:aws:cloudformation:${region}:aws:transform/Serverless-2016-10-31`;

const layer = `arn:aws:lambda:${region}:${account}:layer`;
const repository = (name: string) => `arn:aws:ecr:${region}:${account}:repository/${name}`;
const pushes = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
  'ecr:BatchGetImage',
];

export const samples = defineSamples(serverlessFrameworkDeploy, [
  {
    name: 'default',
    options: job,
    allows: [
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:ListStackResources',
          'cloudformation:DescribeStackResource',
          'cloudformation:DescribeStackEvents',
          'cloudformation:DescribeChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DeleteChangeSet',
        ],
        resource: one,
        why: 'serverless deploy',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `${stack}/my-app-dev/*`,
        why: 'a stack that is not there',
      },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: one,
        context: withRole,
        why: 'with the deployment role',
      },
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'which is handed over' },
      { actions: ['cloudformation:ValidateTemplate'], resource: '*', why: 'before it is deployed' },
      { actions: ['s3:ListBucket'], resource: own, context: inAccount, why: 'HeadBucket, and what is in it' },
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::my-app-dev-serverlessdeploymentbuck-1x6jug5lzfnl7',
        context: inAccount,
        why: 'a name that CloudFormation cut',
      },
      {
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
        resource: `${own}/${key}`,
        context: inAccount,
        why: 'packages come and go',
      },
    ],
    denies: [
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'no function is an image' },
      {
        actions: ['ecr:PutImage', 'ecr:CreateRepository', 'ecr:DescribeRepositories'],
        resource: repository('serverless-my-app-dev'),
        why: 'the same',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, context: other, why: 'another role' },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, why: 'the role that the stack had last' },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `${stack}/my-app-dev2/*`,
        context: withRole,
        why: 'another stage that begins alike',
      },
      {
        actions: ['cloudformation:ExecuteChangeSet', 'cloudformation:DescribeStacks'],
        resource: `${stack}/my-app-production/*`,
        why: 'another stage',
      },
      { actions: ['cloudformation:DescribeStacks'], resource: `${stack}/other-dev/*`, why: 'another service' },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `arn:aws:cloudformation:us-east-1:${account}:stack/my-app-dev/*`,
        why: 'another region',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `arn:aws:cloudformation:${region}:210987654321:stack/my-app-dev/*`,
        why: 'another account',
      },
      {
        actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:DeleteStack'],
        resource: one,
        context: withRole,
        why: 'only by change sets, and nothing is removed',
      },
      {
        actions: ['cloudformation:SetStackPolicy', 'cloudformation:TagResource', 'cloudformation:GetTemplate'],
        resource: one,
        why: 'nothing else is asked of a stack',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: serverless, why: 'no transform is named' },
      { actions: ['cloudformation:ListStacks', 'cloudformation:ListExports'], resource: '*', why: 'nothing is listed' },
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
      { actions: ['s3:ListBucket'], resource: own, context: elsewhere, why: 'a bucket that somebody else calls alike' },
      { actions: ['s3:PutObject'], resource: `${own}/${key}`, context: elsewhere, why: 'the same' },
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::my-app-dev2-serverlessdeploymentbucket-1x6jug5lzfnl7',
        context: inAccount,
        why: 'the bucket of another stage',
      },
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resource: `${own}/serverless/my-app/dev2/${deployment}/my-app.zip`,
        context: inAccount,
        why: 'keys of another stage',
      },
      {
        actions: ['s3:DeleteObjectVersion'],
        resource: `${own}/${key}`,
        context: inAccount,
        why: 'versions stay',
      },
      {
        actions: ['s3:ListBucketVersions', 's3:GetBucketLocation', 's3:DeleteBucket', 's3:PutBucketPolicy'],
        resource: own,
        context: inAccount,
        why: 'CloudFormation does what else there is to the bucket, with the service role, or with rights that are given elsewhere',
      },
      {
        actions: ['lambda:GetFunction', 'lambda:UpdateFunctionCode', 'lambda:ListVersionsByFunction'],
        resource: `${lambda}:my-app-dev-hello`,
        why: 'CloudFormation changes the functions',
      },
    ],
  },
  {
    name: 'without-role',
    options: service,
    allows: [
      {
        actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
        resource: one,
        why: 'the job makes the resources itself',
      },
    ],
    denies: [
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'no role is handed over' },
      {
        actions: ['lambda:CreateFunction'],
        resource: `${lambda}:my-app-dev-hello`,
        why: 'CloudFormation makes functions with the service role, or with rights that are given elsewhere',
      },
    ],
  },
  {
    name: 'direct-given-bucket',
    options: {
      ...job,
      method: 'direct',
      remove: true,
      bucket: 'deployments',
      versionedBucket: true,
      kmsKey: keyId,
      stackTags: true,
      transforms: ['Serverless-2016-10-31'],
    },
    allows: [
      {
        actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:DeleteStack'],
        resource: `${stack}/my-app-dev/*`,
        context: withRole,
        why: 'deploy and remove',
      },
      { actions: ['cloudformation:TagResource'], resource: `${stack}/my-app-dev/*`, why: 'STAGE' },
      { actions: ['s3:GetBucketLocation'], resource: given, why: 'is it there' },
      { actions: ['s3:ListBucket'], resource: given, why: 'HeadBucket of remove' },
      {
        actions: ['s3:ListBucket', 's3:ListBucketVersions'],
        resource: given,
        context: { 's3:prefix': 'serverless/my-app/dev' },
        why: 'what is to be deleted',
      },
      {
        actions: ['s3:ListBucket'],
        resource: given,
        context: { 's3:prefix': 'serverless/my-app/dev/' },
        why: 'the last deployment',
      },
      {
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
        resource: `${given}/${key}`,
        why: 'packages come and go',
      },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3(`${given}/${key}`),
        why: 'encrypted',
      },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3(given),
        why: 'the same with a bucket key',
      },
    ],
    denies: [
      { actions: ['cloudformation:DeleteStack'], resource: one, why: 'without the role' },
      { actions: ['cloudformation:UpdateStack'], resource: one, context: other, why: 'with another role' },
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DeleteChangeSet',
        ],
        resource: one,
        context: withRole,
        why: 'without change sets',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: serverless, why: 'the same for the transform' },
      { actions: ['cloudformation:DescribeStackResource'], resource: one, why: 'the bucket is known' },
      { actions: ['s3:GetBucketLocation'], resource: 'arn:aws:s3:::deployments-2', why: 'another bucket' },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3(own),
        why: 'the stack makes no bucket',
      },
      {
        actions: ['s3:ListBucket', 's3:ListBucketVersions'],
        resource: given,
        context: { 's3:prefix': 'serverless/other/dev' },
        why: 'keys of another service',
      },
      {
        actions: ['s3:ListBucketVersions'],
        resource: given,
        context: { 's3:prefix': 'serverless/my-app/dev2' },
        why: 'keys of another stage',
      },
      { actions: ['s3:ListBucketVersions'], resource: given, why: 'the versions of everything' },
      {
        actions: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
        resource: `${given}/serverless/my-app/dev2/${deployment}/my-app.zip`,
        why: 'keys of another stage',
      },
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resource: `arn:aws:s3:::deployments-2/${key}`,
        why: 'another bucket',
      },
      {
        actions: ['s3:PutObject', 's3:ListBucket'],
        resource: own,
        context: inAccount,
        why: 'the stack makes no bucket',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3(`${given}/serverless/other/dev/a.zip`),
        why: 'another object',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: { ...viaS3(`${given}/${key}`), 'kms:ViaService': `ssm.${region}.amazonaws.com` },
        why: 'not through S3',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/00000000-12ab-34cd-56ef-1234567890ab`,
        context: viaS3(`${given}/${key}`),
        why: 'another key',
      },
    ],
  },
  {
    name: 'own-bucket-by-name',
    options: {
      ...job,
      service: 'MyApp',
      ownBuckets: ['myapp-dev-serverlessdeploymentbucket-1x6jug5lzfnl7'],
      remove: true,
      versionedBucket: true,
      kmsKey: keyId,
    },
    allows: [
      {
        actions: ['s3:ListBucket', 's3:ListBucketVersions'],
        resource: 'arn:aws:s3:::myapp-dev-serverlessdeploymentbucket-1x6jug5lzfnl7',
        context: inAccount,
        why: 'a service with capital letters',
      },
      {
        actions: ['s3:PutObject', 's3:DeleteObjectVersion'],
        resource: `arn:aws:s3:::myapp-dev-serverlessdeploymentbucket-1x6jug5lzfnl7/serverless/MyApp/dev/${deployment}/b.zip`,
        context: inAccount,
        why: 'its packages',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3(
          `arn:aws:s3:::myapp-dev-serverlessdeploymentbucket-1x6jug5lzfnl7/serverless/MyApp/dev/${deployment}/b.zip`,
        ),
        why: 'encrypted',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3('arn:aws:s3:::myapp-dev-serverlessdeploymentbucket-1x6jug5lzfnl7'),
        why: 'the same with a bucket key',
      },
      {
        actions: ['cloudformation:CreateChangeSet', 'cloudformation:DeleteStack'],
        resource: `${stack}/MyApp-dev/*`,
        context: withRole,
        why: 'deploy and remove',
      },
    ],
    denies: [
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::myapp-dev-serverlessdeploymentbucket-other',
        context: inAccount,
        why: 'another bucket that begins alike',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3('arn:aws:s3:::myapp-dev-serverlessdeploymentbucket-1x6jug5lzfnl7/other/a'),
        why: 'what is no package',
      },
    ],
  },
  {
    name: 'own-bucket-encrypted',
    options: { ...job, kmsKey: keyId, deploymentPrefix: 'packages' },
    allows: [
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3(`${own}/packages/my-app/dev/${deployment}/b.zip`),
        why: 'encrypted',
      },
      {
        actions: ['s3:PutObject'],
        resource: `${own}/packages/my-app/dev/${deployment}/b.zip`,
        context: inAccount,
        why: 'provider.deploymentPrefix',
      },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `${stack}/my-app-dev/*`,
        context: withRole,
        why: 'a deployment',
      },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: `${own}/${key}`, context: inAccount, why: 'the usual prefix' },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3(`arn:aws:s3:::other/packages/my-app/dev/${deployment}/b.zip`),
        why: 'another bucket',
      },
    ],
  },
  {
    name: 'stack-name',
    options: {
      ...job,
      stackName: 'web',
      stackPolicy: true,
      transforms: ['Serverless-2016-10-31'],
      kmsKey: keyId,
    },
    allows: [
      {
        actions: ['kms:GenerateDataKey'],
        resource: `${kms}/${keyId}`,
        context: viaS3(`arn:aws:s3:::web-serverlessdeploymentbucket-1x6jug5lzfnl7/${key}`),
        why: 'encrypted',
      },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `${stack}/web/*`,
        context: withRole,
        why: 'provider.stackName',
      },
      { actions: ['cloudformation:SetStackPolicy'], resource: `${stack}/web/*`, why: 'provider.stackPolicy' },
      { actions: ['cloudformation:CreateChangeSet'], resource: serverless, why: 'resources with a transform' },
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::web-serverlessdeploymentbucket-1x6jug5lzfnl7',
        context: inAccount,
        why: 'the bucket of that stack',
      },
      {
        actions: ['s3:PutObject'],
        resource: `arn:aws:s3:::web-serverlessdeploymentbucket-1x6jug5lzfnl7/${key}`,
        context: inAccount,
        why: 'keys by service and stage',
      },
    ],
    denies: [
      { actions: ['cloudformation:DescribeStacks'], resource: one, why: 'the name that it would have' },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: one,
        context: withRole,
        why: 'the name that it would have',
      },
      { actions: ['kms:Decrypt'], resource: `${kms}/${keyId}`, context: viaS3(own), why: 'the same of its bucket' },
      { actions: ['s3:ListBucket'], resource: own, context: inAccount, why: 'the bucket that it would have' },
      { actions: ['s3:PutObject'], resource: `${own}/${key}`, context: inAccount, why: 'the same' },
      { actions: ['cloudformation:SetStackPolicy'], resource: `${stack}/other/*`, why: 'another stack' },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `arn:aws:cloudformation:${region}:aws:transform/Include`,
        why: 'another transform',
      },
      { actions: ['cloudformation:UpdateStack'], resource: serverless, why: 'not directly' },
    ],
  },
  {
    name: 'stack-name-given-bucket',
    options: { ...job, stackName: 'web', bucket: 'deployments', kmsKey: keyId },
    allows: [
      { actions: ['cloudformation:CreateChangeSet'], resource: `${stack}/web/*`, context: withRole, why: 'deploy' },
      { actions: ['s3:PutObject', 's3:DeleteObject'], resource: `${given}/${key}`, why: 'packages come and go' },
    ],
    denies: [
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::web-serverlessdeploymentbucket-1x6jug5lzfnl7',
        context: inAccount,
        why: 'the stack makes no bucket',
      },
      {
        actions: ['s3:PutObject'],
        resource: `arn:aws:s3:::web-serverlessdeploymentbucket-1x6jug5lzfnl7/${key}`,
        context: inAccount,
        why: 'the same',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaS3('arn:aws:s3:::web-serverlessdeploymentbucket-1x6jug5lzfnl7'),
        why: 'the same',
      },
      { actions: ['s3:ListBucket'], resource: given, why: 'the whole bucket' },
      {
        actions: ['s3:ListBucketVersions'],
        resource: given,
        context: { 's3:prefix': 'serverless/my-app/dev' },
        why: 'versions stay',
      },
      { actions: ['s3:DeleteObjectVersion'], resource: `${given}/${key}`, why: 'the same' },
    ],
  },
  {
    name: 'stack-name-own-bucket',
    options: { ...job, stackName: 'Web', ownBuckets: ['web-serverlessdeploymentbucket-1x6jug5lzfnl7'] },
    allows: [
      { actions: ['cloudformation:CreateChangeSet'], resource: `${stack}/Web/*`, context: withRole, why: 'deploy' },
      {
        actions: ['s3:PutObject'],
        resource: `arn:aws:s3:::web-serverlessdeploymentbucket-1x6jug5lzfnl7/${key}`,
        context: inAccount,
        why: 'the bucket by its name',
      },
    ],
    denies: [
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::Web-serverlessdeploymentbucket-1x6jug5lzfnl7',
        context: inAccount,
        why: 'no bucket is found by the name of the stack',
      },
      {
        actions: ['s3:PutObject'],
        resource: `arn:aws:s3:::Web-serverlessdeploymentbucket-1x6jug5lzfnl7/${key}`,
        context: inAccount,
        why: 'the same',
      },
    ],
  },
  {
    name: 'functions',
    options: { ...job, skipUnchanged: true, deployFunctions: true, rollbackFunctions: true },
    allows: [
      {
        actions: ['lambda:GetFunction', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
        resource: `${lambda}:my-app-dev-hello`,
        why: 'deploy function',
      },
      { actions: ['lambda:GetFunction'], resource: `${lambda}:my-app-dev-hello:3`, why: 'rollback function' },
    ],
    denies: [
      {
        actions: ['lambda:GetFunction', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
        resource: `${lambda}:my-app-dev2-hello`,
        why: 'another stage',
      },
      { actions: ['lambda:GetFunction'], resource: `${lambda}:other-dev-hello:3`, why: 'another service' },
      {
        actions: ['lambda:DeleteFunction', 'lambda:AddPermission', 'lambda:ListVersionsByFunction'],
        resource: `${lambda}:my-app-dev-hello`,
        why: 'CloudFormation does what else there is to functions, with the service role, or with rights that are given elsewhere',
      },
    ],
  },
  {
    name: 'rollback-functions',
    options: { ...job, functions: ['hello'], rollbackFunctions: true },
    allows: [
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `${stack}/my-app-dev/*`,
        context: withRole,
        why: 'a deployment',
      },
      { actions: ['lambda:GetFunction'], resource: `${lambda}:hello:3`, why: 'an earlier version' },
      { actions: ['lambda:UpdateFunctionCode'], resource: `${lambda}:hello`, why: 'put back' },
    ],
    denies: [{ actions: ['lambda:GetFunction'], resource: `${lambda}:hello`, why: 'its version alone' }],
  },
  {
    name: 'list-functions',
    options: { ...job, functions: ['hello'], listFunctions: true },
    allows: [
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `${stack}/my-app-dev/*`,
        context: withRole,
        why: 'a deployment',
      },
      { actions: ['lambda:GetFunction'], resource: `${lambda}:hello`, why: 'deploy list functions' },
    ],
    denies: [{ actions: ['lambda:GetFunction'], resource: `${lambda}:hello:3`, why: 'an earlier version' }],
  },
  {
    name: 'named-functions',
    options: { ...job, functions: ['hello'], rollbackFunctions: true, listFunctions: true },
    allows: [
      {
        actions: ['lambda:GetFunction', 'lambda:UpdateFunctionCode', 'lambda:ListVersionsByFunction'],
        resource: `${lambda}:hello`,
        why: 'deploy list functions, rollback function',
      },
      { actions: ['lambda:GetFunction'], resource: `${lambda}:hello:3`, why: 'an earlier version' },
    ],
    denies: [
      { actions: ['lambda:GetFunction'], resource: `${lambda}:my-app-dev-hello`, why: 'another name' },
      { actions: ['lambda:GetFunction'], resource: `${lambda}:my-app-dev-hello:3`, why: 'another name' },
      { actions: ['lambda:UpdateFunctionConfiguration'], resource: `${lambda}:hello`, why: 'code alone' },
    ],
  },
  {
    name: 'built-images',
    options: { ...job, bucket: 'deployments', buildImages: true, imageRepositories: ['base/web'] },
    allows: [
      { actions: ['ecr:DescribeImages'], resource: repository('base/web'), why: 'an image by its address and tag' },
      {
        actions: ['cloudformation:DescribeStacks', 'cloudformation:ExecuteChangeSet'],
        resource: one,
        why: 'serverless deploy',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, context: withRole, why: 'with its role' },
      { actions: ['s3:PutObject'], resource: `${given}/${key}`, why: 'the template' },
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'docker login' },
      {
        actions: ['ecr:DescribeRepositories', 'ecr:CreateRepository', ...pushes],
        resource: repository('serverless-my-app-dev'),
        why: 'provider.ecr.images',
      },
    ],
    denies: [
      {
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: repository('base/web'),
        why: 'no function is replaced past CloudFormation',
      },
      {
        actions: ['ecr:DescribeRegistry', 'ecr:GetRegistryPolicy'],
        resource: '*',
        why: 'nothing is asked of the registry itself',
      },
      {
        actions: [
          'ecr:DeleteRepository',
          'ecr:GetDownloadUrlForLayer',
          'ecr:SetRepositoryPolicy',
          'ecr:BatchDeleteImage',
          'ecr:PutLifecyclePolicy',
        ],
        resource: repository('serverless-my-app-dev'),
        why: 'nothing is removed, pulled or opened to others',
      },
      ...['serverless-my-app-dev2', 'serverless-my-app-prod', 'my-app-dev', 'theirs'].map((name) => ({
        actions: ['ecr:CreateRepository', 'ecr:PutImage', 'ecr:DescribeRepositories'],
        resource: repository(name),
        why: 'another repository',
      })),
      {
        actions: ['ecr:PutImage', 'ecr:CreateRepository'],
        resource: `arn:aws:ecr:us-east-1:${account}:repository/serverless-my-app-dev`,
        why: 'another region',
      },
      {
        actions: ['ecr:PutImage', 'ecr:CreateRepository'],
        resource: `arn:aws:ecr:${region}:210987654321:repository/serverless-my-app-dev`,
        why: 'another account',
      },
    ],
  },
  {
    name: 'images-of-functions',
    options: {
      ...job,
      service: 'My-App',
      bucket: 'deployments',
      remove: true,
      deployFunctions: true,
      buildImages: true,
      ownRepositories: ['serverless-my-app-dev'],
      imageRepositories: ['base/web'],
      layers: ['tools'],
    },
    allows: [
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `${stack}/My-App-dev/1234abcd-12ab-34cd-56ef-1234567890ab`,
        why: 'serverless deploy',
      },
      {
        actions: ['cloudformation:CreateChangeSet', 'cloudformation:DeleteStack'],
        resource: `${stack}/My-App-dev/1234abcd-12ab-34cd-56ef-1234567890ab`,
        context: withRole,
        why: 'with its role',
      },
      { actions: ['s3:PutObject'], resource: `${given}/serverless/My-App/dev/a/b.json`, why: 'the template' },
      { actions: ['lambda:UpdateFunctionCode'], resource: `${lambda}:My-App-dev-hello`, why: 'deploy function' },
      { actions: ['lambda:GetLayerVersion'], resource: `${layer}:tools:3`, why: 'deploy function with a layer' },
      {
        actions: ['ecr:PutImage', 'ecr:CreateRepository', 'ecr:DeleteRepository', 'ecr:GetDownloadUrlForLayer'],
        resource: repository('serverless-my-app-dev'),
        why: 'the name that Serverless makes of the service',
      },
      {
        actions: ['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: repository('base/web'),
        why: 'an image by its address and tag',
      },
    ],
    denies: [
      {
        actions: ['ecr:PutImage', 'ecr:DeleteRepository', 'ecr:CreateRepository', 'ecr:DescribeRepositories'],
        resource: repository('base/web'),
        why: 'an image that is only named',
      },
      { actions: ['ecr:DescribeImages'], resource: repository('base/web2'), why: 'another repository' },
      {
        actions: ['ecr:DescribeImages'],
        resource: repository('serverless-my-app-dev'),
        why: 'what is pushed is not looked up',
      },
      {
        actions: ['ecr:CreateRepository'],
        resource: repository('serverless-My-App-dev'),
        why: 'the repository is named',
      },
      { actions: ['lambda:GetLayerVersion'], resource: `${layer}:tools-old:3`, why: 'another layer' },
      {
        actions: ['lambda:PublishLayerVersion', 'lambda:DeleteLayerVersion', 'lambda:AddLayerVersionPermission'],
        resource: `${layer}:tools:3`,
        why: 'CloudFormation makes and deletes layers with the service role, or with rights that are given elsewhere',
      },
    ],
  },
  {
    name: 'variables',
    options: {
      ...job,
      parameters: ['/app/token'],
      parameterKeys: [keyId],
      outputStacks: ['network'],
      variableObjects: ['s3://settings/app.json'],
    },
    allows: [
      { actions: ['ssm:GetParameter'], resource: parameter, why: '${ssm:/app/token}' },
      { actions: ['kms:Decrypt'], resource: `${kms}/${keyId}`, context: viaSsm(parameter), why: 'a SecureString' },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `${stack}/network/*`,
        why: '${cf:network.SubnetId}',
      },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::settings/app.json', why: '${s3:settings/app.json}' },
    ],
    denies: [
      { actions: ['ssm:GetParameter'], resource: `${parameter}-old`, why: 'another parameter' },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: viaSsm(`${parameter}-old`),
        why: 'another parameter',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `${kms}/${keyId}`,
        context: { ...viaSsm(parameter), 'kms:ViaService': `s3.${region}.amazonaws.com` },
        why: 'not through Systems Manager',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `${stack}/network-old/*`,
        why: 'another stack',
      },
      { actions: ['cloudformation:ListStackResources'], resource: `${stack}/network/*`, why: 'only its outputs' },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::settings/app.json.bak', why: 'another object' },
      { actions: ['s3:PutObject'], resource: 'arn:aws:s3:::settings/app.json', why: 'nothing is written' },
    ],
  },
  {
    name: 'read',
    options: { ...reader, stages: ['pr-*'], scope: 'pattern', region: 'cn-north-1' },
    allows: [
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:ListStackResources',
          'cloudformation:DescribeStackResource',
        ],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/my-app-pr-7/*`,
        why: 'serverless info, deploy list',
      },
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws-cn:s3:::my-app-pr-7-serverlessdeploymentbucket-1x6jug5lzfnl7',
        context: inAccount,
        why: 'deploy list',
      },
    ],
    denies: [
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DescribeStackEvents',
        ],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/my-app-pr-7/*`,
        why: 'nothing is deployed',
      },
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: `arn:aws-cn:s3:::my-app-pr-7-serverlessdeploymentbucket-1x6jug5lzfnl7/serverless/my-app/pr-7/${deployment}/my-app.zip`,
        context: inAccount,
        why: 'nothing is read or written',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/my-app-dev/*`,
        why: 'another stage',
      },
      { actions: ['cloudformation:ValidateTemplate'], resource: '*', why: 'no template is validated' },
    ],
  },
  {
    name: 'read-given-bucket',
    options: { ...reader, bucket: 'deployments', listFunctions: true },
    allows: [
      {
        actions: ['s3:ListBucket'],
        resource: given,
        context: { 's3:prefix': 'serverless/my-app/dev' },
        why: 'deploy list',
      },
      {
        actions: ['lambda:GetFunction', 'lambda:ListVersionsByFunction'],
        resource: `${lambda}:my-app-dev-hello`,
        why: 'deploy list functions',
      },
    ],
    denies: [
      {
        actions: ['s3:ListBucket'],
        resource: given,
        context: { 's3:prefix': 'serverless/my-app/dev/' },
        why: 'nothing is compared',
      },
      { actions: ['s3:ListBucket', 's3:GetBucketLocation'], resource: given, why: 'the whole bucket' },
      { actions: ['s3:GetObject'], resource: `${given}/${key}`, why: 'nothing is read' },
    ],
  },
]);

export const refused = defineRefused(serverlessFrameworkDeploy, [
  {
    name: 'a file for a service',
    options: { ...job, service: 'serverless.yml' },
    says: /^service: `serverless\.yml` is a file: write the name of the `service` in it$/,
  },
  {
    name: 'a service with an underscore',
    options: { ...job, service: 'my_app' },
    says: /^service: `my_app` holds a dot or an underscore, which Serverless refuses/,
  },
  {
    name: 'the ARN of a stack for a service',
    options: { ...job, service: `${stack}/my-app-dev/*` },
    says: /is the ARN of a stack: write the service and the stage that its name is made of$/,
  },
  {
    name: 'a stage with a slash',
    options: { ...job, stages: ['feature/x'] },
    says: /^stages\[0\]: `feature\/x` holds a sign that Serverless refuses in a stage/,
  },
  {
    name: 'a stage with its flag',
    options: { ...job, stages: ['--stage dev'] },
    says: /^stages\[0\]: `--stage dev` has its flag before it: write the stage alone, here `dev`$/,
  },
  {
    name: 'a stage that is a pattern',
    options: { ...job, stages: ['pr-*'] },
    says: /^stages\[0\]: `pr-\*` holds a character that IAM reads as a wildcard/,
  },
  {
    name: 'capital letters without a bucket',
    options: { ...job, service: 'MyApp' },
    says: /^ownBuckets: missing: the name of a bucket has no capital letters/,
  },
  {
    name: 'a service whose stack has a long name',
    options: { ...job, service: 'thisisareallylongservice' },
    says: /^ownBuckets: missing: CloudFormation cuts the name of a stack of more than 24 characters/,
  },
  {
    name: 'a service and a stage whose stack has a name of 25 characters',
    options: { ...job, service: 'abcdefghijklmn', stages: ['dev', 'production'] },
    says: /^ownBuckets: missing: CloudFormation cuts the name of a stack of more than 24 characters/,
  },
  {
    name: 'a stage by a pattern that is too long whatever it stands for',
    options: { ...job, service: 'abcdefghijklmn', stages: ['production*'], scope: 'pattern' },
    says: /^ownBuckets: missing: CloudFormation cuts the name of a stack of more than 24 characters/,
  },
  {
    name: 'a given bucket and own ones',
    options: { ...job, bucket: 'deployments', ownBuckets: ['my-app-dev-serverlessdeploymentbucket-1'] },
    says: /^ownBuckets: and `bucket` exclude each other: leave one out$/,
  },
  {
    name: 'an object without a key',
    options: { ...job, variableObjects: ['settings'] },
    says: /^variableObjects\[0\]: `settings` is a bucket without a key/,
  },
  {
    name: 'one stack for several stages',
    options: { ...job, stages: ['dev', 'production'], stackName: 'web' },
    says: /^stackName: is the name of one stack, and there are several stages/,
  },
  {
    name: 'a prefix with a slash',
    options: { ...job, deploymentPrefix: 'team/app' },
    says: /^deploymentPrefix: `team\/app` holds a slash, with which Serverless does not find its last deployment/,
  },
  {
    name: 'images that are built where nothing is deployed',
    options: { ...reader, buildImages: true },
    says: /^buildImages: and `imageRepositories` need `access` `deploy`: set it, or leave them out$/,
  },
  {
    name: 'repositories that Serverless makes and no images',
    options: { ...job, ownRepositories: ['serverless-my-app-dev'] },
    says: /^ownRepositories: without use: set `buildImages`, or leave them out$/,
  },
  {
    name: 'images of a service with capital letters',
    options: { ...job, service: 'My-App', bucket: 'deployments', buildImages: true },
    says: /^ownRepositories: missing: Serverless writes the name of its repository in lower case/,
  },
  {
    name: 'the address of an image for its repository',
    options: { ...job, imageRepositories: [`${account}.dkr.ecr.${region}.amazonaws.com/web:latest`] },
    says: /^imageRepositories\[0\]: .* is the address of an image/,
  },
  {
    name: 'layers that CloudFormation gives',
    options: { ...job, layers: ['tools'] },
    says: /^layers: without use: CloudFormation gives layers to functions, unless `deployFunctions` is set$/,
  },
  {
    name: 'a layer with its version',
    options: { ...job, deployFunctions: true, layers: ['tools:3'] },
    says: /^layers\[0\]: `tools:3` has a version/,
  },
  {
    name: 'a removal that only reads',
    options: { ...reader, remove: true },
    says: /^remove: needs `access` `deploy`: set it, or leave it out$/,
  },
  {
    name: 'a role where nothing is deployed',
    options: { ...reader, serviceRole: 'my-app-deployer' },
    says: /^serviceRole: without use where nothing is deployed: leave it out$/,
  },
  {
    name: 'functions that are replaced where nothing is deployed',
    options: { ...reader, rollbackFunctions: true },
    says: /^deployFunctions: and `rollbackFunctions` and `skipUnchanged` need `access` `deploy`/,
  },
  {
    name: 'a stack policy where nothing is deployed',
    options: { ...reader, stackTags: true },
    says: /^stackPolicy: and `stackTags`, `transforms` and `kmsKey` are without use where nothing is deployed/,
  },
  {
    name: 'versions that nothing deletes',
    options: { ...job, versionedBucket: true },
    says: /^versionedBucket: needs `remove`/,
  },
  {
    name: 'functions without a use',
    options: { ...job, functions: ['hello'] },
    says: /^functions: without use: set `skipUnchanged`/,
  },
  {
    name: 'a key without parameters',
    options: { ...job, parameterKeys: [keyId] },
    says: /^parameterKeys: without use: name the `parameters` that they encrypt/,
  },
  ...[
    '${s3:my-bucket/config/app.json}',
    's3:my-bucket/config/app.json',
    '${s3(eu-west-1):my-bucket/config/app.json}',
  ].map((variable) => ({
    name: `the variable ${variable}`,
    options: { ...job, variableObjects: [variable] },
    says: /^variableObjects\[0\]: .* is a variable of the Serverless Framework: .*, here `my-bucket\/config\/app\.json`$/,
  })),
]);
