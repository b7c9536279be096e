import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template, text } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import { inOwnAccount } from '../../conditions/resource-account.js';
import { cdkQualifier } from '../../resources/cdk.js';
import { cloudformationStack } from '../../resources/cloudformation.js';
import { ecrRepository } from '../../resources/ecr.js';
import { iamRole } from '../../resources/iam.js';
import { kmsKey } from '../../resources/kms.js';
import { hostedZone } from '../../resources/route53.js';
import { s3Bucket } from '../../resources/s3.js';
import { ssmParameter } from '../../resources/ssm.js';
import { vendors } from './vendor.js';

const deploys = is('role', 'deploy');
const publishesFiles = is('role', 'file-publishing');
const publishesImages = is('role', 'image-publishing');
const looks = is('role', 'lookup');
const byChangeSet = is('method', 'change-set', 'both');
const directly = is('method', 'direct', 'both');

const where = template`${account}-${region}`;
const buckets = [
  when(not(given('bucket')), template`arn:${partition}:s3:::cdk-${text('qualifier')}-assets-${where}`),
  arn('bucket'),
];
const objects = [
  when(not(given('bucket')), template`arn:${partition}:s3:::cdk-${text('qualifier')}-assets-${where}/*`),
  template`${arn('bucket')}/*`,
];
const repositories = [
  when(
    not(given('repository')),
    template`arn:${partition}:ecr:${region}:${account}:repository/cdk-${text('qualifier')}-container-assets-${where}`,
  ),
  arn('repository'),
];

const toolkit = (file: string, where?: string) =>
  source('aws/aws-cdk-cli', '7ff50e7', `packages/@aws-cdk/toolkit-lib/lib/${file}`, where);
const deployment = toolkit('api/deployments/deploy-stack.ts');
const resources = toolkit('api/environment/environment-resources.ts');
const assets = (file: string) =>
  source('aws/aws-cdk-cli', '7ff50e7', `packages/@aws-cdk/cdk-assets-lib/lib/private/handlers/${file}`);
const provider = (file: string) => toolkit(`context-providers/${file}`);
const bootstrap = source('aws/aws-cdk-cli', '7ff50e7', 'packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');
const serviceRole = vendor(
  'CloudFormation user guide, service role',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html',
);
const encryption = vendor(
  'S3 user guide, SSE-KMS',
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
);

export const cdkBootstrapRoles = defineUseCase({
  id: 'cdk-bootstrap-roles',
  title: 'Roles of the CDK bootstrap stack',
  summary: 'What the deploy, file-publishing, image-publishing or lookup role of a bootstrap stack does for the CDK.',
  excludes:
    'Is no policy for the execution role, which makes the resources; and nothing for CodePipeline, imports, refactoring, drift and nested stacks.',
  options: {
    role: oneOf(
      ['deploy', 'file-publishing', 'image-publishing', 'lookup'],
      'Whose policy it is: each role of the bootstrap stack has one of its own.',
      { default: 'deploy' },
    ),
    qualifier: single(cdkQualifier, 'The qualifier of the bootstrap stack.', { default: 'hnb659fds' }),
    stacks: list(cloudformationStack, 'Stacks that are deployed, for the deploy and the lookup role.', {
      scoped: true,
    }),
    method: oneOf(
      ['change-set', 'direct', 'both'],
      'How the deploy role deploys: direct is `cdk deploy --method=direct`; `cdk diff` makes change sets too.',
      { default: 'change-set' },
    ),
    destroy: toggle('`cdk destroy`, and `cdk diff` and `cdk deploy` of stacks whose creation failed.'),
    rollback: toggle('`cdk rollback`, and `cdk deploy` of stacks that are left failed.'),
    terminationProtection: toggle('Switch the termination protection of stacks on and off as the app says.'),
    executionRole: single(iamRole, 'The execution role, where its name is not the usual one.'),
    bucket: single(s3Bucket, 'The bucket of the assets, where its name is not the usual one.'),
    repository: single(ecrRepository, 'The repository of the image assets, where its name is not the usual one.'),
    kmsKey: single(kmsKey, 'The KMS key of your own that encrypts the bucket.', {
      anchors: ['partition', 'region'],
      of: 'bucket',
    }),
    pushClient: oneOf(
      ['any', 'classic'],
      'What pushes images: any (buildx, containerd, Docker 29), or classic ones only (Docker up to 28, podman).',
      { default: 'any' },
    ),
    parameters: list(ssmParameter, 'Parameters that apps look up.'),
    lookUpKeys: toggle('Apps look up KMS keys by their aliases.'),
    lookUpNetworks: toggle('Apps look up VPCs, availability zones and security groups.'),
    lookUpImages: toggle('Apps look up machine images.'),
    lookUpHostedZones: toggle('Apps look up hosted zones.'),
    hostedZones: list(
      hostedZone,
      'Private hosted zones of domains that apps look up by a VPC: all that have the domain.',
    ),
    lookUpLoadBalancers: toggle('Apps look up load balancers.'),
    scope,
    ...place,
  },
  refuse: [
    {
      path: 'stacks',
      if: all(any(deploys, looks), not(given('stacks'))),
      say: 'missing: name the stacks, or set `scope` to account for all of them',
    },
  ],
  notes: [
    {
      if: deploys,
      say: 'of the bootstrap template this leaves out what CodePipeline needs of artifacts in other accounts, and reading what is not of these stacks: pipelines, `cdk import`, `cdk refactor` and nested stacks need more; the CDK asks besides whether the bootstrap stack still has the bucket, and goes on without an answer, since the condition on aws:ResourceAccount settles it',
    },
    {
      if: all(deploys, not(is('destroy', true))),
      say: 'a stack whose creation failed must be deleted before it is deployed again: with `destroy` off somebody else does that, and `cdk diff` of a new stack leaves an empty one in review',
    },
    {
      if: all(deploys, not(is('rollback', true))),
      say: 'a stack that was left failed by --no-rollback is not rolled back unless `rollback` is set',
    },
    {
      if: publishesFiles,
      say: 'of the bootstrap template this leaves out reading and deleting assets; what is left of an upload in parts that was given up, the bucket of the bootstrap template removes after a day',
    },
    {
      if: looks,
      say: 'of the bootstrap template this leaves out reading all the rest of the account: a lookup that is not named here fails, and so do those through Cloud Control',
    },
    {
      if: all(deploys, is('scope', 'account')),
      code: 'escalation',
      say: 'with scope account the deploy role may give every stack of the account and region another template, and CloudFormation changes a stack with the role that it was last given, even for who may not pass that role: name the stacks where others stand beside them',
    },
    {
      if: all(looks, is('lookUpHostedZones', true), not(given('hostedZones'))),
      say: 'no `hostedZones`: a lookup of a hosted zone that says a VPC reads the zones of its domain, and is refused',
    },
    {
      if: all(looks, is('lookUpHostedZones', true), given('hostedZones')),
      say: 'a lookup of a private hosted zone by its VPC reads every private zone of the domain, whichever VPC each has: where one of them is not among `hostedZones`, the lookup fails',
    },
    {
      if: all(looks, given('hostedZones'), not(is('lookUpHostedZones', true))),
      say: '`hostedZones` are found by their domain first, for which `lookUpHostedZones` is not set',
    },
    {
      if: given('kmsKey'),
      say: 'the policy of the KMS key must allow the role too, by name or through the account',
    },
    {
      say: 'who may assume these roles is said by their trust policies: those of the bootstrap template let in every principal of the account that may assume roles, which is closed by policies of those principals, or by --trust with accounts of one purpose',
    },
    {
      say: 'a bootstrap stack takes these policies only with a template of your own: `cdk bootstrap --show-template` prints the usual one, and `cdk bootstrap --template` takes yours',
    },
  ],
  widenings: [
    'The file-publishing role lists and overwrites every asset in the bucket: keys are hashes that nobody knows before, and a deployment trusts what is under them.',
    'The lookups of networks, machine images, keys, hosted zones and load balancers have no resource type: they read all of those in the account and region, hosted zones in the account.',
    'A stack that is named may be deployed with any template: only the role limits what is in it, which is the execution role, or one that the stack was given before.',
  ],
  escalation:
    'Who has the credentials of the deploy role gives the named stacks any template, and so does whatever the execution role may; who has those of a publishing role puts other content under keys and tags that the next deployment trusts, which comes to the same. Those of the lookup role read templates and what is looked up, and change nothing.',
  vendors,
  statements: [
    {
      sid: 'ReadBootstrapVersion',
      when: any(deploys, looks),
      actions: {
        'ssm:GetParameter': 'learn whether the bootstrap stack is new enough',
        'ssm:GetParameters': when(
          deploys,
          'let CloudFormation read the version for the rule in every template, which it does with the rights of who asks',
        ),
      },
      resources: [
        template`arn:${partition}:ssm:${region}:${account}:parameter/cdk-bootstrap/${text('qualifier')}/version`,
      ],
      evidence: [reference('ssm'), resources, bootstrap],
    },
    {
      sid: 'ReadStacks',
      when: any(deploys, looks),
      actions: {
        'cloudformation:DescribeStacks': 'look whether the stack is there, and wait until it is done',
        'cloudformation:GetTemplate': 'compare the template with the one that is deployed',
        'cloudformation:DescribeStackEvents': when(deploys, 'show what CloudFormation does, and what failed'),
      },
      resources: [arn('stacks')],
      evidence: [reference('cloudformation'), deployment, toolkit('api/deployments/cfn-api.ts')],
    },
    {
      sid: 'DeployStacks',
      when: deploys,
      actions: {
        'cloudformation:CreateChangeSet': when(byChangeSet, 'say what is to change'),
        'cloudformation:DescribeChangeSet': when(byChangeSet, 'wait for the change set, and show what is in it'),
        'cloudformation:ExecuteChangeSet': when(byChangeSet, 'deploy the change set'),
        'cloudformation:DeleteChangeSet': when(
          byChangeSet,
          'take away the change set before, and that of a comparison',
        ),
        'cloudformation:CreateStack': when(directly, 'make a stack without a change set'),
        'cloudformation:UpdateStack': when(directly, 'change a stack without a change set'),
        'cloudformation:DeleteStack': when(is('destroy', true), 'destroy a stack'),
        'cloudformation:RollbackStack': when(is('rollback', true), 'roll a failed stack back'),
        'cloudformation:ContinueUpdateRollback': when(is('rollback', true), 'go on where a rollback failed'),
        'cloudformation:UpdateTerminationProtection': when(
          is('terminationProtection', true),
          'switch termination protection on or off',
        ),
      },
      resources: [arn('stacks')],
      evidence: [reference('cloudformation'), deployment, toolkit('api/deployments/deployments.ts', 'rollbackStack')],
    },
    {
      sid: 'PassExecutionRole',
      when: deploys,
      actions: { 'iam:PassRole': 'hand the execution role to CloudFormation, which makes the resources with it' },
      resources: [
        when(
          not(given('executionRole')),
          template`arn:${partition}:iam::${account}:role/cdk-${text('qualifier')}-cfn-exec-role-${where}`,
        ),
        arn('executionRole'),
      ],
      conditions: [onlyPassedTo('cloudformation.amazonaws.com', 'CloudFormation')],
      evidence: [reference('iam'), deployment, serviceRole],
    },
    {
      sid: 'ReadTemplates',
      when: deploys,
      actions: { 's3:GetObject': 'let CloudFormation read the template, which it does with the rights of who asks' },
      resources: objects,
      conditions: [inOwnAccount],
      evidence: [reference('s3'), bootstrap],
    },
    {
      sid: 'TemplateKey',
      when: deploys,
      actions: { 'kms:Decrypt': 'read an encrypted template' },
      resources: [arn('kmsKey')],
      conditions: onlyObjectsUnder(objects, buckets),
      evidence: [reference('kms'), bootstrap, encryption],
    },
    {
      sid: 'FindAssets',
      when: publishesFiles,
      actions: {
        's3:GetBucketLocation': 'learn whether the bucket is there and may be used',
        's3:ListBucket': 'look whether an asset is there already',
        's3:GetEncryptionConfiguration': 'learn how the bucket encrypts, and ask for the same',
      },
      resources: buckets,
      conditions: [inOwnAccount],
      evidence: [reference('s3'), assets('files.ts'), bootstrap],
    },
    {
      sid: 'WriteAssets',
      when: publishesFiles,
      actions: { 's3:PutObject': 'upload a template or another asset, in one piece or in parts' },
      resources: objects,
      conditions: [inOwnAccount],
      evidence: [reference('s3'), assets('files.ts'), bootstrap],
    },
    {
      sid: 'AssetKey',
      when: publishesFiles,
      actions: {
        'kms:GenerateDataKey': 'encrypt an asset',
        'kms:Decrypt': 'upload a large asset in parts',
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjectsUnder(objects, buckets),
      evidence: [reference('kms'), bootstrap, encryption],
    },
    {
      sid: 'LogIn',
      when: publishesImages,
      actions: { 'ecr:GetAuthorizationToken': 'trade AWS credentials for a registry password' },
      resources: unscoped('the action has no resource type; what the token may do is decided by the other statement'),
      evidence: [reference('ecr'), assets('container-images.ts')],
    },
    {
      sid: 'PushImages',
      when: publishesImages,
      actions: {
        'ecr:DescribeRepositories': 'learn the address of the repository',
        'ecr:DescribeImages': 'look whether an image is there already',
        'ecr:BatchCheckLayerAvailability': 'ask which layers the registry has already',
        'ecr:InitiateLayerUpload': 'start uploading a layer that the registry lacks',
        'ecr:UploadLayerPart': 'send the content of a layer',
        'ecr:CompleteLayerUpload': 'finish a layer and have its digest checked',
        'ecr:PutImage': 'write the manifest and its tag',
        'ecr:BatchGetImage': when(
          is('pushClient', 'any'),
          'BuildKit, containerd and Docker 29 ask for the manifest first and stop when refused',
        ),
      },
      resources: repositories,
      evidence: [
        reference('ecr'),
        assets('container-images.ts'),
        source('moby/moby', 'b985e231', 'daemon/internal/distribution/push_v2.go'),
        source('containerd/containerd', '301026e5', 'core/remotes/docker/pusher.go', 'push'),
      ],
    },
    {
      sid: 'LookUpParameters',
      when: looks,
      actions: { 'ssm:GetParameter': 'look up a parameter' },
      resources: [arn('parameters')],
      evidence: [reference('ssm'), provider('ssm-parameters.ts')],
    },
    {
      sid: 'LookUpKeys',
      when: all(looks, is('lookUpKeys', true)),
      actions: { 'kms:ListAliases': 'find the key behind an alias' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('kms'), provider('keys.ts')],
    },
    {
      sid: 'LookUpNetworks',
      when: all(looks, is('lookUpNetworks', true)),
      actions: {
        'ec2:DescribeAvailabilityZones': 'list the availability zones',
        'ec2:DescribeVpcs': 'find a VPC',
        'ec2:DescribeSubnets': 'list the subnets of a VPC',
        'ec2:DescribeRouteTables': 'learn which subnets are public',
        'ec2:DescribeVpnGateways': 'find the VPN gateway of a VPC',
        'ec2:DescribeSecurityGroups': 'find a security group',
      },
      resources: unscoped('the actions have no resource type'),
      evidence: [
        reference('ec2'),
        provider('vpcs.ts'),
        provider('availability-zones.ts'),
        provider('security-groups.ts'),
      ],
    },
    {
      sid: 'LookUpImages',
      when: all(looks, is('lookUpImages', true)),
      actions: { 'ec2:DescribeImages': 'find a machine image' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('ec2'), provider('ami.ts')],
    },
    {
      sid: 'LookUpHostedZones',
      when: all(looks, is('lookUpHostedZones', true)),
      actions: { 'route53:ListHostedZonesByName': 'find a hosted zone by its domain' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('route53'), provider('hosted-zones.ts')],
    },
    {
      sid: 'LookUpPrivateZones',
      when: all(looks, given('hostedZones')),
      actions: { 'route53:GetHostedZone': 'learn the VPC of a private hosted zone' },
      resources: [arn('hostedZones')],
      evidence: [reference('route53'), provider('hosted-zones.ts')],
    },
    {
      sid: 'LookUpLoadBalancers',
      when: all(looks, is('lookUpLoadBalancers', true)),
      actions: {
        'elasticloadbalancing:DescribeLoadBalancers': 'find a load balancer',
        'elasticloadbalancing:DescribeListeners': 'find a listener of a load balancer',
        'elasticloadbalancing:DescribeTags': 'find load balancers and listeners by their tags',
      },
      resources: unscoped('the actions have no resource type'),
      evidence: [reference('elasticloadbalancing'), provider('load-balancers.ts')],
    },
  ],
});
