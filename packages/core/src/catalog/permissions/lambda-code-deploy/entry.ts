import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { arn, template, text } from '../../../use-case/template.js';
import { defineUseCase } from '../../../use-case/use-case.js';
import { onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import { bucketsOfAnyAccount } from '../../conditions/resource-account.js';
import { ecrRepository } from '../../resources/ecr.js';
import { iamRole } from '../../resources/iam.js';
import { kmsKey } from '../../resources/kms.js';
import { lambdaAlias, lambdaFunction, lambdaLayer } from '../../resources/lambda.js';
import { objectKey, objectPrefixBesideKeys, s3Bucket } from '../../resources/s3.js';
import { vendors } from './vendor.js';

const fromBucket = is('package', 's3');
const fromImage = is('package', 'image');
const byAction = is('client', 'aws-actions');
const byAppleboy = is('client', 'appleboy');
const creates = is('createFunction', true);
/** The action compares the configuration with a promise that it does not wait for, so that it always differs. */
const configures = any(is('updateConfiguration', true), byAction);
const uploads = is('upload', true);
const publishes = is('publish', true);
const readsVersion = is('versionedPackage', true);

const packages = [template`${arn('bucket')}/${text('keys')}`, template`${arn('bucket')}/${text('prefixes')}/*`];
/** Reads are asked for on the version or the alias that they name; nobody knows the number of a version before. */
const qualified = [
  arn('functions'),
  when(publishes, template`${arn('functions')}:*`),
  when(not(publishes), template`${arn('functions')}:${text('aliases')}`),
];

const models = 'awscli/botocore/data/lambda/2015-03-31';
const commands = source('aws/aws-cli', '2.36.7', `${models}/service-2.json`);
const waiters = source('aws/aws-cli', '2.36.7', `${models}/waiters-2.json`);
const action = (where: string) => source('aws-actions/aws-lambda-deploy', '5ab3fe6', 'index.js', where);
const appleboy = (where: string) => source('appleboy/drone-lambda', 'v1.4.2', 'plugin.go', where);
const guide = 'https://docs.aws.amazon.com/lambda/latest/dg';
const forms = vendor('Lambda developer guide, actions and their resources', `${guide}/lambda-api-permissions-ref.html`);
const images = vendor('Lambda developer guide, ECR permissions', `${guide}/images-create.html`);
const passing = vendor('Lambda developer guide, granting users access', `${guide}/permissions-user-function.html`);
const denied = vendor(
  'refusal of Lambda: "make sure your request credentials have permission to GetObject"',
  'https://github.com/buildkite/elastic-ci-stack-for-aws/issues/564',
);

export const lambdaCodeDeploy = defineUseCase({
  id: 'lambda-code-deploy',
  title: 'Deploy the code of Lambda functions',
  summary:
    'Gives Lambda functions new code from a zip file, a bucket or an image, publishes it and moves aliases to it.',
  excludes:
    'Does not delete functions, versions and aliases, does not let others invoke functions, and changes no event sources, URLs, concurrency and code signing.',
  options: {
    functions: list(lambdaFunction, 'Functions the job deploys, without version or alias.', {
      required: true,
      scoped: true,
    }),
    package: oneOf(['zip', 's3', 'image'], 'Where the code comes from: a file of the job, a bucket, or ECR.', {
      default: 'zip',
    }),
    client: oneOf(
      ['aws-cli', 'aws-actions', 'appleboy'],
      'Which client deploys: aws-actions for aws-lambda-deploy, appleboy for lambda-action and drone-lambda.',
      { default: 'aws-cli' },
    ),
    waiter: oneOf(
      ['v1', 'v2', 'none'],
      'How the AWS CLI waits: `function-updated` (v1) and `function-updated-v2` (v2) need different permissions; v2 may download the code.',
      { default: 'v1' },
    ),
    bucket: single(s3Bucket, 'The bucket that holds the packages.'),
    keys: list(objectKey, 'Keys of the packages in the bucket, where they are always the same.', { within: 'bucket' }),
    prefixes: list(objectPrefixBesideKeys, 'What the keys of the packages begin with, without the slash behind it.', {
      within: 'bucket',
    }),
    upload: toggle('The job puts the packages into the bucket itself.'),
    versionedPackage: toggle('The deployment names a version of the package in the bucket.'),
    kmsKey: single(kmsKey, 'The KMS key that encrypts the bucket.', { anchors: ['partition', 'region'], of: 'bucket' }),
    repositories: list(ecrRepository, 'Repositories of the images; they may be in another account.', {
      anchors: ['partition'],
      elsewhere: true,
    }),
    publish: toggle('Publish a version of the new code.'),
    moveAliases: toggle(
      'Look where an alias points, and move it to a version: any alias of the function, since none can be named.',
    ),
    createAliases: toggle('Create aliases of the function.'),
    aliases: list(lambdaAlias, 'Aliases by which the job reads or invokes the function.'),
    updateConfiguration: toggle(
      'Change memory, environment, handler and the like, which the action aws-lambda-deploy always does.',
    ),
    layers: list(lambdaLayer, 'Layers that the configuration names, without their version.', {
      anchors: ['partition'],
      elsewhere: true,
    }),
    createFunction: toggle('Create the function where it is missing.'),
    tagFunction: toggle('The function is created with tags.'),
    passRoles: list(iamRole, 'Execution roles that the function is created with or changed to.', { of: 'functions' }),
    invoke: toggle('Invoke the function, or one of the aliases that are named, to see that it works.'),
    scope,
    ...place,
  },
  refuse: [
    { path: 'bucket', if: all(fromBucket, not(given('bucket'))), say: 'missing, and `package` is `s3`' },
    {
      path: 'bucket',
      if: all(not(fromBucket), given('bucket')),
      say: 'without use: set `package` to `s3`, or leave the bucket out',
    },
    {
      path: 'prefixes',
      if: all(fromBucket, given('bucket'), not(given('keys')), not(given('prefixes'))),
      say: 'missing, and so are `keys`: say which packages of the bucket are meant',
    },
    {
      path: 'prefixes',
      if: all(not(fromBucket), any(given('keys'), given('prefixes'))),
      say: 'and `keys` are without use: set `package` to `s3`, or leave them out',
    },
    {
      path: 'kmsKey',
      if: all(not(given('bucket')), given('kmsKey')),
      say: 'encrypts a bucket, and none is given: give `bucket`, or leave the key out',
    },
    { path: 'repositories', if: all(fromImage, not(given('repositories'))), say: 'missing, and `package` is `image`' },
    {
      path: 'repositories',
      if: all(not(fromImage), given('repositories')),
      say: 'without use: set `package` to `image`, or leave them out',
    },
    {
      path: 'client',
      if: all(byAction, fromImage),
      say: '`aws-actions` reads package-type and never deploys an image, at the commit that was read: set `client` to another one',
    },
    {
      path: 'passRoles',
      if: all(creates, not(given('passRoles'))),
      say: 'missing, and a function is created with a role',
    },
    {
      path: 'passRoles',
      if: all(given('passRoles'), not(creates), not(configures)),
      say: 'without use: set `createFunction` or `updateConfiguration`, or leave them out',
    },
    {
      path: 'layers',
      if: all(given('layers'), not(creates), not(configures)),
      say: 'without use: set `createFunction` or `updateConfiguration`, or leave them out',
    },
    {
      path: 'tagFunction',
      if: all(is('tagFunction', true), not(creates)),
      say: 'needs `createFunction`: set it, or leave it out',
    },
  ],
  notes: [
    {
      if: byAction,
      say: 'aws-lambda-deploy changes the configuration in every run, since it compares with a promise that it does not wait for; with dry-run it stops before the code, and so tests no permission for it',
    },
    {
      if: all(byAction, fromBucket, uploads),
      say: 'where the bucket is missing, aws-lambda-deploy creates and configures it: none of that is given, and the run is refused',
    },
    {
      if: all(byAppleboy, is('updateConfiguration', true)),
      say: 'while a change of the configuration is under way, appleboy waits with lambda:GetFunction, which may download the code',
    },
    {
      if: all(byAppleboy, not(publishes)),
      say: 'appleboy publishes a version in every run: whether that asks for lambda:PublishVersion too is not known, and `publish` gives it',
    },
    {
      if: publishes,
      say: 'whether `update-function-code --publish` alone asks for lambda:PublishVersion is not known; `publish-version` does',
    },
    {
      if: fromImage,
      say: 'Lambda itself must be let into the repository by its policy: where that is missing, Lambda adds it with ecr:GetRepositoryPolicy and ecr:SetRepositoryPolicy of the caller, which are not given',
    },
    {
      if: given('kmsKey'),
      say: 'the policy of the KMS key must allow the job too, by name or through the account',
    },
    {
      if: not(configures),
      say: 'a change of memory, environment, handler, role or layers is refused: `updateConfiguration` allows it',
    },
    {
      if: all(is('waiter', 'v2'), not(is('client', 'aws-cli'))),
      say: '`waiter` is for the AWS CLI, and has no effect with this client',
    },
    {
      if: all(any(uploads, readsVersion), not(fromBucket)),
      say: '`upload` and `versionedPackage` have no effect where the code comes from elsewhere',
    },
    {
      if: all(is('invoke', true), publishes),
      say: 'a version is not invoked by its number, only through an alias: the number is not known before',
    },
  ],
  widenings: [
    'UpdateAlias and CreateAlias are asked for on the function, whatever alias they name: who has `moveAliases` moves all aliases of the function.',
    'With `publish`, the state of every version of the function may be read, since the number of the next one is not known.',
    'With the client aws-actions and `upload`, HeadBucket is s3:ListBucket, which shows the names of all keys in the bucket.',
    bucketsOfAnyAccount,
  ],
  escalation:
    'Who has these credentials runs any code as these functions, and so has whatever their execution roles may, and reads what reaches them; with `updateConfiguration` also by changing their environment and layers. They hand no function another role than `passRoles` names, and reach no other function.',
  vendors,
  statements: [
    {
      sid: 'DeployFunctions',
      actions: {
        'lambda:UpdateFunctionCode': 'give the function its new code',
        'lambda:UpdateFunctionConfiguration': when(configures, 'change memory, environment, handler and the like'),
        'lambda:PublishVersion': when(publishes, 'publish a version of the code'),
        'lambda:UpdateAlias': when(is('moveAliases', true), 'move an alias to a version'),
        'lambda:GetAlias': when(is('moveAliases', true), 'look where an alias points'),
        'lambda:CreateAlias': when(is('createAliases', true), 'create an alias'),
        'lambda:CreateFunction': when(creates, 'create a function that is missing'),
        'lambda:TagResource': when(all(creates, is('tagFunction', true)), 'create the function with its tags'),
      },
      resources: [arn('functions')],
      evidence: [reference('lambda'), commands, action('run'), appleboy('Exec')],
    },
    {
      sid: 'WatchFunctions',
      actions: {
        'lambda:GetFunctionConfiguration': when(
          any(byAction, byAppleboy, is('waiter', 'v1')),
          'see whether the function is there and its update is done',
        ),
        'lambda:GetFunction': when(
          any(all(is('client', 'aws-cli'), is('waiter', 'v2')), all(byAppleboy, is('updateConfiguration', true))),
          'wait with the second version of the waiters',
        ),
      },
      resources: qualified,
      evidence: [reference('lambda'), waiters, action('waitForFunctionUpdated'), appleboy('checkStatus'), forms],
    },
    {
      sid: 'PassExecutionRoles',
      actions: { 'iam:PassRole': 'hand the execution role to the function' },
      resources: [arn('passRoles')],
      conditions: [onlyPassedTo('lambda.amazonaws.com', 'Lambda')],
      evidence: [reference('iam'), passing],
    },
    {
      sid: 'Packages',
      actions: {
        's3:GetObject': when(not(readsVersion), 'Lambda reads the package with the rights of the caller'),
        's3:GetObjectVersion': when(
          readsVersion,
          'Lambda reads a version of the package with the rights of the caller',
        ),
        's3:PutObject': when(uploads, 'upload the package'),
      },
      resources: packages,
      evidence: [reference('s3'), action('uploadToS3'), denied],
    },
    {
      sid: 'FindBucket',
      when: all(byAction, uploads),
      actions: { 's3:ListBucket': 'the action asks whether the bucket is there, and stops where it may not' },
      resources: [arn('bucket')],
      evidence: [reference('s3'), action('checkBucketExists')],
    },
    {
      sid: 'PackageKey',
      actions: {
        'kms:Decrypt': 'read an encrypted package',
        'kms:GenerateDataKey': when(uploads, 'upload an encrypted package'),
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjectsUnder(packages),
      evidence: [
        reference('kms'),
        vendor(
          'S3 user guide, SSE-KMS',
          'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
        ),
      ],
    },
    {
      sid: 'ReadImages',
      actions: {
        'ecr:BatchGetImage': 'Lambda reads the manifest of the image with the rights of the caller',
        'ecr:GetDownloadUrlForLayer': 'Lambda reads the layers of the image with the rights of the caller',
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        images,
        vendor('README of aws-lambda-deploy', 'https://github.com/aws-actions/aws-lambda-deploy'),
      ],
    },
    {
      sid: 'ReadLayers',
      actions: { 'lambda:GetLayerVersion': 'give the function a layer' },
      resources: [template`${arn('layers')}:*`],
      evidence: [reference('lambda'), vendor('Lambda developer guide, layers', `${guide}/permissions-user-layer.html`)],
    },
    {
      sid: 'InvokeFunctions',
      when: is('invoke', true),
      actions: { 'lambda:InvokeFunction': 'see that the new code works' },
      resources: [arn('functions'), template`${arn('functions')}:${text('aliases')}`],
      evidence: [reference('lambda'), commands, forms],
    },
  ],
});
