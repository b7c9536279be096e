import { belongs, defineDetection, flag, input, shows } from '../../../use-case/detection.js';

const artifacts = { bucket: flag('--s3-bucket'), prefixes: flag('--s3-prefix'), kmsKey: flag('--kms-key-id') } as const;
const stack = { stacks: flag('--stack-name'), serviceRole: flag('--role-arn') } as const;
const tells = {
  template: flag(['--template-file', '--template', '--template-body', '--template-url']),
  capabilities: flag('--capabilities'),
  cloudformationRole: flag('--role-arn'),
} as const;

const stackSet = { stackSets: flag('--stack-set-name'), stackSetRole: flag('--administration-role-arn') } as const;
const instances = { stackSets: flag('--stack-set-name'), stackSetRegions: flag('--regions', 'list') } as const;
const setTells = {
  template: flag(['--template-body', '--template-url']),
  capabilities: flag('--capabilities'),
} as const;

export const cloudformationDeployDetection = defineDetection({
  signs: [
    shows('$ aws cloudformation deploy', {
      when: { has: flag('--s3-bucket') },
      options: { ...stack, ...artifacts },
      sets: { client: 'aws-cli', upload: true },
      tells,
    }),
    shows('$ aws cloudformation deploy', { options: stack, sets: { client: 'aws-cli' }, tells }),
    shows(['$ aws cloudformation create-stack', '$ aws cloudformation update-stack'], {
      options: stack,
      sets: { client: 'aws-cli', method: 'direct' },
      tells,
    }),
    shows(['$ aws cloudformation create-change-set', '$ aws cloudformation execute-change-set'], {
      options: stack,
      sets: { client: 'aws-cli' },
      tells,
    }),
    shows('$ aws cloudformation delete-stack', {
      options: stack,
      sets: { client: 'aws-cli', deleteStacks: true },
    }),
    belongs('$ aws cloudformation delete-change-set', {
      options: { stacks: flag('--stack-name') },
      sets: { deleteChangeSets: true },
    }),
    shows('$ aws cloudformation create-stack-set', {
      when: { has: flag('--permission-model'), is: ['SERVICE_MANAGED'] },
      options: stackSet,
      sets: { client: 'aws-cli', createStackSets: true, stackSetPermissions: 'service-managed' },
      tells: setTells,
    }),
    shows('$ aws cloudformation create-stack-set', {
      options: stackSet,
      sets: { client: 'aws-cli', createStackSets: true },
      tells: setTells,
    }),
    shows('$ aws cloudformation update-stack-set', {
      options: stackSet,
      sets: { client: 'aws-cli' },
      tells: setTells,
    }),
    shows(['$ aws cloudformation create-stack-instances', '$ aws cloudformation update-stack-instances'], {
      options: instances,
      sets: { client: 'aws-cli', stackInstances: true },
    }),
    shows('$ aws cloudformation delete-stack-instances', {
      options: instances,
      sets: { client: 'aws-cli', deleteStackSets: true },
    }),
    shows('$ aws cloudformation delete-stack-set', {
      options: { stackSets: flag('--stack-set-name') },
      sets: { client: 'aws-cli', deleteStackSets: true },
    }),
    belongs(['$ aws cloudformation describe-stack-set', '$ aws cloudformation describe-stack-set-operation'], {
      options: { stackSets: flag('--stack-set-name') },
    }),
    belongs('$ aws cloudformation list-stack-set-operation-results', {
      options: { stackSets: flag('--stack-set-name') },
      sets: { readEvents: true },
    }),
    belongs('$ aws cloudformation package', { options: artifacts, sets: { upload: true } }),
    belongs('$ aws cloudformation validate-template', { sets: { validateTemplates: true } }),
    belongs('$ aws cloudformation describe-stack-events', {
      options: { stacks: flag('--stack-name') },
      sets: { readEvents: true },
    }),
    belongs(
      [
        '$ aws cloudformation describe-stacks',
        '$ aws cloudformation wait stack-create-complete',
        '$ aws cloudformation wait stack-update-complete',
        '$ aws cloudformation wait stack-delete-complete',
        '$ aws cloudformation wait stack-exists',
        '$ aws cloudformation wait change-set-create-complete',
        '$ aws cloudformation describe-change-set',
        '$ aws cloudformation list-change-sets',
        '$ aws cloudformation describe-stack-resources',
        '$ aws cloudformation describe-stack-resource',
        '$ aws cloudformation list-stack-resources',
        '$ aws cloudformation get-template-summary',
      ],
      {},
    ),
    shows('uses aws-actions/aws-cloudformation-github-deploy', {
      options: {
        stacks: input('name'),
        serviceRole: input('role-arn'),
        bucket: input('s3-bucket'),
        prefixes: input('s3-prefix'),
      },
      sets: { client: 'aws-actions' },
      tells: { template: input('template'), capabilities: input('capabilities', 'list') },
    }),
    shows('uses badsyntax/github-action-aws-cloudformation', {
      options: { stacks: input('stackName'), region: input('awsRegion') },
      tells: { template: input('template') },
    }),
    shows('pipe atlassian/aws-cloudformation-deploy', {
      options: { stacks: input('STACK_NAME'), region: input('AWS_DEFAULT_REGION') },
      tells: { template: input('TEMPLATE') },
    }),
    shows(['task CloudFormationCreateOrUpdateStack', 'task CloudFormationExecuteChangeSet'], {
      options: {
        stacks: input('stackName'),
        region: input('regionName'),
        serviceRole: input('roleARN'),
        bucket: input('s3BucketName'),
      },
      tells: { template: input(['templateFile', 'templateUrl']) },
    }),
    shows(['jenkins cfnCreateChangeSet', 'jenkins cfnExecuteChangeSet'], {
      options: { stacks: input('stack') },
      tells: { template: input(['file', 'url']) },
    }),
    shows('task CloudFormationDeleteStack', {
      options: { stacks: input('stackName'), region: input('regionName') },
      sets: { deleteStacks: true },
    }),
    shows('jenkins cfnUpdate', { options: { stacks: input('stack') }, tells: { template: input(['file', 'url']) } }),
    shows('jenkins cfnDelete', { options: { stacks: input('stack') }, sets: { deleteStacks: true } }),
  ],
});
