import { defineRefused, defineSamples } from '../../cases.js';
import { lambdaCodeDeploy } from './entry.js';

const account = '123456789012';
const region = 'eu-west-1';
const place = { account, region } as const;
const one = `arn:aws:lambda:${region}:${account}:function:my-function`;
const job = { functions: ['my-function'], ...place } as const;
const role = `arn:aws:iam::${account}:role/my-function-role`;
const toLambda = { 'iam:PassedToService': 'lambda.amazonaws.com' };
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:${region}:${account}:key/${keyId}`;
const viaS3 = (object: string) => ({
  'kms:ViaService': `s3.${region}.amazonaws.com`,
  'kms:EncryptionContext:aws:s3:arn': object,
});
const releases = 'arn:aws:s3:::packages/releases';
const image = `arn:aws:ecr:${region}:${account}:repository/my-image`;
const layer = `arn:aws:lambda:${region}:${account}:layer:my-layer:3`;

export const samples = defineSamples(lambdaCodeDeploy, [
  {
    name: 'default',
    options: job,
    allows: [
      { actions: ['lambda:UpdateFunctionCode'], resource: one, why: 'aws lambda update-function-code --zip-file' },
      { actions: ['lambda:GetFunctionConfiguration'], resource: one, why: 'aws lambda wait function-updated' },
    ],
    denies: [
      { actions: ['lambda:UpdateFunctionCode'], resource: `${one}-2`, why: 'a longer name is another function' },
      {
        actions: ['lambda:UpdateFunctionCode'],
        resource: `arn:aws:lambda:us-east-1:${account}:function:my-function`,
        why: 'another region',
      },
      {
        actions: ['lambda:UpdateFunctionCode'],
        resource: `arn:aws:lambda:${region}:210987654321:function:my-function`,
        why: 'another account',
      },
      {
        actions: ['lambda:UpdateFunctionConfiguration'],
        resource: one,
        why: 'environment, layers and role stay as they are',
      },
      { actions: ['lambda:GetFunction'], resource: one, why: 'it may download the code' },
      { actions: ['lambda:GetFunctionConfiguration'], resource: `${one}:live`, why: 'nothing qualified is asked for' },
      { actions: ['lambda:GetFunctionConfiguration'], resource: `${one}-2`, why: 'nor another function' },
      {
        actions: ['lambda:PublishVersion', 'lambda:UpdateAlias', 'lambda:GetAlias', 'lambda:CreateAlias'],
        resource: one,
        why: 'without `publish` and `moveAliases`',
      },
      {
        actions: ['lambda:CreateFunction', 'lambda:TagResource', 'lambda:InvokeFunction'],
        resource: one,
        why: 'nor is it created, tagged or run',
      },
      {
        actions: [
          'lambda:AddPermission',
          'lambda:CreateFunctionUrlConfig',
          'lambda:DeleteFunction',
          'lambda:PutFunctionConcurrency',
        ],
        resource: one,
        why: 'the function stays, and so does who may run it',
      },
      { actions: ['iam:PassRole'], resource: role, context: toLambda, why: 'the role stays' },
    ],
  },
  {
    name: 'publish',
    options: {
      ...job,
      publish: true,
      moveAliases: true,
      aliases: ['live'],
      createAliases: true,
      waiter: 'v2',
      invoke: true,
    },
    allows: [
      {
        actions: ['lambda:PublishVersion', 'lambda:UpdateAlias', 'lambda:GetAlias', 'lambda:CreateAlias'],
        resource: one,
        why: 'publish a version, and move the alias to it',
      },
      { actions: ['lambda:GetFunction'], resource: one, why: 'wait function-updated-v2' },
      { actions: ['lambda:GetFunction'], resource: `${one}:7`, why: 'wait for the version' },
      { actions: ['lambda:InvokeFunction'], resource: `${one}:live`, why: 'see that the alias works' },
      { actions: ['lambda:InvokeFunction'], resource: one, why: 'or the function itself' },
    ],
    denies: [
      { actions: ['lambda:GetFunctionConfiguration'], resource: one, why: 'the second waiters do not ask for it' },
      { actions: ['lambda:InvokeFunction'], resource: `${one}:staging`, why: 'another alias' },
      { actions: ['lambda:InvokeFunction'], resource: `${one}-2:live`, why: 'the alias of another function' },
      { actions: ['lambda:UpdateAlias'], resource: `${one}-2`, why: 'another function' },
      { actions: ['lambda:DeleteAlias'], resource: one, why: 'no alias is deleted' },
    ],
  },
  {
    name: 'alias',
    options: { ...job, moveAliases: true, aliases: ['live'] },
    allows: [
      { actions: ['lambda:UpdateAlias', 'lambda:GetAlias'], resource: one, why: 'move the alias back' },
      { actions: ['lambda:GetFunctionConfiguration'], resource: `${one}:live`, why: 'see what the alias has' },
    ],
    denies: [
      { actions: ['lambda:GetFunctionConfiguration'], resource: `${one}:7`, why: 'no version is published' },
      { actions: ['lambda:GetFunctionConfiguration'], resource: `${one}:staging`, why: 'another alias' },
      { actions: ['lambda:CreateAlias', 'lambda:PublishVersion'], resource: one, why: 'the alias is there' },
    ],
  },
  {
    name: 'package-in-s3',
    options: {
      ...job,
      package: 's3',
      bucket: 'packages',
      keys: ['my-function.zip'],
      prefixes: ['releases'],
      upload: true,
      kmsKey: keyId,
      waiter: 'none',
    },
    allows: [
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resource: `${releases}/1a2b3c4.zip`,
        why: 'upload the package, and let Lambda read it',
      },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::packages/my-function.zip', why: 'the package that stays' },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: key,
        context: viaS3(`${releases}/1a2b3c4.zip`),
        why: 'the bucket is encrypted',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3('arn:aws:s3:::packages/my-function.zip'),
        why: 'the same for the other one',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3('arn:aws:s3:::packages'),
        why: 'the same, where the bucket uses bucket keys',
      },
    ],
    denies: [
      {
        actions: ['s3:GetObject'],
        resource: 'arn:aws:s3:::packages/other.zip',
        why: 'the package of another function',
      },
      { actions: ['s3:PutObject'], resource: 'arn:aws:s3:::packages/releases-old/a.zip', why: 'a longer prefix' },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::packages/my-function.zip.old', why: 'a longer key' },
      { actions: ['s3:GetObjectVersion'], resource: `${releases}/1a2b3c4.zip`, why: 'no version is named' },
      { actions: ['s3:DeleteObject'], resource: `${releases}/1a2b3c4.zip`, why: 'packages stay' },
      {
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::packages',
        why: 'the AWS CLI does not look for the bucket',
      },
      { actions: ['lambda:GetFunctionConfiguration'], resource: one, why: 'it does not wait' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3('arn:aws:s3:::packages/other.zip'),
        why: 'another object',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { ...viaS3(`${releases}/a.zip`), 'kms:ViaService': `lambda.${region}.amazonaws.com` },
        why: 'not through S3',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `arn:aws:kms:${region}:${account}:key/00000000-12ab-34cd-56ef-1234567890ab`,
        context: viaS3(`${releases}/a.zip`),
        why: 'another key',
      },
    ],
  },
  {
    name: 'versioned-package',
    options: {
      ...job,
      package: 's3',
      bucket: 'packages',
      keys: ['my-function.zip'],
      versionedPackage: true,
      kmsKey: keyId,
    },
    allows: [
      {
        actions: ['s3:GetObjectVersion'],
        resource: 'arn:aws:s3:::packages/my-function.zip',
        why: '--s3-object-version',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3('arn:aws:s3:::packages/my-function.zip'),
        why: 'it is encrypted',
      },
    ],
    denies: [
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: 'arn:aws:s3:::packages/my-function.zip',
        why: 'the version is named, and somebody else uploads',
      },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3('arn:aws:s3:::packages/my-function.zip'),
        why: 'so nothing is encrypted',
      },
    ],
  },
  {
    name: 'image',
    options: {
      ...job,
      package: 'image',
      repositories: ['my-image', 'arn:aws:ecr:eu-west-1:210987654321:repository/base'],
    },
    allows: [
      {
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: image,
        why: 'update-function-code --image-uri',
      },
      {
        actions: ['ecr:BatchGetImage'],
        resource: 'arn:aws:ecr:eu-west-1:210987654321:repository/base',
        why: 'an image of another account',
      },
    ],
    denies: [
      { actions: ['ecr:BatchGetImage'], resource: `${image}-old`, why: 'another repository' },
      { actions: ['ecr:PutImage', 'ecr:SetRepositoryPolicy'], resource: image, why: 'images are made elsewhere' },
    ],
  },
  {
    name: 'aws-actions',
    options: {
      ...job,
      client: 'aws-actions',
      package: 's3',
      bucket: 'packages',
      prefixes: ['lambda-deployments/my-function'],
      upload: true,
      publish: true,
      createFunction: true,
      tagFunction: true,
      passRoles: ['my-function-role'],
      layers: ['my-layer'],
    },
    allows: [
      {
        actions: ['lambda:CreateFunction', 'lambda:TagResource', 'lambda:UpdateFunctionConfiguration'],
        resource: one,
        why: 'the action creates what is missing, and always changes the configuration',
      },
      { actions: ['iam:PassRole'], resource: role, context: toLambda, why: 'with its execution role' },
      { actions: ['lambda:GetLayerVersion'], resource: layer, why: 'and its layers' },
      { actions: ['s3:ListBucket'], resource: 'arn:aws:s3:::packages', why: 'HeadBucket' },
      { actions: ['lambda:GetFunctionConfiguration'], resource: `${one}:8`, why: 'a step behind it waits' },
    ],
    denies: [
      { actions: ['iam:PassRole'], resource: role, why: 'to whatever service' },
      {
        actions: ['iam:PassRole'],
        resource: role,
        context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        why: 'to a machine',
      },
      {
        actions: ['iam:PassRole'],
        resource: `arn:aws:iam::${account}:role/admin`,
        context: toLambda,
        why: 'another role',
      },
      { actions: ['lambda:GetLayerVersion'], resource: layer.replace('my-layer', 'other'), why: 'another layer' },
      { actions: ['s3:ListBucket'], resource: 'arn:aws:s3:::packages-2', why: 'another bucket' },
      {
        actions: ['s3:CreateBucket', 's3:PutBucketVersioning'],
        resource: 'arn:aws:s3:::packages',
        why: 'the bucket is there',
      },
      { actions: ['lambda:GetFunction'], resource: one, why: 'the action waits without it' },
      { actions: ['lambda:UpdateFunctionConfiguration'], resource: `${one}-2`, why: 'another function' },
    ],
  },
  {
    name: 'aws-actions-zip',
    options: { ...job, client: 'aws-actions' },
    allows: [
      {
        actions: ['lambda:UpdateFunctionConfiguration', 'lambda:GetFunctionConfiguration'],
        resource: one,
        why: 'also where nothing of the configuration is given',
      },
    ],
    denies: [{ actions: ['lambda:CreateFunction', 'lambda:TagResource'], resource: one, why: 'the function is there' }],
  },
  {
    name: 'appleboy',
    options: { ...job, client: 'appleboy', updateConfiguration: true, waiter: 'none', package: 'zip' },
    allows: [
      {
        actions: ['lambda:GetFunctionConfiguration', 'lambda:GetFunction'],
        resource: one,
        why: 'it looks before each change, and waits where one is under way',
      },
      { actions: ['lambda:UpdateFunctionConfiguration'], resource: one, why: 'memory_size, timeout, handler' },
    ],
    denies: [{ actions: ['iam:PassRole'], resource: role, context: toLambda, why: 'the role stays' }],
  },
  {
    name: 'appleboy-code',
    options: { ...job, client: 'appleboy', waiter: 'v2' },
    allows: [{ actions: ['lambda:GetFunctionConfiguration'], resource: one, why: 'it looks before the change' }],
    denies: [{ actions: ['lambda:GetFunction'], resource: one, why: 'nothing is under way' }],
  },
  {
    name: 'create',
    options: { ...job, createFunction: true, passRoles: ['my-function-role'], waiter: 'v2' },
    allows: [
      { actions: ['lambda:CreateFunction'], resource: one, why: 'aws lambda create-function' },
      { actions: ['iam:PassRole'], resource: role, context: toLambda, why: 'with its role' },
    ],
    denies: [
      {
        actions: ['lambda:TagResource', 'lambda:UpdateFunctionConfiguration'],
        resource: one,
        why: 'it has no tags, and is not changed afterwards',
      },
    ],
  },
  {
    name: 'pattern',
    options: { functions: ['web-*'], scope: 'pattern', updateConfiguration: true, account, region: 'cn-north-1' },
    allows: [
      {
        actions: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
        resource: `arn:aws-cn:lambda:cn-north-1:${account}:function:web-orders`,
        why: 'one of several functions',
      },
    ],
    denies: [
      {
        actions: ['lambda:UpdateFunctionCode'],
        resource: `arn:aws-cn:lambda:cn-north-1:${account}:function:api-orders`,
        why: 'none of them',
      },
    ],
  },
]);

const bucket = { ...job, package: 's3', bucket: 'packages' };

export const refused = defineRefused(lambdaCodeDeploy, [
  {
    name: 'the ARN of a version',
    options: { functions: [`${one}:3`] },
    says: /^functions\[0\]: .* has a version or an alias, .*, here `arn:aws:lambda:eu-west-1:123456789012:function:my-function`$/,
  },
  {
    name: 'the ARN of $LATEST',
    options: { functions: [`${one}:$LATEST`] },
    says: /^functions\[0\]: .* has a version or an alias/,
  },
  {
    name: 'a function with an alias',
    options: { ...job, functions: ['my-function:live'] },
    says: /^functions\[0\]: .* has a version or an alias, .*, here `my-function`$/,
  },
  {
    name: 'the end of an ARN',
    options: { ...job, functions: ['123456789012:function:my-function'] },
    says: /^functions\[0\]: .* is a part of an ARN: write the name alone, or the whole ARN, here `my-function`$/,
  },
  {
    name: 'every function of the account, in scope exact',
    options: { ...job, functions: ['*'] },
    says: /^functions\[0\]: `\*` holds a character that IAM reads as a wildcard/,
  },
  {
    name: 'a function twice',
    options: { ...job, functions: ['my-function', 'my-function'] },
    says: /^functions\[1\]: `my-function` already stands at `functions\[0\]`: keep one$/,
  },
  {
    name: 'a name of 65 characters',
    options: { ...job, functions: ['a'.repeat(65)] },
    says: /^functions\[0\]: .* it has 65 characters, and names have 1 to 64 characters/,
  },
  {
    name: 'a package for a function',
    options: { ...job, functions: ['my-function.zip'] },
    says: /^functions\[0\]: `my-function\.zip` is a package/,
  },
  {
    name: 'a version for an alias',
    options: { ...job, aliases: ['3'] },
    says: /^aliases\[0\]: `3` is a version: write the name of an alias$/,
  },
  {
    name: 'a function with its alias for an alias',
    options: { ...job, aliases: ['my-function:live'] },
    says: /^aliases\[0\]: .* has its function before it: write the alias alone, here `live`$/,
  },
  {
    name: 'a layer with its version',
    options: { ...job, updateConfiguration: true, layers: [layer] },
    says: /^layers\[0\]: .* has a version, .*, here `arn:aws:lambda:eu-west-1:123456789012:layer:my-layer`$/,
  },
  ...['function:my-function', 'function:my-function:7', 'function:my-function:live'].map((end) => ({
    name: `the end of an ARN, ${end}`,
    options: { ...job, functions: [end] },
    says: /^functions\[0\]: .* is the end of an ARN: write the name alone, here `my-function`$/,
  })),
  {
    name: 'a URL of another bucket for a key',
    options: { ...bucket, keys: ['s3://other/my-function.zip'] },
    says: /^keys\[0\]: .* is in the bucket `other`, and `bucket` is `[a-z-]+`: make them agree$/,
  },
  {
    name: 'a URL with a key for the bucket, and a key',
    options: { ...bucket, bucket: 's3://packages/my-function.zip', keys: ['my-function.zip'] },
    says: /^bucket: .* names `my-function\.zip` in the bucket too, and `keys` is given: write the bucket alone, here `packages`$/,
  },
  {
    name: 'a key that begins with a slash',
    options: { ...bucket, keys: ['/my-function.zip'] },
    says: /^keys\[0\]: .* begins with a slash, .*, here `my-function\.zip`$/,
  },
  {
    name: 'a key that goes up',
    options: { ...bucket, keys: ['releases/../my-function.zip'] },
    says: /^keys\[0\]: .* holds an empty or dot segment/,
  },
  {
    name: 'a prefix that goes up',
    options: { ...bucket, prefixes: ['releases/..'] },
    says: /^prefixes\[0\]: .* holds an empty or dot segment/,
  },
  {
    name: 'a key for a prefix, with the slash of a folder',
    options: { ...bucket, keys: ['releases/'] },
    says: /^keys\[0\]: .* ends with a slash, .*`prefixes`/,
  },
  { name: 'no bucket', options: { ...job, package: 's3' }, says: /^bucket: missing, and `package` is `s3`/ },
  { name: 'no package in the bucket', options: bucket, says: /^prefixes: missing, and so are `keys`/ },
  {
    name: 'no repository',
    options: { ...job, package: 'image' },
    says: /^repositories: missing, and `package` is `image`/,
  },
  {
    name: 'an image for the action',
    options: { ...job, client: 'aws-actions', package: 'image', repositories: ['my-image'] },
    says: /^client: `aws-actions` reads package-type and never deploys an image/,
  },
  {
    name: 'an image with its tag',
    options: { ...job, package: 'image', repositories: ['my-image:1'] },
    says: /^repositories\[0\]: .* has a tag/,
  },
  {
    name: 'no role',
    options: { ...job, createFunction: true },
    says: /^passRoles: missing, and a function is created/,
  },
  {
    name: 'a role without use',
    options: { ...job, passRoles: ['my-function-role'] },
    says: /^passRoles: without use: set `createFunction` or `updateConfiguration`/,
  },
  {
    name: 'a function in another partition than the region',
    options: { functions: ['arn:aws-cn:lambda:cn-north-1:123456789012:function:my-function'], region },
    says: /^functions\[0\]: .* has the (region|partition) /,
  },
  ...['7', '$LATEST', 'my-function:7', `${one}:7`, `${one}:$LATEST`].map((version) => ({
    name: `the version ${version} for an alias`,
    options: { ...job, aliases: [version] },
    says: /^aliases\[0\]: .* is a version: write the name of an alias$/,
  })),
  {
    name: 'an empty prefix',
    options: { ...job, package: 's3', bucket: 'b-b', prefixes: [''] },
    says: /^prefixes\[0\]: an empty text stands for the whole bucket: give a prefix, or the keys of objects as `keys`$/,
  },
  ...['https://example.com/f.zip', one].map((address) => ({
    name: `the address ${address} for a key`,
    options: { ...job, package: 's3' as const, bucket: 'b-b', keys: [address] },
    says: /^keys\[0\]: .* is an address, and this is for what stands in the bucket: write that alone$/,
  })),
  ...['123456789012:my-function', '123456789012:function:my-function:live', 'eu-west-1:123456789012:my-function'].map(
    (part) => ({
      name: `a part of an ARN, ${part}`,
      options: { ...job, functions: [part] },
      says: /^functions\[0\]: .* is a part of an ARN: write the name alone, or the whole ARN, here `my-function`$/,
    }),
  ),
]);
