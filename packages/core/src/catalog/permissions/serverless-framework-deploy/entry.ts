import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, matches, not, several, when } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template, text, type Template } from '../../../use-case/template.js';
import { defineUseCase, unscoped, type ConditionTemplate } from '../../../use-case/use-case.js';
import { onlyEncryptedFor, onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import { inOwnAccount } from '../../conditions/resource-account.js';
import { cloudformationStack, cloudFormationTransform } from '../../resources/cloudformation.js';
import { ecrRepository } from '../../resources/ecr.js';
import { iamRole } from '../../resources/iam.js';
import { kmsKey } from '../../resources/kms.js';
import { lambdaFunction, lambdaLayer } from '../../resources/lambda.js';
import { s3Bucket, s3Object } from '../../resources/s3.js';
import { serverlessPrefix, serverlessService, serverlessStage } from '../../resources/serverless.js';
import { ssmParameter } from '../../resources/ssm.js';
import { vendors } from './vendor.js';

const reads = is('access', 'read');
const deploys = is('access', 'deploy');
const direct = is('method', 'direct');
const bySets = all(deploys, not(direct));
const removes = all(deploys, is('remove', true));
const named = given('stackName');
const hasBucket = given('bucket');
const ownBucket = not(hasBucket);
const versioned = all(removes, is('versionedBucket', true));
const swaps = all(deploys, is('deployFunctions', true));
const restores = all(deploys, is('rollbackFunctions', true));
const skips = all(deploys, is('skipUnchanged', true));
const lists = is('listFunctions', true);
const builds = all(deploys, is('buildImages', true));
const ownRepository = not(given('ownRepositories'));
const looksAtFunctions = any(swaps, skips, lists, all(restores, not(given('functions'))));

const stacks = [
  when(
    not(named),
    template`arn:${partition}:cloudformation:${region}:${account}:stack/${text('service')}-${text('stages')}/*`,
  ),
  arn('stackName'),
];

const functions = [
  when(
    not(given('functions')),
    template`arn:${partition}:lambda:${region}:${account}:function:${text('service')}-${text('stages')}-*`,
  ),
  arn('functions'),
];

/** Serverless writes the name in lower case and without double hyphens. */
const repositories = [
  when(
    ownRepository,
    template`arn:${partition}:ecr:${region}:${account}:repository/serverless-${text('service')}-${text('stages')}`,
  ),
  arn('ownRepositories'),
];

/** The bucket that a stack makes has a name that CloudFormation makes up, and may cut at its logical id. */
const isMade = not(given('ownBuckets'));
/** Where SERVICE-STAGE has more than 24 characters: some 24 of them are of the service and of the stage. */
const longNames = Array.from({ length: 23 }, (_, index) => {
  const [service, stage] = [index + 1, 23 - index];
  return all(matches('service', `^[A-Za-z0-9-]{${service}}`), matches('stages', `^[A-Za-z0-9-]{${stage}}`));
});
const madeFor = (names: Template) => template`arn:${partition}:s3:::${names}-serverlessdeploymentbuck*`;
const madeForStage = madeFor(template`${text('service')}-${text('stages')}`);
const madeForStack = madeFor(template`${text('stackName')}`);
const below = template`${text('deploymentPrefix')}/${text('service')}/${text('stages')}`;
const artifacts = template`${arn('bucket')}/${below}/*`;

const withServiceRole: ConditionTemplate = {
  operator: 'ArnEquals',
  key: 'cloudformation:RoleArn',
  values: [arn('serviceRole')],
  when: given('serviceRole'),
  reason: 'only with this role: with none, a stack goes on with the role that it was given last',
};

const v3 = (file: string, where?: string) =>
  source('serverless/serverless', 'v3.40.0', `lib/plugins/aws/${file}`, where);
const variables = (file: string) =>
  source('serverless/serverless', 'v3.40.0', `lib/configuration/variables/sources/instance-dependent/${file}`);
const creating = v3('deploy/lib/create-stack.js');
const updating = v3('lib/update-stack.js');
const monitoring = v3('lib/monitor-stack.js', 'checkStackProgress');
const naming = v3('provider.js', 'getServerlessDeploymentBucketName');
const uploading = v3('deploy/lib/upload-artifacts.js');
const cleaning = v3('deploy/lib/cleanup-s3-bucket.js');
const comparing = v3('deploy/lib/check-for-changes.js');
const emptying = v3('remove/lib/bucket.js');
const building = v3('provider.js', 'resolveImageUriAndShaFromPath');
const replacing = v3('deploy-function.js');
const guide = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const serviceRoles = vendor('CloudFormation user guide, service roles', `${guide}/using-iam-servicerole.html`);
const access = vendor('CloudFormation user guide, access control', `${guide}/control-access-with-iam.html`);
const bootstrap = source('aws/aws-cdk-cli', '7ff50e77f', 'packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');
const cut = vendor('issue with a name that CloudFormation cut', 'https://github.com/serverless/serverless/issues/2791');
const imagesOfFunctions = vendor(
  'Lambda developer guide, ECR permissions',
  'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
);
const sseKms = vendor(
  'S3 user guide, SSE-KMS',
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
);

export const serverlessFrameworkDeploy = defineUseCase({
  id: 'serverless-framework-deploy',
  title: 'Deploy with the Serverless Framework',
  summary:
    'Runs `serverless deploy`, `info`, `rollback` or `remove` on the stack, the bucket and the functions of a service.',
  excludes:
    'Does not allow what the resources of the service need without a service role, and none of what plugins call by themselves, `invoke`, `logs` and `metrics` need, nor for settings that Serverless writes past CloudFormation: the stage of an API Gateway, API keys, subscription filters.',
  options: {
    service: single(serverlessService, 'The service the job deploys, as `service:` in serverless.yml names it.', {
      required: true,
    }),
    stages: list(serverlessStage, 'Stages the service is deployed to (`--stage`).', { required: true, scoped: true }),
    stackName: single(
      cloudformationStack,
      'The stack of the one stage, where `provider.stackName` gives another name than SERVICE-STAGE.',
    ),
    access: oneOf(['deploy', 'read'], 'What the job does: read is `serverless info` and `deploy list`.', {
      default: 'deploy',
    }),
    method: oneOf(
      ['change-set', 'direct'],
      'How a stack is changed (`provider.deploymentMethod`): by a change set, or by CreateStack and UpdateStack.',
      { default: 'change-set' },
    ),
    serviceRole: single(
      iamRole,
      'The role with which CloudFormation makes the resources (`provider.iam.deploymentRole`, once `cfnRole`).',
    ),
    remove: toggle('Remove services too: delete the stack and what lies in its bucket.'),
    bucket: single(s3Bucket, 'The bucket of `provider.deploymentBucket`, instead of one that the stack makes.'),
    ownBuckets: list(
      s3Bucket,
      'The buckets that the stacks have made, once their names are known, instead of a pattern for them.',
    ),
    deploymentPrefix: single(serverlessPrefix, 'What the keys begin with (`provider.deploymentPrefix`).', {
      default: 'serverless',
    }),
    versionedBucket: toggle(
      'The bucket keeps versions (`deploymentBucket.versioning`), which `serverless remove` deletes too.',
    ),
    kmsKey: single(kmsKey, 'The KMS key that encrypts the bucket.', { anchors: ['partition', 'region'], of: 'bucket' }),
    skipUnchanged: toggle(
      'Skip a deployment where nothing has changed, for which Serverless reads the functions with their code and environment.',
    ),
    deployFunctions: toggle('Replace functions past CloudFormation with `deploy function`.'),
    rollbackFunctions: toggle('Put an earlier version of a function back with `rollback function`.'),
    listFunctions: toggle('List versions of functions with `deploy list functions`.'),
    functions: list(
      lambdaFunction,
      'The functions that are meant, by name, instead of all that begin with SERVICE-STAGE-.',
    ),
    layers: list(lambdaLayer, 'Layers that `deploy function` gives to functions, without their version.', {
      anchors: ['partition'],
      elsewhere: true,
    }),
    buildImages: toggle(
      'Build images of functions (`provider.ecr.images` with `path`) and push them to the repository serverless-SERVICE-STAGE, which Serverless makes.',
    ),
    ownRepositories: list(ecrRepository, 'The repositories that Serverless makes, where their names do not follow.'),
    imageRepositories: list(
      ecrRepository,
      'Repositories of images that functions name by an address with a tag, whose digest Serverless looks up.',
      { anchors: ['partition'], elsewhere: true },
    ),
    stackPolicy: toggle('The service has a stack policy (`provider.stackPolicy`).'),
    stackTags: toggle('Give the right to tag stacks, which Serverless does with STAGE and `provider.stackTags`.'),
    transforms: list(cloudFormationTransform, 'Transforms of AWS in `resources`, without `AWS::`.'),
    parameters: list(ssmParameter, 'Parameters that variables read: `${ssm:/app/token}`.', { elsewhere: true }),
    parameterKeys: list(kmsKey, 'KMS keys of your own that encrypt the parameters.', {
      anchors: ['partition'],
      elsewhere: true,
    }),
    outputStacks: list(cloudformationStack, 'Stacks whose outputs variables read: `${cf:network.SubnetId}`.', {
      elsewhere: true,
    }),
    variableObjects: list(s3Object, 'Objects that variables read: `${s3:my-bucket/config.json}`.', {
      anchors: ['partition'],
      elsewhere: true,
    }),
    scope,
    ...place,
  },
  refuse: [
    {
      path: 'stackName',
      if: all(named, any(several('stages'), is('scope', 'pattern', 'account'))),
      say: 'is the name of one stack, and there are several stages: leave it out, or name one stage',
    },
    { path: 'remove', if: all(is('remove', true), reads), say: 'needs `access` `deploy`: set it, or leave it out' },
    {
      path: 'serviceRole',
      if: all(reads, given('serviceRole')),
      say: 'without use where nothing is deployed: leave it out',
    },
    {
      path: 'deployFunctions',
      if: all(reads, any(is('deployFunctions', true), is('rollbackFunctions', true), is('skipUnchanged', true))),
      say: 'and `rollbackFunctions` and `skipUnchanged` need `access` `deploy`: set it, or leave them out',
    },
    {
      path: 'stackPolicy',
      if: all(reads, any(is('stackPolicy', true), is('stackTags', true), given('transforms'), given('kmsKey'))),
      say: 'and `stackTags`, `transforms` and `kmsKey` are without use where nothing is deployed: leave them out',
    },
    {
      path: 'ownBuckets',
      if: all(given('ownBuckets'), hasBucket),
      say: 'and `bucket` exclude each other: leave one out',
    },
    {
      path: 'ownBuckets',
      if: all(
        ownBucket,
        isMade,
        any(
          matches('stackName', '^[A-Za-z0-9-]*[A-Z]'),
          all(not(named), any(matches('service', '^[A-Za-z0-9-]*[A-Z]'), matches('stages', '^[A-Za-z0-9-]*[A-Z]'))),
        ),
      ),
      say: 'missing: the name of a bucket has no capital letters, so that of the one that the stack makes does not follow from these; name it, or give `bucket`',
    },
    {
      path: 'ownBuckets',
      if: all(ownBucket, isMade, any(matches('stackName', '^[A-Za-z0-9-]{25}'), all(not(named), any(...longNames)))),
      say: 'missing: CloudFormation cuts the name of a stack of more than 24 characters in the name of its bucket, which so does not follow from these; name it, or give `bucket`',
    },
    {
      path: 'layers',
      if: all(given('layers'), not(swaps)),
      say: 'without use: CloudFormation gives layers to functions, unless `deployFunctions` is set',
    },
    {
      path: 'buildImages',
      if: all(reads, any(is('buildImages', true), given('imageRepositories'))),
      say: 'and `imageRepositories` need `access` `deploy`: set it, or leave them out',
    },
    {
      path: 'ownRepositories',
      if: all(given('ownRepositories'), not(is('buildImages', true))),
      say: 'without use: set `buildImages`, or leave them out',
    },
    {
      path: 'ownRepositories',
      if: all(
        is('buildImages', true),
        ownRepository,
        any(matches('service', '[A-Z]|--|-$'), matches('stages', '[A-Z]|--|^-|-$')),
      ),
      say: 'missing: Serverless writes the name of its repository in lower case, and without double hyphens or one at its end; name it',
    },
    {
      path: 'versionedBucket',
      if: all(is('versionedBucket', true), not(removes)),
      say: 'needs `remove`: versions are deleted nowhere else, so set it, or leave this out',
    },
    {
      path: 'functions',
      if: all(given('functions'), not(any(looksAtFunctions, restores))),
      say: 'without use: set `skipUnchanged`, `deployFunctions`, `rollbackFunctions` or `listFunctions`, or leave them out',
    },
    {
      path: 'parameterKeys',
      if: all(given('parameterKeys'), not(given('parameters'))),
      say: 'without use: name the `parameters` that they encrypt, or leave them out',
    },
  ],
  notes: [
    {
      if: all(deploys, not(given('serviceRole'))),
      say: 'no `serviceRole`: CloudFormation makes the resources with the rights of the job, which then needs every permission that they need; of any service these are what creates, changes and deletes its Lambda functions and their versions, their log groups, the role SERVICE-STAGE-REGION-lambdaRole with its policies and the right to pass it, and the deployment bucket with its encryption and policy; none of these is given here, and the RoleArn of a request is not fenced, so that a stack with a role of its own goes on with that',
    },
    {
      if: given('serviceRole'),
      say: 'serverless.yml must name the role in `provider.iam.deploymentRole` for every command that changes the stack: without it the request is refused; the role itself needs what the resources need, and reads the packages in the bucket',
    },
    {
      if: all(deploys, not(is('skipUnchanged', true))),
      say: 'Serverless warns that it may not call lambda:GetFunction, and deploys even where nothing has changed: `skipUnchanged` lets it look',
    },
    {
      if: all(ownBucket, isMade),
      say: 'the bucket that a stack makes is found by the beginning of its name, in lower case; CloudFormation cuts the name of the stack to 24 characters there, so that where SERVICE-STAGE is longer, `ownBuckets` or `bucket` has to name it',
    },
    {
      if: deploys,
      say: 'whether AWS asks the caller for cloudformation:TagResource where a stack gets tags, which Serverless gives every one, is not known: `stackTags` gives it, and was not tried in an account',
    },
    {
      if: all(direct, is('stackPolicy', true)),
      say: 'the stack policy goes with UpdateStack: whether AWS asks for cloudformation:SetStackPolicy too is not known, and it is given for change sets alone',
    },
    {
      if: all(direct, given('transforms')),
      say: 'whether CreateStack and UpdateStack ask for the transform too is not known: it is given for change sets alone',
    },
    {
      if: swaps,
      say: '`deploy function` leaves the stack drifted; where it changes the execution role or the network of a function it needs more, which is not given: deploy the service',
    },
    {
      if: given('layers'),
      say: 'a layer of another account must let this account in by its own policy',
    },
    {
      if: any(builds, given('imageRepositories')),
      say: 'Lambda must be let in by the policy of the repository, or who makes the function must be allowed to read and set that policy: with `serviceRole` that is the role, and nothing is given for it here',
    },
    {
      if: all(removes, not(is('buildImages', true))),
      say: 'Serverless asks for its repository before it removes a service, takes a refusal for none, and leaves a repository where there is one: `buildImages` lets it look and delete it',
    },
    {
      if: all(restores, given('functions')),
      say: 'an earlier version of a function is read by an ARN of its own, with the number at its end, which the reference does not list for lambda:GetFunction',
      code: 'resource-mismatch',
    },
    { if: given('kmsKey'), say: 'the policy of the KMS key must allow the job too, by name or through the account' },
    {
      if: given('parameters'),
      say: 'a parameter that the key aws/ssm encrypts needs no permission for the key; one of your own keys is named in `parameterKeys`',
    },
    {
      say: 'this is what version 3 calls; version 4 deploys directly unless told otherwise, asks a service of its own outside AWS for a licence, and keeps the packages of new services in a bucket of the region that it finds through the parameter /serverless-framework/deployment/s3-bucket: name that bucket as `bucket` and in `provider.deploymentBucket`, and set `method` to `direct`',
    },
  ],
  widenings: [
    'No condition tells what a template may hold: who may deploy a service makes anything that the service role may make.',
    'ExecuteChangeSet has no condition for the role: it executes every change set of the stack, also one that somebody else made with another role.',
    'ValidateTemplate has no resource type: any template may be checked.',
    'Serverless lists old packages by `serverless/SERVICE/STAGE` without a slash at its end, so that the names of keys of stages that begin alike are seen too, though not what they hold.',
    'Functions are named by the beginning SERVICE-STAGE- unless `functions` names them: where a service is called `app-dev`, its functions begin like those of the stage `dev` of `app`.',
    'GetAuthorizationToken has no resource type: what the token may do is decided by the other statements.',
    'With `bucket` and `remove`, HeadBucket is s3:ListBucket, which shows the names of all keys in the bucket.',
    'No condition holds the account of `bucket`, nor of the buckets of `variableObjects`: should one be deleted, a bucket of the same name in another account is used instead, also for templates and packages.',
  ],
  escalation:
    'Who has these credentials makes, changes and, with `remove`, deletes whatever the service role may, through a template of their own, and runs any code in the functions of the service with the rights of their execution roles. They reach no other stack and hand CloudFormation no other role, but a stack that was deployed with another role keeps it where no `serviceRole` is given.',
  vendors,
  statements: [
    {
      sid: 'WatchStacks',
      actions: {
        'cloudformation:DescribeStacks': 'see whether the stack is there, and what it gives out',
        'cloudformation:ListStackResources': 'count the resources of the stack',
        'cloudformation:DescribeStackResource': when(ownBucket, 'find the bucket that the stack has made'),
        'cloudformation:DescribeStackEvents': when(deploys, 'follow what CloudFormation does, to its end'),
        'cloudformation:DescribeChangeSet': when(bySets, 'wait for a change set, and see whether it changes anything'),
        'cloudformation:ExecuteChangeSet': when(bySets, 'carry the change set out'),
        'cloudformation:DeleteChangeSet': when(bySets, 'delete the change set of the last deployment, or an empty one'),
        'cloudformation:SetStackPolicy': when(all(bySets, is('stackPolicy', true)), 'set the policy of the stack'),
        'cloudformation:TagResource': when(is('stackTags', true), 'give the stack its tags'),
      },
      resources: stacks,
      evidence: [
        reference('cloudformation'),
        creating,
        updating,
        monitoring,
        naming,
        v3('info/get-resource-count.js'),
        vendor(
          'managed policy AWSElasticBeanstalkRoleCore, for tags',
          'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSElasticBeanstalkRoleCore.html',
        ),
      ],
    },
    {
      sid: 'ChangeStacks',
      actions: {
        'cloudformation:CreateChangeSet': when(bySets, 'say what is to be changed'),
        'cloudformation:CreateStack': when(all(deploys, direct), 'create the stack'),
        'cloudformation:UpdateStack': when(all(deploys, direct), 'update the stack'),
        'cloudformation:DeleteStack': when(removes, 'remove the service'),
      },
      resources: stacks,
      conditions: [withServiceRole],
      evidence: [reference('cloudformation'), creating, updating, v3('remove/lib/stack.js'), serviceRoles],
    },
    {
      sid: 'PassServiceRole',
      actions: { 'iam:PassRole': 'hand the service role to CloudFormation' },
      resources: [arn('serviceRole')],
      conditions: [onlyPassedTo('cloudformation.amazonaws.com', 'CloudFormation')],
      evidence: [reference('iam'), v3('lib/get-shared-stack-action-params.js'), serviceRoles],
    },
    {
      sid: 'UseTransforms',
      when: bySets,
      actions: { 'cloudformation:CreateChangeSet': 'deploy a template that names the transform' },
      resources: [template`arn:${partition}:cloudformation:${region}:aws:transform/${text('transforms')}`],
      evidence: [reference('cloudformation'), access],
    },
    {
      sid: 'ValidateTemplates',
      when: deploys,
      actions: { 'cloudformation:ValidateTemplate': 'validate the template before it is deployed' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('cloudformation'), v3('deploy/lib/validate-template.js')],
    },
    {
      sid: 'OwnBucket',
      when: ownBucket,
      actions: {
        's3:ListBucket': 'see whether the bucket is there, and what earlier deployments have left',
        's3:ListBucketVersions': when(versioned, 'find the versions of what is to be deleted'),
      },
      resources: [when(all(isMade, not(named)), madeForStage), when(isMade, madeForStack), arn('ownBuckets')],
      conditions: [inOwnAccount],
      evidence: [reference('s3'), naming, comparing, cleaning, emptying, v3('deploy-list.js'), cut],
    },
    {
      sid: 'OwnArtifacts',
      when: all(deploys, ownBucket),
      actions: {
        's3:PutObject': 'upload the template, the state and the packages',
        's3:GetObject':
          'CloudFormation reads the template with the rights of the caller; compare with the last deployment',
        's3:DeleteObject': 'delete packages of earlier deployments, of which five are kept',
        's3:DeleteObjectVersion': when(versioned, 'delete every version of packages of earlier deployments'),
      },
      resources: [
        when(all(isMade, not(named)), template`${madeForStage}/${below}/*`),
        when(isMade, template`${madeForStack}/${below}/*`),
        template`${arn('ownBuckets')}/${below}/*`,
      ],
      conditions: [inOwnAccount],
      evidence: [reference('s3'), uploading, comparing, cleaning, emptying, v3('rollback.js'), bootstrap],
    },
    {
      sid: 'FindBucket',
      when: deploys,
      actions: { 's3:GetBucketLocation': 'see whether the given bucket is there, and in the same region' },
      resources: [arn('bucket')],
      evidence: [reference('s3'), v3('deploy/lib/ensure-valid-bucket-exists.js')],
    },
    {
      sid: 'ListArtifacts',
      actions: {
        's3:ListBucket': 'see what earlier deployments have left',
        's3:ListBucketVersions': when(versioned, 'find the versions of what is to be deleted'),
      },
      resources: [arn('bucket')],
      conditions: [
        {
          operator: 'StringLike',
          key: 's3:prefix',
          values: [below, when(deploys, template`${below}/*`)],
          reason: 'only what begins like the keys of the service and its stage is listed',
        },
      ],
      evidence: [reference('s3'), comparing, cleaning, emptying, v3('deploy-list.js')],
    },
    {
      sid: 'LookForBucket',
      when: removes,
      actions: { 's3:ListBucket': 'see whether the given bucket is there before it is emptied' },
      resources: [arn('bucket')],
      conditions: [
        {
          operator: 'Null',
          key: 's3:prefix',
          values: ['true'],
          reason: 'HeadBucket has no prefix; a listing without one has none either',
        },
      ],
      evidence: [reference('s3'), v3('lib/check-if-bucket-exists.js')],
    },
    {
      sid: 'Artifacts',
      when: deploys,
      actions: {
        's3:PutObject': 'upload the template, the state and the packages',
        's3:GetObject':
          'CloudFormation reads the template with the rights of the caller; compare with the last deployment',
        's3:DeleteObject': 'delete packages of earlier deployments, of which five are kept',
        's3:DeleteObjectVersion': when(versioned, 'delete every version of packages of earlier deployments'),
      },
      resources: [artifacts],
      evidence: [reference('s3'), uploading, comparing, cleaning, emptying, v3('rollback.js'), bootstrap],
    },
    {
      sid: 'ArtifactsKey',
      actions: {
        'kms:GenerateDataKey': 'upload to the encrypted bucket',
        'kms:Decrypt': 'read what is encrypted, and upload it in parts',
      },
      resources: [arn('kmsKey')],
      // The pattern for a bucket whose name is made up covers what is in it.
      conditions: onlyObjectsUnder(
        [template`${arn('ownBuckets')}/${below}/*`, artifacts],
        [
          when(all(ownBucket, isMade, not(named)), madeForStage),
          when(all(ownBucket, isMade), madeForStack),
          arn('ownBuckets'),
          arn('bucket'),
        ],
      ),
      evidence: [
        reference('kms'),
        source('serverless/serverless', 'v3.40.0', 'lib/aws/set-s3-upload-encryption-options.js'),
        sseKms,
      ],
    },
    {
      sid: 'Functions',
      actions: {
        'lambda:GetFunction': when(looksAtFunctions, 'see when the function was changed, and whether a change is done'),
        'lambda:UpdateFunctionCode': when(any(swaps, restores), 'put other code into the function'),
        'lambda:UpdateFunctionConfiguration': when(swaps, 'change memory, environment, handler and the like'),
        'lambda:ListVersionsByFunction': when(lists, 'list the versions of the function'),
      },
      resources: functions,
      evidence: [
        reference('lambda'),
        comparing,
        v3('deploy-function.js'),
        v3('rollback-function.js'),
        v3('deploy-list.js', 'listFunctions'),
      ],
    },
    {
      sid: 'ReadVersions',
      when: restores,
      actions: { 'lambda:GetFunction': 'download the code of an earlier version' },
      resources: [template`${arn('functions')}:*`],
      evidence: [
        reference('lambda'),
        v3('rollback-function.js', 'getFunctionToBeRestored'),
        vendor(
          'Lambda developer guide, actions and their resources',
          'https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html',
        ),
      ],
    },
    {
      sid: 'ReadLayers',
      when: swaps,
      actions: { 'lambda:GetLayerVersion': 'give a function a layer' },
      resources: [template`${arn('layers')}:*`],
      evidence: [
        reference('lambda'),
        replacing,
        vendor(
          'Lambda developer guide, layers',
          'https://docs.aws.amazon.com/lambda/latest/dg/permissions-user-layer.html',
        ),
      ],
    },
    {
      sid: 'LogIn',
      when: builds,
      actions: { 'ecr:GetAuthorizationToken': 'trade AWS credentials for a registry password' },
      resources: unscoped('the action has no resource type; what the token may do is decided by the other statements'),
      evidence: [reference('ecr'), v3('provider.js', 'dockerLoginToEcr')],
    },
    {
      sid: 'BuiltImages',
      when: builds,
      actions: {
        'ecr:DescribeRepositories': 'see whether the repository is there',
        'ecr:CreateRepository': 'make the repository where it is missing',
        'ecr:DeleteRepository': when(removes, 'delete the repository with the service, and the images in it'),
        'ecr:BatchCheckLayerAvailability': 'ask which layers the registry has already',
        'ecr:InitiateLayerUpload': 'start uploading a layer that the registry lacks',
        'ecr:UploadLayerPart': 'send the content of a layer',
        'ecr:CompleteLayerUpload': 'finish a layer and have its digest checked',
        'ecr:PutImage': 'write the manifest and its tag',
        'ecr:BatchGetImage': 'Docker 29 asks for the manifest first and stops when refused',
        'ecr:GetDownloadUrlForLayer': when(swaps, 'Lambda reads the new image with the rights of the caller'),
      },
      resources: repositories,
      evidence: [
        reference('ecr'),
        building,
        v3('provider.js', 'getOrCreateEcrRepository'),
        v3('remove/lib/ecr.js'),
        v3('lib/naming.js', 'getEcrRepositoryName'),
        source('moby/moby', 'b985e231', 'daemon/internal/distribution/push_v2.go'),
        imagesOfFunctions,
      ],
    },
    {
      sid: 'NamedImages',
      when: deploys,
      actions: {
        'ecr:DescribeImages': 'find the digest of the image that a tag names',
        'ecr:BatchGetImage': when(swaps, 'Lambda reads the new image with the rights of the caller'),
        'ecr:GetDownloadUrlForLayer': when(
          swaps,
          'Lambda reads the layers of the new image with the rights of the caller',
        ),
      },
      resources: [arn('imageRepositories')],
      evidence: [reference('ecr'), v3('provider.js', 'resolveImageUriAndShaFromUri'), imagesOfFunctions],
    },
    {
      sid: 'ReadParameters',
      actions: { 'ssm:GetParameter': 'read the value of a variable' },
      resources: [arn('parameters')],
      evidence: [reference('ssm'), variables('get-ssm.js')],
    },
    {
      sid: 'ParameterKeys',
      actions: { 'kms:Decrypt': 'decrypt the values of SecureString parameters' },
      resources: [arn('parameterKeys')],
      conditions: onlyEncryptedFor('ssm', 'PARAMETER_ARN', 'these parameters', [arn('parameters')]),
      evidence: [
        reference('kms'),
        vendor(
          'KMS developer guide, Parameter Store',
          'https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html',
        ),
      ],
    },
    {
      sid: 'ReadOutputs',
      actions: { 'cloudformation:DescribeStacks': 'read an output of another stack' },
      resources: [arn('outputStacks')],
      evidence: [reference('cloudformation'), variables('get-cf.js')],
    },
    {
      sid: 'ReadVariableObjects',
      actions: { 's3:GetObject': 'read the value of a variable' },
      resources: [arn('variableObjects')],
      evidence: [reference('s3'), variables('get-s3.js')],
    },
  ],
});
