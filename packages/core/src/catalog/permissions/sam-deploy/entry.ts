import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, matches, not, when } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template, text } from '../../../use-case/template.js';
import { defineUseCase, unscoped, type ConditionTemplate } from '../../../use-case/use-case.js';
import { onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import { inOwnAccount } from '../../conditions/resource-account.js';
import { cloudformationStack, cloudFormationTransform } from '../../resources/cloudformation.js';
import { ecrRepository } from '../../resources/ecr.js';
import { iamRole } from '../../resources/iam.js';
import { kmsKey } from '../../resources/kms.js';
import { lambdaFunction } from '../../resources/lambda.js';
import { objectPrefix, s3Bucket } from '../../resources/s3.js';
import { ssmParameter } from '../../resources/ssm.js';
import { vendors } from './vendor.js';

const deploys = is('access', 'deploy');
const syncs = all(deploys, is('sync', true));
const deletes = all(deploys, is('deleteStacks', true));
const failed = all(deploys, is('deleteFailed', true));
const resolves = not(is('resolveS3', 'off'));
const makesBucket = is('resolveS3', 'create');
const whole = is('wholeBucket', true);
/** The bucket of the managed stack, whose name CloudFormation makes up, unless it is given. */
const madeUp = all(resolves, not(given('bucket')));
const companion = is('images', 'companion');
const pushes = not(is('images', 'none'));
const publishes = all(syncs, is('publish', true));
const syncsImages = all(syncs, is('syncImages', true));
const accountWide = is('scope', 'account');

const stack = template`arn:${partition}:cloudformation:${region}:${account}:stack/`;
const managedStack = template`${stack}aws-sam-cli-managed-default/*`;
/** The eight characters are the beginning of the MD5 of the stack's name. */
const companionStacks = template`${stack}${text('stacks')}-????????-CompanionStack/*`;
const webFunctionStacks = template`${stack}${text('stacks')}-????????-WebFunctionCode/*`;
const managedBucket = template`arn:${partition}:s3:::aws-sam-cli-managed-default-samclisourcebucket-*`;

const artifacts = [
  when(not(whole), template`${arn('bucket')}/${text('prefixes')}/*`),
  when(whole, template`${arn('bucket')}/*`),
];
const managedArtifacts = [
  when(not(whole), template`${managedBucket}/${text('prefixes')}/*`),
  when(whole, template`${managedBucket}/*`),
];
const artifactActions = {
  's3:PutObject': 'upload code and templates',
  's3:GetObject':
    'let CloudFormation read the template, which it does with the rights of the caller, and skip what is there',
  's3:DeleteObject': when(deletes, 'delete the artifacts with their stack'),
};
const listing: ConditionTemplate = {
  operator: 'StringEquals',
  key: 's3:prefix',
  values: [template`${text('prefixes')}/`],
  reason: 'only what lies under these prefixes',
};

const withServiceRole: ConditionTemplate = {
  operator: 'ArnEquals',
  key: 'cloudformation:RoleArn',
  values: [arn('serviceRole')],
  when: given('serviceRole'),
  reason: 'only with this role: with none, a stack goes on with the role that it was given last',
};

const sam = (file: string, where?: string) => source('aws/aws-sam-cli', 'v1.170.0', `samcli/${file}`, where);
const deployer = sam('lib/deploy/deployer.py', 'Deployer');
const rollback = sam('lib/deploy/deployer.py', 'rollback_delete_stack');
const deleter = sam('commands/delete/delete_context.py', 'delete');
const uploader = sam('lib/package/s3_uploader.py', 'S3Uploader');
const managed = sam('lib/utils/managed_cloudformation_stack.py');
const bootstrapTemplate = sam('lib/bootstrap/bootstrap.py', '_get_stack_template');
const companions = sam('lib/bootstrap/companion_stack/companion_stack_manager.py');
const companionTemplate = sam('lib/bootstrap/companion_stack/companion_stack_builder.py');
const webFunctions = sam('lib/bootstrap/web_function_code_bucket.py', 'delete_web_function_code_bucket');
const images = sam('lib/package/ecr_uploader.py');
const infraSync = sam('lib/sync/infra_sync_executor.py');
const functionSync = sam('lib/sync/flows/function_sync_flow.py');
const imageSync = sam('lib/sync/flows/image_function_sync_flow.py', 'ImageFunctionSyncFlow');
const lambdaReadsImages = vendor(
  'Lambda developer guide, ECR permissions',
  'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
);
const guide = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const serviceRoles = vendor('CloudFormation user guide, service roles', `${guide}/using-iam-servicerole.html`);
const access = vendor('CloudFormation user guide, access control', `${guide}/control-access-with-iam.html`);
const readsForCaller = source(
  'aws/aws-cdk-cli',
  '7ff50e77f',
  'packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml',
);
const schema = (type: string) =>
  vendor(
    `CloudFormation reference, ${type}`,
    `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${type.slice('AWS::'.length).toLowerCase().replace('::', '-')}.html`,
  );
/** The schema of a type as AWS publishes it, which says what its handlers ask for. */
const handlers = (commit: string, type: string) =>
  source('pulumi/pulumi-aws-native', commit, `aws-cloudformation-schema/${type}.json`, 'handlers');

export const samDeploy = defineUseCase({
  id: 'sam-deploy',
  title: 'Deploy with the AWS SAM CLI',
  summary:
    'Runs `sam deploy`, and where it is asked for `sam delete`, `sam sync` and `sam validate`, for named stacks with their artifacts and images.',
  excludes:
    'Does not allow what the resources of the templates need without a service role, does not sync APIs, state machines and layers past CloudFormation, does not sign code, and makes no bucket for the code of web functions; `sam logs`, `sam traces`, `sam list`, `sam remote` and `sam pipeline bootstrap` are other jobs.',
  options: {
    stacks: list(cloudformationStack, 'Stacks the job deploys.', { required: true, scoped: true }),
    access: oneOf(
      ['deploy', 'review'],
      'What the job does: deploy changes stacks, review makes change sets and executes none (`--no-execute-changeset`).',
      { default: 'deploy' },
    ),
    serviceRole: single(iamRole, 'The role with which CloudFormation makes the resources (`--role-arn`).'),
    resolveS3: oneOf(
      ['off', 'existing', 'create'],
      'The bucket that SAM manages (`--resolve-s3`): existing takes the one that is there, create makes its stack where it is missing, as `--guided` does.',
      { default: 'off' },
    ),
    bucket: single(
      s3Bucket,
      'The bucket for artifacts and templates (`--s3-bucket`), or the name of the managed one where it is known.',
    ),
    prefixes: list(
      objectPrefix,
      'What the keys of artifacts and templates begin with, without the slash behind it (`--s3-prefix`).',
      {
        within: 'bucket',
      },
    ),
    wholeBucket: toggle(
      'Artifacts and templates stand at the top of the bucket, where SAM puts them without a prefix.',
    ),
    kmsKey: single(kmsKey, 'The KMS key that encrypts artifacts and templates (`--kms-key-id`), or the bucket.', {
      anchors: ['partition', 'region'],
      of: 'bucket',
    }),
    images: oneOf(
      ['none', 'given', 'companion'],
      'Functions that are images: given pushes them to repositories that are there (`--image-repository`), companion lets SAM make these in a companion stack (`--resolve-image-repos`).',
      { default: 'none' },
    ),
    repositories: list(ecrRepository, 'Repositories of the images.', {
      scoped: true,
      anchors: ['partition'],
      elsewhere: true,
    }),
    deleteStacks: toggle('Delete the stacks with their artifacts and images too (`sam delete`).'),
    deleteFailed: toggle(
      'Roll back a stack that failed, and delete one that never came to be (`--on-failure DELETE`).',
    ),
    sync: toggle('Development stacks: create and update them without change sets, as `sam sync` does.'),
    functions: list(
      lambdaFunction,
      'Functions whose code `sam sync` replaces past CloudFormation, by their names in Lambda, not their logical ids.',
      { scoped: true },
    ),
    publish: toggle(
      '`sam sync` publishes versions of the functions that it replaces, and moves their aliases (`AutoPublishAlias`).',
    ),
    syncImages: toggle(
      '`sam sync` pushes an image that alone has changed, and puts it into its function past CloudFormation: the job may then read the images too.',
    ),
    validateTemplates: toggle(
      'Validate templates that name managed policies which the SAM CLI does not know itself: `sam validate` then asks for all.',
    ),
    transforms: list(
      cloudFormationTransform,
      'Transforms of AWS that the templates name besides `Serverless-2016-10-31`, without `AWS::`.',
    ),
    parameters: list(ssmParameter, 'Parameters of Systems Manager whose values the templates take.', {
      elsewhere: true,
    }),
    stackTags: toggle('The stacks carry tags (`--tags`).'),
    scope,
    ...place,
  },
  refuse: [
    {
      path: 'stacks',
      if: matches('stacks', '^aws-sam-cli-managed-default$'),
      say: 'holds the stack of the bucket that SAM manages: leave it out, and set `resolveS3`',
    },
    {
      path: 'stacks',
      if: matches('stacks', '-[0-9a-f?]{8}-(CompanionStack|WebFunctionCode)$'),
      say: 'holds a stack that SAM makes beside another: name the other alone, and set `images` to `companion` where it has images',
    },
    {
      path: 'prefixes',
      if: all(any(given('bucket'), resolves), not(given('prefixes')), not(whole)),
      say: 'missing, and `wholeBucket` is not set',
    },
    { path: 'prefixes', if: all(given('prefixes'), whole), say: 'and `wholeBucket` exclude each other: leave one out' },
    {
      path: 'bucket',
      if: all(not(given('bucket')), not(resolves), any(given('prefixes'), whole, given('kmsKey'))),
      say: 'missing, and `resolveS3` is off: `prefixes`, `wholeBucket` and `kmsKey` are about one',
    },
    {
      path: 'kmsKey',
      if: all(given('kmsKey'), madeUp),
      say: 'is fenced to the objects of a bucket, and the name of the managed one is made up: give it as `bucket`, or leave the key out',
    },
    {
      path: 'bucket',
      if: all(given('bucket'), makesBucket),
      say: 'and `resolveS3` `create` exclude each other, since the name of the bucket is not known before: leave one out',
    },
    {
      path: 'bucket',
      if: all(companion, not(given('bucket')), not(resolves)),
      say: 'missing, and so is `resolveS3`: SAM uploads the template of the companion stack',
    },
    {
      path: 'repositories',
      if: all(pushes, not(given('repositories'))),
      say: 'missing: name the repositories of the images, also those of the companion stack',
    },
    {
      path: 'repositories',
      if: all(not(pushes), given('repositories'), not(accountWide)),
      say: 'without use: set `images` to `given` or `companion`, or leave them out',
    },
    {
      path: 'deleteStacks',
      if: all(any(is('deleteStacks', true), is('deleteFailed', true)), not(deploys)),
      say: 'and `deleteFailed` need `access` `deploy`: set it, or leave them out',
    },
    { path: 'sync', if: all(is('sync', true), not(deploys)), say: 'needs `access` `deploy`: set it, or leave it out' },
    {
      path: 'bucket',
      if: all(is('sync', true), not(given('bucket')), not(resolves)),
      say: 'missing, and `sam sync` takes the one that SAM manages where none is given: give it, or set `resolveS3`',
    },
    {
      path: 'sync',
      if: all(is('sync', true), companion),
      say: 'takes no `--resolve-image-repos`: set `images` to `given`',
    },
    {
      path: 'functions',
      if: all(given('functions'), not(is('sync', true)), not(accountWide)),
      say: 'without use: set `sync`, or leave them out',
    },
    {
      path: 'publish',
      if: all(is('publish', true), any(not(is('sync', true)), not(given('functions')))),
      say: 'is about the `functions` of `sync`: give both, or leave it out',
    },
    {
      path: 'syncImages',
      if: all(is('syncImages', true), any(not(is('sync', true)), all(not(given('functions')), not(accountWide)))),
      say: 'puts images into the `functions` of `sync`: give both, or leave it out',
    },
    {
      path: 'syncImages',
      if: all(is('syncImages', true), not(is('images', 'given'))),
      say: 'pushes images to `repositories` that are there: set `images` to `given`, or leave it out',
    },
  ],
  notes: [
    {
      if: not(given('serviceRole')),
      say: 'no `serviceRole`: CloudFormation makes the resources with the rights of the job, which then needs every permission that they need; none of these is given here, and the RoleArn of a request is not fenced, so that a stack with a role of its own goes on with that',
    },
    {
      if: given('serviceRole'),
      say: 'every deployment must name the role (`--role-arn`): without it the request is refused',
    },
    {
      if: all(given('serviceRole'), any(deletes, failed)),
      say: '`sam delete` and `--on-failure DELETE` name no role: CloudFormation deletes with the one that the stack has, so that a stack must have been deployed with `serviceRole`',
    },
    {
      if: accountWide,
      code: 'escalation',
      say: 'with `scope` account the job may give every stack of the account and region another template, and CloudFormation changes a stack with the role that it was last given, even for who may not pass that role; with `sync` it also puts its own code into every function: name the stacks and functions where others stand beside them',
    },
    {
      if: is('resolveS3', 'existing'),
      say: 'SAM takes every error of its question for the managed stack for a missing one: where it is not there, the refusal names CreateChangeSet; an administrator makes it once by `sam deploy --resolve-s3`, or `resolveS3` `create` allows it',
    },
    {
      if: makesBucket,
      say: 'the managed stack is made without a role, so that the job itself makes and configures its bucket: what CloudFormation asks for then is read from the template of the stack and the schemas of its resources, and was not tried in an account',
    },
    {
      if: madeUp,
      say: 'the name of the managed bucket is made up: `aws cloudformation describe-stacks --stack-name aws-sam-cli-managed-default` shows it, and `bucket` narrows the policy to it',
    },
    {
      if: companion,
      say: 'the repositories of a companion stack are named STACKHASH/FUNCTIONHASHrepo, both names in lower case with letters and digits alone, and HASH the first 8 characters of the MD5 of the name as it is (`printf my-stack | md5sum`); `sam deploy` shows them',
    },
    {
      if: companion,
      say: 'the companion stack is made without a role, so that the job itself makes its repositories: what CloudFormation asks for then is read from the template of the stack and the schema of a repository, and was not tried in an account',
    },
    {
      if: is('images', 'given'),
      say: 'where a repository is in another account than the job, its policy must allow the job too; Lambda itself must be let in by the policy of the repository',
    },
    {
      if: syncs,
      say: '`sam sync` is for development stacks: it leaves them drifted, and in a CI job it asks whether it may, which `yes |` before it answers',
    },
    {
      if: all(syncs, not(given('functions'))),
      say: '`sam sync` updates the whole stack here: without `functions`, code that alone has changed is refused',
    },
    {
      if: any(syncs, companion),
      say: 'whether CreateStack and UpdateStack ask for the transforms too is not known: they are given for change sets alone',
    },
    {
      if: all(syncs, pushes, not(is('syncImages', true))),
      say: '`sam sync` updates a function that is an image with its stack here: where its image alone has changed, Lambda also asks for ecr:GetDownloadUrlForLayer, which `syncImages` gives',
    },
    {
      if: syncsImages,
      say: 'Lambda itself must be let in by the policy of the repository: what it needs to change one that lacks this (ecr:GetRepositoryPolicy, ecr:SetRepositoryPolicy) is not given',
    },
    {
      if: given('kmsKey'),
      say: 'the policy of the KMS key must allow the job too, by name or through the account',
    },
    {
      if: is('stackTags', true),
      say: 'whether AWS asks the caller for cloudformation:TagResource where a stack gets tags is not known: it is given, and was not tried in an account',
    },
    {
      say: 'whether AWS asks the caller for anything where `--notification-arns` names topics is not known: nothing is given for it',
    },
    {
      say: 'what AWS asks the caller for nested applications without a service role, and for macros of an account, is not known in full, and is not given',
    },
    {
      say: 'the pipeline execution role that `sam pipeline bootstrap` makes does this job: `serviceRole` is its CloudFormation execution role, `bucket` its artifacts bucket, and `repositories` its image repository',
    },
  ],
  widenings: [
    'No condition tells what a template may hold: who may deploy a stack makes anything that the service role may make.',
    'ExecuteChangeSet has no condition for the role: it executes every change set of the stack, also one that somebody else made with another role.',
    '`deleteStacks` and `deleteFailed` are not fenced by the role: SAM names none, and CloudFormation takes the one that the stack has.',
    'Names of companion stacks end with the MD5 of the stack, of which a policy can only say how long it is: any eight characters stand there.',
    'With `resolveS3` `create` the job also reads and replaces the policy of the managed bucket, and replaces its settings.',
    'Where `bucket` is not given, the managed bucket is any of the account whose name begins as SAM names it, and the prefixes may stand anywhere in its keys.',
    'ListPolicies and GetAuthorizationToken have no resource type: `validateTemplates` shows the policies of the account, and what a registry token may do is decided by the other statements.',
  ],
  escalation:
    'Who has these credentials makes, changes and, with `deleteStacks`, deletes whatever the service role may, through a template of their own, and puts code into the functions of these stacks: the rights of that role are what limits them. They reach no other stack and hand CloudFormation no other role, but a stack that was deployed with another role keeps it where no `serviceRole` is given.',
  vendors,
  statements: [
    {
      sid: 'WatchStacks',
      actions: {
        'cloudformation:DescribeStacks': 'see whether the stack is there, wait for it, and show its outputs',
        'cloudformation:GetTemplateSummary': 'see which parameters the stack has before it is updated',
        'cloudformation:DescribeChangeSet': 'wait for a change set, and show it',
        'cloudformation:ExecuteChangeSet': when(deploys, 'carry the change set out'),
        'cloudformation:DescribeStackEvents': when(deploys, 'show what goes on; SAM fails before it deploys without'),
        'cloudformation:GetTemplate': when(
          any(deletes, syncs),
          'find the artifacts that are deleted, and see whether more than code has changed',
        ),
        'cloudformation:ListStackResources': when(syncs, 'find the functions whose code is replaced'),
        'cloudformation:TagResource': when(is('stackTags', true), 'give a stack its tags'),
      },
      resources: [arn('stacks')],
      evidence: [
        reference('cloudformation'),
        deployer,
        deleter,
        infraSync,
        vendor(
          'managed policy AWSElasticBeanstalkRoleCore, for tags',
          'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSElasticBeanstalkRoleCore.html',
        ),
      ],
    },
    {
      sid: 'ChangeStacks',
      actions: {
        'cloudformation:CreateChangeSet': 'say what is to be changed',
        'cloudformation:CreateStack': when(syncs, 'create a development stack'),
        'cloudformation:UpdateStack': when(syncs, 'update a development stack'),
      },
      resources: [arn('stacks')],
      conditions: [withServiceRole],
      evidence: [reference('cloudformation'), deployer, serviceRoles],
    },
    {
      sid: 'DeleteStacks',
      when: any(deletes, failed),
      actions: {
        'cloudformation:DeleteStack': 'delete a stack',
        'cloudformation:RollbackStack': when(failed, 'bring a stack back whose update failed'),
      },
      resources: [arn('stacks')],
      evidence: [reference('cloudformation'), deleter, rollback],
    },
    {
      sid: 'PassServiceRole',
      actions: { 'iam:PassRole': 'hand the service role to CloudFormation' },
      resources: [arn('serviceRole')],
      conditions: [onlyPassedTo('cloudformation.amazonaws.com', 'CloudFormation')],
      evidence: [reference('iam'), serviceRoles],
    },
    {
      sid: 'UseTransforms',
      actions: {
        'cloudformation:CreateChangeSet': 'deploy a template that names the transform',
      },
      resources: [
        template`arn:${partition}:cloudformation:${region}:aws:transform/Serverless-2016-10-31`,
        template`arn:${partition}:cloudformation:${region}:aws:transform/${text('transforms')}`,
      ],
      evidence: [
        reference('cloudformation'),
        access,
        vendor('refusal that names the transform', 'https://github.com/aws/serverless-application-model/issues/179'),
      ],
    },
    {
      sid: 'ManagedStack',
      when: resolves,
      actions: {
        'cloudformation:DescribeStacks': 'find the bucket that SAM manages',
        'cloudformation:CreateChangeSet': when(makesBucket, 'make the managed stack where it is missing'),
        'cloudformation:DescribeChangeSet': when(makesBucket, 'wait for the change set of the managed stack'),
        'cloudformation:ExecuteChangeSet': when(makesBucket, 'carry out the change set of the managed stack'),
        'cloudformation:TagResource': when(makesBucket, 'give the stack the tag by which SAM knows it'),
      },
      resources: [managedStack],
      evidence: [reference('cloudformation'), managed],
    },
    {
      sid: 'MakeManagedBucket',
      when: makesBucket,
      actions: {
        's3:CreateBucket': 'CloudFormation makes the bucket with the rights of the caller',
        's3:PutBucketTagging': 'tag the managed bucket',
        's3:PutBucketVersioning': 'keep the versions of the objects in the managed bucket',
        's3:PutBucketPublicAccessBlock': 'keep the managed bucket from being public',
        's3:PutEncryptionConfiguration': 'encrypt the managed bucket',
        's3:GetBucketPolicy': 'CloudFormation reads the policy of a bucket before it writes one',
        's3:PutBucketPolicy':
          'let the Serverless Application Repository read the managed bucket, and nobody without TLS',
      },
      resources: [managedBucket],
      evidence: [
        reference('s3'),
        bootstrapTemplate,
        schema('AWS::S3::Bucket'),
        schema('AWS::S3::BucketPolicy'),
        handlers('157c65b4', 'aws-s3-bucketpolicy'),
      ],
    },
    {
      sid: 'Artifacts',
      actions: artifactActions,
      resources: artifacts,
      evidence: [reference('s3'), uploader, readsForCaller],
    },
    {
      sid: 'ManagedArtifacts',
      when: madeUp,
      actions: artifactActions,
      resources: managedArtifacts,
      conditions: [inOwnAccount],
      evidence: [reference('s3'), uploader, bootstrapTemplate, readsForCaller],
    },
    {
      sid: 'ListArtifacts',
      when: all(deletes, given('prefixes')),
      actions: { 's3:ListBucket': 'find the artifacts that are deleted' },
      resources: [arn('bucket'), when(madeUp, managedBucket)],
      conditions: [listing],
      evidence: [reference('s3'), sam('lib/package/s3_uploader.py', 'delete_prefix_artifacts')],
    },
    {
      sid: 'ArtifactsKey',
      actions: {
        'kms:GenerateDataKey': 'upload encrypted artifacts',
        'kms:Decrypt': 'read an encrypted template, and upload what is large in parts',
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjectsUnder(artifacts),
      evidence: [
        reference('kms'),
        uploader,
        readsForCaller,
        vendor(
          'S3 user guide, SSE-KMS',
          'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
        ),
      ],
    },
    {
      sid: 'FindCompanionStacks',
      when: any(companion, deletes),
      actions: { 'cloudformation:DescribeStacks': 'see whether the stack has a companion, and wait for it' },
      resources: [companionStacks, when(deletes, webFunctionStacks)],
      evidence: [reference('cloudformation'), companions, deleter, webFunctions],
    },
    {
      sid: 'ChangeCompanionStacks',
      when: companion,
      actions: {
        'cloudformation:CreateStack': 'make the companion stack',
        'cloudformation:UpdateStack': 'give the companion stack the repositories of new functions',
        'cloudformation:ListStackResources': 'find repositories of functions that are gone',
        'cloudformation:DeleteStack': 'delete the companion stack where no function is an image any more',
        'cloudformation:GetTemplate': when(deletes, 'find the repositories that are deleted'),
      },
      resources: [companionStacks],
      evidence: [reference('cloudformation'), companions, deleter],
    },
    {
      sid: 'MakeRepositories',
      when: companion,
      actions: {
        'ecr:CreateRepository': 'CloudFormation makes the repository with the rights of the caller',
        'ecr:TagResource': 'tag the repository',
        'ecr:SetRepositoryPolicy': 'let Lambda read the images',
        'ecr:DeleteRepository': 'delete the repository of a function that is gone, with its images',
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        companions,
        companionTemplate,
        schema('AWS::ECR::Repository'),
        handlers('00f8ac71', 'aws-ecr-repository'),
      ],
    },
    {
      sid: 'LogIn',
      when: pushes,
      actions: { 'ecr:GetAuthorizationToken': 'trade AWS credentials for a registry password' },
      resources: unscoped('the action has no resource type; what the token may do is decided by the other statements'),
      evidence: [reference('ecr'), images],
    },
    {
      sid: 'PushImages',
      when: pushes,
      actions: {
        'ecr:BatchCheckLayerAvailability': 'ask which layers the registry has already',
        'ecr:InitiateLayerUpload': 'start uploading a layer that the registry lacks',
        'ecr:UploadLayerPart': 'send the content of a layer',
        'ecr:CompleteLayerUpload': 'finish a layer and have its digest checked',
        'ecr:PutImage': 'write the manifest and its tag',
        'ecr:BatchGetImage': 'Docker 29 asks for the manifest first and stops when refused',
        'ecr:GetDownloadUrlForLayer': when(
          syncsImages,
          'Lambda reads the layers of the image that it is given with the rights of the caller',
        ),
        'ecr:BatchDeleteImage': when(deletes, 'delete the images of a stack that is deleted'),
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        images,
        source('moby/moby', 'b985e231', 'daemon/internal/distribution/push_v2.go'),
        source('containerd/containerd', '301026e5', 'core/remotes/docker/pusher.go', 'push'),
        imageSync,
        lambdaReadsImages,
      ],
    },
    {
      sid: 'SyncFunctions',
      when: syncs,
      actions: {
        'lambda:UpdateFunctionCode': 'put the new code into the function',
        'lambda:GetFunction': 'compare the code, and wait until it is there',
        'lambda:GetFunctionConfiguration': 'wait until the update is done',
        'lambda:PublishVersion': when(publishes, 'make a version of the new code'),
        'lambda:UpdateAlias': when(publishes, 'point the alias to the new version'),
      },
      resources: [arn('functions')],
      evidence: [reference('lambda'), functionSync, imageSync, sam('lib/sync/flows/alias_version_sync_flow.py')],
    },
    {
      sid: 'ReadParameters',
      actions: { 'ssm:GetParameters': 'CloudFormation reads the values with the rights of the caller' },
      resources: [arn('parameters')],
      evidence: [reference('ssm'), readsForCaller],
    },
    {
      sid: 'ValidateTemplates',
      when: is('validateTemplates', true),
      actions: { 'iam:ListPolicies': 'find the ARNs of the managed policies that a template names' },
      resources: unscoped('the action has no resource type'),
      evidence: [
        reference('iam'),
        sam('commands/validate/validate.py', 'do_cli'),
        source('aws/serverless-application-model', 'v1.115.0', 'samtranslator/translator/managed_policy_translator.py'),
      ],
    },
  ],
});
