import { defineRefused, defineSamples, type Case } from '../../cases.js';
import { cdkBootstrapRoles } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
const keyId = '8765dcba-34cd-56ef-12ab-0987654321fe';
const stackOf = (name: string) => `arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/${id}`;
const stack = stackOf('my-app');
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:123456789012:parameter/${name}`;
const version = parameter('cdk-bootstrap/hnb659fds/version');
const bucket = 'arn:aws:s3:::cdk-hnb659fds-assets-123456789012-eu-west-1';
const asset = `${bucket}/0123.json`;
const otherBucket = 'arn:aws:s3:::cdk-other-assets-123456789012-eu-west-1';
const repositoryOf = (name: string) => `arn:aws:ecr:eu-west-1:123456789012:repository/${name}`;
const repository = repositoryOf('cdk-hnb659fds-container-assets-123456789012-eu-west-1');
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const execution = role('cdk-hnb659fds-cfn-exec-role-123456789012-eu-west-1');
const key = `arn:aws:kms:eu-west-1:123456789012:key/${keyId}`;
const otherKey = 'arn:aws:kms:eu-west-1:123456789012:key/00000000-12ab-34cd-56ef-1234567890ab';
const own = { 'aws:ResourceAccount': '123456789012' };
const theirs = { 'aws:ResourceAccount': '999999999999' };
const passed = { 'iam:PassedToService': 'cloudformation.amazonaws.com' };
const via = (object: string) => ({
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:aws:s3:arn': object,
});
const changeSets = [
  'cloudformation:CreateChangeSet',
  'cloudformation:DescribeChangeSet',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:DeleteChangeSet',
] as const;
const reads = ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'] as const;
const pushes = [
  'ecr:DescribeRepositories',
  'ecr:DescribeImages',
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
] as const;
const finds = ['s3:GetBucketLocation', 's3:ListBucket', 's3:GetEncryptionConfiguration'] as const;
const networks = [
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeVpcs',
  'ec2:DescribeSubnets',
  'ec2:DescribeRouteTables',
  'ec2:DescribeVpnGateways',
  'ec2:DescribeSecurityGroups',
] as const;
const balancers = [
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeTags',
] as const;

const what = (actions: readonly string[], resource: string, why: string, context?: Case['context']): Case => ({
  actions,
  resource,
  ...(context === undefined ? {} : { context }),
  why,
});

/** What no role but another one has. */
const notDeploying: readonly Case[] = [
  what(changeSets, stack, 'the deploy role deploys'),
  what(['cloudformation:CreateStack', 'cloudformation:DeleteStack'], stack, 'the deploy role alone'),
  what(['cloudformation:RollbackStack', 'cloudformation:UpdateTerminationProtection'], stack, 'the same'),
  what(['cloudformation:DescribeStackEvents'], stack, 'nothing is waited for'),
  what(['iam:PassRole'], execution, 'the deploy role passes it', passed),
  what(['s3:GetObject'], asset, 'CloudFormation reads it for the deploy role', own),
  what(['ssm:GetParameters'], version, 'CloudFormation reads it for the deploy role'),
];
const notPublishing: readonly Case[] = [
  what(finds, bucket, 'the file-publishing role looks for assets', own),
  what(['s3:PutObject'], asset, 'the file-publishing role uploads', own),
  what(['kms:GenerateDataKey'], key, 'the file-publishing role encrypts', via(asset)),
];
const notPushing: readonly Case[] = [
  what([...pushes, 'ecr:BatchGetImage'], repository, 'the image-publishing role pushes'),
  what(['ecr:GetAuthorizationToken'], '*', 'the image-publishing role logs in'),
];
const notLooking: readonly Case[] = [
  what([...networks, ...balancers, 'ec2:DescribeImages'], '*', 'the lookup role looks up'),
  what(['kms:ListAliases', 'route53:ListHostedZonesByName'], '*', 'the lookup role looks up'),
  what(['route53:GetHostedZone'], 'arn:aws:route53:::hostedzone/Z1', 'the lookup role looks up'),
  what(['ssm:GetParameter'], parameter('app/domain'), 'the lookup role looks up'),
];
const everyLookup = {
  parameters: ['/app/domain'],
  lookUpKeys: true,
  lookUpNetworks: true,
  lookUpImages: true,
  lookUpHostedZones: true,
  hostedZones: ['Z1'],
  lookUpLoadBalancers: true,
};
const everySwitch = { destroy: true, rollback: true, terminationProtection: true };

export const samples = defineSamples(cdkBootstrapRoles, [
  {
    name: 'deploy',
    options: { stacks: ['my-app'], ...everyLookup, ...place },
    allows: [
      what(['ssm:GetParameter', 'ssm:GetParameters'], version, 'the version of the bootstrap stack'),
      what([...reads, 'cloudformation:DescribeStackEvents'], stack, 'what is deployed, and what happens'),
      what(changeSets, stack, 'cdk deploy'),
      what(['iam:PassRole'], execution, 'CloudFormation makes the resources with it', passed),
      what(['s3:GetObject'], asset, 'CloudFormation reads the template', own),
    ],
    denies: [
      what([...changeSets, ...reads], stackOf('my-app-2'), 'a stack whose name begins alike'),
      what(
        [...changeSets, ...reads],
        `arn:aws:cloudformation:us-east-1:123456789012:stack/my-app/${id}`,
        'the same name in another region',
      ),
      what([...reads, 'cloudformation:CreateChangeSet'], stackOf('CDKToolkit'), 'the bootstrap stack is not deployed'),
      what(['cloudformation:CreateStack', 'cloudformation:UpdateStack'], stack, 'change sets are the method'),
      what(['cloudformation:DeleteStack'], stack, 'nothing is destroyed'),
      what(['cloudformation:RollbackStack', 'cloudformation:ContinueUpdateRollback'], stack, 'nothing is rolled back'),
      what(['cloudformation:UpdateTerminationProtection'], stack, 'the protection stays as it is'),
      what(['ssm:GetParameter', 'ssm:GetParameters'], parameter('cdk-bootstrap/other/version'), 'another qualifier'),
      what(['ssm:PutParameter'], version, 'the version is only read'),
      what(['iam:PassRole'], execution, 'to another service', { 'iam:PassedToService': 'lambda.amazonaws.com' }),
      what(['iam:PassRole'], role('admin'), 'another role', passed),
      what(['iam:PassRole'], `${execution}-old`, 'a role whose name begins alike', passed),
      what(['s3:GetObject'], asset, 'a bucket of the name in another account', theirs),
      what(['s3:GetObject'], `${otherBucket}/0123.json`, 'the bucket of another qualifier', own),
      what(['kms:Decrypt'], key, 'no key is named', via(asset)),
      ...notPublishing,
      ...notPushing,
      ...notLooking,
    ],
  },
  {
    name: 'deploy-all',
    options: { scope: 'account', method: 'both', ...everySwitch, kmsKey: keyId, pushClient: 'any', ...place },
    allows: [
      what(changeSets, stack, 'any stack'),
      what(['cloudformation:CreateStack', 'cloudformation:UpdateStack'], stack, '--method=direct'),
      what(['cloudformation:DeleteStack'], stack, 'cdk destroy'),
      what(['cloudformation:RollbackStack', 'cloudformation:ContinueUpdateRollback'], stack, 'cdk rollback'),
      what(['cloudformation:UpdateTerminationProtection'], stack, 'as the app says'),
      what(['kms:Decrypt'], key, 'an encrypted template', via(asset)),
      what(['kms:Decrypt'], key, 'the same with a bucket key', via(bucket)),
    ],
    denies: [
      what(
        changeSets,
        `arn:aws:cloudformation:eu-west-1:999999999999:stack/my-app/${id}`,
        'a stack of another account',
      ),
      what(['kms:Decrypt'], otherKey, 'another key', via(asset)),
      what(['kms:Decrypt'], key, 'an object elsewhere', via(`${otherBucket}/0123.json`)),
      what(['kms:Decrypt'], key, 'not through S3', { 'kms:EncryptionContext:aws:s3:arn': asset }),
      what(['kms:GenerateDataKey'], key, 'nothing is written', via(asset)),
    ],
  },
  {
    name: 'deploy-direct',
    options: { stacks: ['team-*'], scope: 'pattern', method: 'direct', ...place },
    allows: [what(['cloudformation:CreateStack', 'cloudformation:UpdateStack'], stackOf('team-a'), '--method=direct')],
    denies: [what(changeSets, stackOf('team-a'), 'no change sets'), what(reads, stackOf('other'), 'another name')],
  },
  {
    name: 'deploy-named',
    options: {
      stacks: ['my-app'],
      qualifier: 'team-a',
      executionRole: 'cdk/executor',
      bucket: 'team-assets',
      kmsKey: keyId,
      ...place,
    },
    allows: [
      what(['ssm:GetParameter'], parameter('cdk-bootstrap/team-a/version'), 'the version of this bootstrap stack'),
      what(['iam:PassRole'], role('cdk/executor'), 'this execution role', passed),
      what(['s3:GetObject'], 'arn:aws:s3:::team-assets/0123.json', 'this bucket', own),
      what(['kms:Decrypt'], key, 'a template in this bucket', via('arn:aws:s3:::team-assets/0123.json')),
      what(['kms:Decrypt'], key, 'the same with a bucket key', via('arn:aws:s3:::team-assets')),
    ],
    denies: [
      what(['ssm:GetParameter'], version, 'the usual qualifier'),
      what(['iam:PassRole'], role('cdk-team-a-cfn-exec-role-123456789012-eu-west-1'), 'the usual name', passed),
      what(['s3:GetObject'], 'arn:aws:s3:::cdk-team-a-assets-123456789012-eu-west-1/0123.json', 'the usual name', own),
      ...['arn:aws:s3:::cdk-team-a-assets-123456789012-eu-west-1', 'arn:aws:s3:::team-assets-2'].flatMap((other) => [
        what(['kms:Decrypt'], key, 'another bucket', via(other)),
        what(['kms:Decrypt'], key, 'an object in another bucket', via(`${other}/0123.json`)),
      ]),
    ],
  },
  {
    name: 'file-publishing',
    options: {
      role: 'file-publishing',
      kmsKey: keyId,
      stacks: ['my-app'],
      method: 'both',
      ...everySwitch,
      ...everyLookup,
      ...place,
    },
    allows: [
      what(finds, bucket, 'is the asset there?', own),
      what(['s3:PutObject'], asset, 'upload', own),
      what(['kms:GenerateDataKey', 'kms:Decrypt'], key, 'an encrypted asset', via(asset)),
      what(['kms:GenerateDataKey', 'kms:Decrypt'], key, 'the same with a bucket key', via(bucket)),
    ],
    denies: [
      what(finds, bucket, 'a bucket of the name in another account', theirs),
      what(['s3:PutObject'], asset, 'a bucket of the name in another account', theirs),
      what(finds, otherBucket, 'the bucket of another qualifier', own),
      what(['s3:PutObject'], `${otherBucket}/0123.json`, 'the bucket of another qualifier', own),
      what(['s3:GetObject', 's3:DeleteObject', 's3:PutObjectAcl'], asset, 'assets are written alone', own),
      what(['kms:GenerateDataKey'], otherKey, 'another key', via(asset)),
      what(['kms:GenerateDataKey'], key, 'an object elsewhere', via(`${otherBucket}/0123.json`)),
      what(['kms:GenerateDataKey'], key, 'not through S3', { 'kms:EncryptionContext:aws:s3:arn': asset }),
      what(['kms:Encrypt', 'kms:DescribeKey'], key, 'S3 does not ask for it', via(asset)),
      what([...reads, 'cloudformation:DescribeStackEvents'], stack, 'no stack is looked at'),
      what(['ssm:GetParameter'], version, 'nor the version of the bootstrap stack'),
      ...notDeploying,
      ...notPushing,
      ...notLooking,
    ],
  },
  {
    name: 'file-publishing-named',
    options: { role: 'file-publishing', bucket: 'team-assets', kmsKey: keyId, ...place },
    allows: [
      what(finds, 'arn:aws:s3:::team-assets', 'this bucket', own),
      what(['s3:PutObject'], 'arn:aws:s3:::team-assets/0123.json', 'this bucket', own),
      what(['kms:GenerateDataKey'], key, 'this bucket', via('arn:aws:s3:::team-assets/0123.json')),
      what(['kms:GenerateDataKey'], key, 'the same with a bucket key', via('arn:aws:s3:::team-assets')),
    ],
    denies: [
      what(finds, bucket, 'the usual name', own),
      what(['s3:PutObject'], asset, 'the usual name', own),
      what(['kms:GenerateDataKey'], key, 'an object of the usual name', via(asset)),
      what(['kms:GenerateDataKey'], key, 'the usual name', via(bucket)),
    ],
  },
  {
    name: 'image-publishing',
    options: { role: 'image-publishing', kmsKey: keyId, stacks: ['my-app'], ...everyLookup, ...place },
    allows: [
      what(['ecr:GetAuthorizationToken'], '*', 'docker login'),
      what([...pushes, 'ecr:BatchGetImage'], repository, 'docker push'),
    ],
    denies: [
      what(pushes, repositoryOf('my-app'), 'another repository'),
      what(pushes, repositoryOf('cdk-other-container-assets-123456789012-eu-west-1'), 'another qualifier'),
      what(['ecr:DescribeRegistry'], '*', 'logging in is all'),
      what(['ecr:GetDownloadUrlForLayer', 'ecr:BatchDeleteImage'], repository, 'images are pushed alone'),
      what(reads, stack, 'no stack is looked at'),
      what(['ssm:GetParameter'], version, 'nor the version of the bootstrap stack'),
      what(['kms:Decrypt'], key, 'files are published by another role', via(asset)),
      ...notDeploying,
      ...notPublishing,
      ...notLooking,
    ],
  },
  {
    name: 'image-publishing-named',
    options: { role: 'image-publishing', repository: 'team-images', pushClient: 'classic', ...place },
    allows: [what(pushes, repositoryOf('team-images'), 'this repository')],
    denies: [
      what(pushes, repository, 'the usual name'),
      what(['ecr:BatchGetImage'], repositoryOf('team-images'), 'classic clients do not ask for the manifest'),
    ],
  },
  {
    name: 'lookup',
    options: { role: 'lookup', stacks: ['my-app'], kmsKey: keyId, ...everyLookup, ...place },
    allows: [
      what(['ssm:GetParameter'], version, 'the version of the bootstrap stack'),
      what(reads, stack, 'cdk diff'),
      what(['ssm:GetParameter'], parameter('app/domain'), 'a parameter'),
      what(['kms:ListAliases', 'ec2:DescribeImages', 'route53:ListHostedZonesByName'], '*', 'what is looked up'),
      what([...networks, ...balancers], '*', 'what is looked up'),
      what(['route53:GetHostedZone'], 'arn:aws:route53:::hostedzone/Z1', 'a private hosted zone'),
    ],
    denies: [
      what(reads, stackOf('my-app-2'), 'a stack whose name begins alike'),
      what(['ssm:GetParameter'], parameter('app/token'), 'another parameter'),
      what(['ssm:GetParameter'], parameter('app/domain-2'), 'a parameter whose name begins alike'),
      what(['ssm:GetParametersByPath', 'ssm:GetParameters'], parameter('app/domain'), 'one call looks it up'),
      what(['route53:GetHostedZone'], 'arn:aws:route53:::hostedzone/Z2', 'another hosted zone'),
      what(['route53:GetHostedZone'], 'arn:aws:route53:::healthcheck/1', 'no hosted zone'),
      what(
        ['ec2:DescribeInstances', 'lambda:GetFunction', 's3:GetObject'],
        '*',
        'a lookup reads nothing else of the account',
      ),
      what(
        ['kms:ListKeys', 'route53:ListHostedZones', 'elasticloadbalancing:DescribeTargetGroups'],
        '*',
        'no lookup asks for it',
      ),
      what(['kms:Decrypt'], key, 'nothing is decrypted', via(asset)),
      ...notDeploying,
      ...notPublishing,
      ...notPushing,
    ],
  },
  {
    name: 'lookup-plain',
    options: { role: 'lookup', stacks: ['my-app'], ...place },
    allows: [what(reads, stack, 'cdk diff')],
    denies: notLooking,
  },
  {
    name: 'lookup-public-zones',
    options: { role: 'lookup', stacks: ['my-app'], lookUpHostedZones: true, ...place },
    allows: [what(['route53:ListHostedZonesByName'], '*', 'a public hosted zone is found by its domain alone')],
    denies: [
      what(['route53:GetHostedZone'], 'arn:aws:route53:::hostedzone/Z1', 'no hosted zone is named'),
      what(['route53:ListHostedZones'], '*', 'no lookup asks for it'),
    ],
  },
]);

export const refused = defineRefused(cdkBootstrapRoles, [
  {
    name: 'no stacks for the deploy role',
    options: { ...place },
    says: /^stacks: missing: name the stacks, or set `scope` to account for all of them/,
  },
  {
    name: 'no stacks for the lookup role',
    options: { role: 'lookup', ...place },
    says: /^stacks: missing/,
  },
  {
    name: 'a role that the bootstrap stack has for CloudFormation',
    options: { role: 'cfn-exec', stacks: ['my-app'], ...place },
    says: /^role: `cfn-exec` is none of `deploy`, `file-publishing`, `image-publishing`, `lookup`: choose one of them$/,
  },
  {
    name: 'a qualifier of eleven characters',
    options: { stacks: ['my-app'], qualifier: 'hnb659fds00', ...place },
    says: /^qualifier: .* it has 11 characters, and texts have 1 to 10 characters/,
  },
  {
    name: 'the ARN of a stack that is there',
    options: { stacks: [stack], ...place },
    says: /^stacks\[0\]: .* is the ARN of a stack that is there, .*here `arn:aws:cloudformation:eu-west-1:123456789012:stack\/my-app\/\*`$/,
  },
  {
    name: 'a hosted zone by its domain',
    options: { role: 'lookup', stacks: ['my-app'], hostedZones: ['internal.example.com'], ...place },
    says: /^hostedZones\[0\]: `internal\.example\.com` is a domain, and IAM decides by the id/,
  },
  {
    name: 'a hosted zone as Route 53 answers it',
    options: { role: 'lookup', stacks: ['my-app'], hostedZones: ['/hostedzone/Z1PA6795UKMFR9'], ...place },
    says: /^hostedZones\[0\]: .* is the end of an ARN: write the id alone, here `Z1PA6795UKMFR9`$/,
  },
  {
    name: 'a stack with an underscore',
    options: { stacks: ['my_app'], ...place },
    says: /^stacks\[0\]: `my_app` holds a dot or an underscore/,
  },
  {
    name: 'a stack as a path of the app',
    options: { stacks: ['Prod/Api'], ...place },
    says: /^stacks\[0\]: `Prod\/Api` is a path in a CDK app/,
  },
  {
    name: 'a stack twice',
    options: { stacks: ['my-app', 'my-app'], ...place },
    says: /^stacks\[1\]: `my-app` already stands at `stacks\[0\]`: keep one$/,
  },
  {
    name: 'a pattern of stacks without the scope',
    options: { stacks: ['team-*'], ...place },
    says: /^stacks\[0\]: `team-\*` holds a character that IAM reads as a wildcard/,
  },
  ...['my-app/*', 'my-app/1234abcd-12ab-34cd-56ef-1234567890ab'].map((stack) => ({
    name: `a stack with what stands behind it, ${stack}`,
    options: { stacks: [stack], ...place },
    says: /^stacks\[0\]: .* has what stands behind the name in an ARN: write the name alone, here `my-app`$/,
  })),
  {
    name: 'a path for a parameter',
    options: { role: 'lookup', stacks: ['my-app'], parameters: ['/app/'], ...place },
    says: /^parameters\[0\]: .* ends with a slash, which no parameter does: write it without, here `\/app`$/,
  },
  {
    name: 'a parameter by name and by ARN',
    options: { role: 'lookup', stacks: ['my-app'], parameters: ['/app/domain', parameter('app/domain')], ...place },
    says: /^parameters\[1\]: `arn:.*` is the same as `\/app\/domain` at `parameters\[0\]`: keep one$/,
  },
]);
