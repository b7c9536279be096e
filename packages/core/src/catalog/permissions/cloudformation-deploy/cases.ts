import { defineRefused, defineSamples } from '../../cases.js';
import { cloudformationDeploy } from './entry.js';

const account = '123456789012';
const region = 'eu-west-1';
const place = { account, region } as const;
const stack = `arn:aws:cloudformation:${region}:${account}:stack`;
const one = `${stack}/my-stack/1234abcd-12ab-34cd-56ef-1234567890ab`;
const role = `arn:aws:iam::${account}:role/my-stack-role`;
const job = { stacks: ['my-stack'], serviceRole: 'my-stack-role', ...place } as const;
const review = { stacks: ['my-stack'], access: 'review', ...place } as const;
const withRole = { 'cloudformation:RoleArn': role };
const other = { 'cloudformation:RoleArn': `arn:aws:iam::${account}:role/admin` };
const toCloudFormation = { 'iam:PassedToService': 'cloudformation.amazonaws.com' };
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:${region}:${account}:key/${keyId}`;
const viaS3 = (object: string) => ({
  'kms:ViaService': `s3.${region}.amazonaws.com`,
  'kms:EncryptionContext:aws:s3:arn': object,
});
const templates = 'arn:aws:s3:::templates/app';
const serverless = `arn:aws:cloudformation:${region}:aws:transform/Serverless-2016-10-31`;
const macro = `arn:aws:cloudformation:${region}:${account}:transform/MyMacro`;

const shorten = `arn:aws:lambda:${region}:${account}:function:shorten`;
const stackSet = `arn:aws:cloudformation:${region}:${account}:stackset`;
const fleet = `${stackSet}/fleet:${keyId}`;
const target = (name: string, where: string) =>
  `arn:aws:cloudformation:${region}:${account}:stackset-target/${name}:*/${where}`;
const type = (name: string) => `arn:aws:cloudformation:${region}::type/resource/${name}`;
const adminRole = `arn:aws:iam::${account}:role/stack-set-admin`;
const withAdmin = { 'cloudformation:RoleArn': adminRole };
const inRegions = (...regions: string[]) => ({ 'cloudformation:TargetRegion': regions });
const unit = 'ou-ab12-cdef3456';
const sets = {
  stackSets: ['fleet'],
  stackSetRole: 'stack-set-admin',
  stackSetRegions: ['eu-west-1', 'eu-central-1'],
  stackInstances: true,
  ...place,
} as const;
const managed = {
  ...place,
  stackSets: ['fleet'],
  stackSetPermissions: 'service-managed',
  stackSetTargets: [unit, '210987654321'],
  stackSetTypes: ['AWS-S3-Bucket'],
  stackSetRegions: ['eu-west-1'],
  stackInstances: true,
  deleteStackSets: true,
} as const;

export const samples = defineSamples(cloudformationDeploy, [
  {
    name: 'default',
    options: job,
    allows: [
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:GetTemplateSummary',
          'cloudformation:DescribeChangeSet',
          'cloudformation:ExecuteChangeSet',
        ],
        resource: one,
        why: 'aws cloudformation deploy',
      },
      { actions: ['cloudformation:DescribeStacks'], resource: `${stack}/my-stack/*`, why: 'a stack that is not there' },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, context: withRole, why: 'deploy --role-arn' },
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'the same' },
    ],
    denies: [
      { actions: ['cloudformation:CreateChangeSet'], resource: one, context: other, why: 'another role' },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, why: 'the role that the stack had last' },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `${stack}/my-stack-old/*`,
        context: withRole,
        why: 'a longer name is another stack',
      },
      {
        actions: ['cloudformation:ExecuteChangeSet', 'cloudformation:DescribeStacks'],
        resource: `${stack}/other/*`,
        why: 'another stack',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `arn:aws:cloudformation:us-east-1:${account}:stack/my-stack/*`,
        why: 'another region',
      },
      {
        actions: ['cloudformation:DescribeStacks'],
        resource: `arn:aws:cloudformation:${region}:210987654321:stack/my-stack/*`,
        why: 'another account',
      },
      {
        actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:DeleteStack'],
        resource: one,
        context: withRole,
        why: 'only by change sets, and nothing is deleted',
      },
      {
        actions: [
          'cloudformation:DeleteChangeSet',
          'cloudformation:DescribeStackEvents',
          'cloudformation:DescribeEvents',
          'cloudformation:GetTemplate',
          'cloudformation:ListChangeSets',
          'cloudformation:ListStackResources',
          'cloudformation:DescribeStackResources',
          'cloudformation:TagResource',
        ],
        resource: one,
        why: 'nor is anything else asked for',
      },
      {
        actions: ['cloudformation:SetStackPolicy', 'cloudformation:UpdateTerminationProtection'],
        resource: one,
        why: 'what protects the stack stays',
      },
      {
        actions: ['cloudformation:ListStacks', 'cloudformation:ValidateTemplate'],
        resource: '*',
        why: 'nothing is listed',
      },
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
      { actions: ['cloudformation:CreateChangeSet'], resource: serverless, why: 'no transform is named' },
    ],
  },
  {
    name: 'direct',
    options: {
      ...job,
      method: 'direct',
      deleteStacks: true,
      readEvents: true,
      validateTemplates: true,
      transforms: ['Serverless-2016-10-31'],
    },
    allows: [
      {
        actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:DeleteStack'],
        resource: `${stack}/my-stack/*`,
        context: withRole,
        why: 'create-stack, update-stack, delete-stack',
      },
      { actions: ['cloudformation:DescribeStackEvents'], resource: one, why: 'show what failed' },
      { actions: ['cloudformation:ValidateTemplate'], resource: '*', why: 'validate-template' },
    ],
    denies: [
      { actions: ['cloudformation:DeleteStack'], resource: one, why: 'without the role' },
      { actions: ['cloudformation:DeleteStack'], resource: one, context: other, why: 'with another role' },
      {
        actions: ['cloudformation:UpdateStack'],
        resource: `${stack}/my-stack2/a`,
        context: withRole,
        why: 'another stack',
      },
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:GetTemplateSummary',
        ],
        resource: one,
        context: withRole,
        why: 'without change sets',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: serverless, why: 'the same for the transform' },
      { actions: ['cloudformation:ListStacks'], resource: '*', why: 'nothing is listed' },
      { actions: ['cloudformation:DescribeEvents'], resource: one, why: 'the AWS CLI reads stack events' },
    ],
  },
  {
    name: 'aws-actions',
    options: { ...job, client: 'aws-actions', deleteStacks: true, readEvents: true },
    allows: [
      {
        actions: ['cloudformation:DeleteChangeSet', 'cloudformation:DescribeEvents', 'cloudformation:ExecuteChangeSet'],
        resource: one,
        why: 'the action shows what goes on, and deletes what failed',
      },
      { actions: ['cloudformation:DeleteStack'], resource: one, why: 'it names no role for a stack that failed' },
      { actions: ['cloudformation:CreateChangeSet'], resource: one, context: withRole, why: 'with the role' },
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'which is handed over' },
    ],
    denies: [
      { actions: ['cloudformation:DeleteStack'], resource: `${stack}/my-stack-old/*`, why: 'another stack' },
      {
        actions: ['cloudformation:GetTemplateSummary', 'cloudformation:DescribeStackEvents'],
        resource: one,
        why: 'it does not ask for these',
      },
      { actions: ['cloudformation:DescribeEvents'], resource: '*', why: 'by the id of an operation alone' },
    ],
  },
  {
    name: 'aws-actions-without-role',
    options: { stacks: ['my-stack'], client: 'aws-actions', ...place },
    allows: [
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DeleteChangeSet',
        ],
        resource: one,
        why: 'the job makes the resources itself',
      },
    ],
    denies: [
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'no role is handed over' },
      { actions: ['cloudformation:DeleteStack', 'cloudformation:DescribeEvents'], resource: one, why: 'not asked for' },
    ],
  },
  {
    name: 'review',
    options: {
      ...review,
      deleteChangeSets: true,
      transforms: ['Serverless-2016-10-31'],
      parameters: ['/app/image'],
      stackTags: true,
      bucket: 'templates',
      prefixes: ['app'],
    },
    allows: [
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:DeleteChangeSet',
          'cloudformation:TagResource',
        ],
        resource: one,
        why: 'deploy --no-execute-changeset, and away with it',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: serverless, why: 'a template of SAM' },
      {
        actions: ['ssm:GetParameters'],
        resource: `arn:aws:ssm:${region}:${account}:parameter/app/image`,
        why: 'AWS::SSM::Parameter::Value',
      },
      { actions: ['s3:GetObject'], resource: `${templates}/a.template`, why: 'CloudFormation reads it for the job' },
    ],
    denies: [
      { actions: ['cloudformation:ExecuteChangeSet'], resource: one, why: 'a review changes nothing' },
      { actions: ['cloudformation:TagResource'], resource: `${stack}/other/*`, why: 'another stack' },
      {
        actions: ['cloudformation:CreateChangeSet'],
        resource: `arn:aws:cloudformation:${region}:aws:transform/Include`,
        why: 'another transform',
      },
      { actions: ['cloudformation:CreateChangeSet'], resource: macro, why: 'a macro of the account' },
      {
        actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack'],
        resource: serverless,
        why: 'not directly',
      },
      {
        actions: ['ssm:GetParameters'],
        resource: `arn:aws:ssm:${region}:${account}:parameter/app/image-old`,
        why: 'another parameter',
      },
      { actions: ['s3:PutObject'], resource: `${templates}/a.template`, why: 'somebody else uploads' },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::templates/app-old/a.template', why: 'a longer prefix' },
    ],
  },
  {
    name: 'template-bucket',
    options: { ...job, bucket: 'templates', prefixes: ['app'], upload: true, kmsKey: keyId },
    allows: [
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resource: `${templates}/1a2b3c.template`,
        why: 'deploy --s3-bucket --s3-prefix',
      },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: key,
        context: viaS3(`${templates}/1a2b3c.template`),
        why: 'the bucket is encrypted',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3('arn:aws:s3:::templates'),
        why: 'the same, where the bucket uses bucket keys',
      },
    ],
    denies: [
      { actions: ['s3:ListBucket'], resource: 'arn:aws:s3:::templates', why: 'nothing is listed' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3('arn:aws:s3:::templates/other/a.template'),
        why: 'another object',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { ...viaS3(`${templates}/a`), 'kms:ViaService': `ssm.${region}.amazonaws.com` },
        why: 'not through S3',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `arn:aws:kms:${region}:${account}:key/00000000-12ab-34cd-56ef-1234567890ab`,
        context: viaS3(`${templates}/a`),
        why: 'another key',
      },
    ],
  },
  {
    name: 'whole-bucket',
    options: { ...job, bucket: 'templates', wholeBucket: true, kmsKey: keyId },
    allows: [
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::templates/1a2b3c.template', why: 'without a prefix' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3('arn:aws:s3:::templates/1a2b3c.template'),
        why: 'and encrypted',
      },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: 'arn:aws:s3:::templates/1a2b3c.template', why: 'nothing is uploaded' },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3('arn:aws:s3:::templates/1a2b3c.template'),
        why: 'so nothing is encrypted',
      },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::templates-2/1a2b3c.template', why: 'another bucket' },
    ],
  },
  {
    name: 'review-alone',
    options: review,
    allows: [
      {
        actions: ['cloudformation:CreateChangeSet', 'cloudformation:GetTemplateSummary'],
        resource: one,
        why: 'deploy --no-execute-changeset',
      },
    ],
    denies: [
      { actions: ['cloudformation:DeleteChangeSet'], resource: one, why: 'the change set stays' },
      {
        actions: ['cloudformation:CreateStack'],
        resource: `${stack}/my-stack-Database-1A2B3C/*`,
        why: 'a nested stack',
      },
    ],
  },
  {
    name: 'macros',
    options: { ...job, macroFunctions: ['shorten'] },
    allows: [{ actions: ['lambda:InvokeFunction'], resource: shorten, why: 'a template that names the macro' }],
    denies: [
      { actions: ['lambda:InvokeFunction'], resource: `${shorten}-old`, why: 'another function' },
      { actions: ['lambda:InvokeFunction'], resource: `${shorten}:1`, why: 'a version of it' },
      { actions: ['lambda:UpdateFunctionCode'], resource: shorten, why: 'the function of a macro stays as it is' },
      { actions: ['cloudformation:CreateChangeSet'], resource: macro, why: 'whether it is asked for is not known' },
    ],
  },
  {
    name: 'nested-stacks',
    options: { stacks: ['my-stack'], nestedStacks: ['Network'], ...place },
    allows: [
      {
        actions: [
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'cloudformation:DeleteStack',
          'cloudformation:DescribeStacks',
        ],
        resource: `${stack}/my-stack-Network-1A2B3C4D5E6F/*`,
        why: 'the parent is deployed without a role',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:CreateStack', 'cloudformation:DescribeStacks'],
        resource: `${stack}/my-stack-Database-1A2B3C4D5E6F/*`,
        why: 'another nested stack',
      },
      {
        actions: ['cloudformation:UpdateStack', 'cloudformation:DeleteStack'],
        resource: `${stack}/other-Network-1A2B3C4D5E6F/*`,
        why: 'that of another stack',
      },
      {
        actions: ['cloudformation:DeleteStack', 'cloudformation:UpdateStack'],
        resource: one,
        why: 'the parent only by change sets',
      },
      {
        actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
        resource: `${stack}/my-stack-Network-1A2B3C4D5E6F/*`,
        why: 'no change sets of nested stacks',
      },
    ],
  },
  {
    name: 'stack-sets',
    options: { ...sets, createStackSets: true, stackTags: true, readEvents: true },
    allows: [
      {
        actions: [
          'cloudformation:DescribeStackSet',
          'cloudformation:DescribeStackSetOperation',
          'cloudformation:ListStackSetOperationResults',
          'cloudformation:TagResource',
        ],
        resource: fleet,
        why: 'see whether it is there, wait, and see what failed',
      },
      { actions: ['cloudformation:CreateStackSet'], resource: '*', context: withAdmin, why: 'create-stack-set' },
      { actions: ['cloudformation:UpdateStackSet'], resource: fleet, context: withAdmin, why: 'update-stack-set' },
      {
        actions: ['cloudformation:CreateStackInstances', 'cloudformation:UpdateStackInstances'],
        resource: fleet,
        context: inRegions('eu-west-1', 'eu-central-1'),
        why: 'create-stack-instances',
      },
      { actions: ['iam:PassRole'], resource: adminRole, context: toCloudFormation, why: '--administration-role-arn' },
    ],
    denies: [
      { actions: ['cloudformation:CreateStackSet'], resource: '*', why: 'with the role that all may use' },
      {
        actions: ['cloudformation:CreateStackSet', 'cloudformation:UpdateStackSet'],
        resource: fleet,
        context: other,
        why: 'another role',
      },
      { actions: ['cloudformation:UpdateStackSet'], resource: fleet, why: 'the role that it had last' },
      {
        actions: ['cloudformation:UpdateStackSet'],
        resource: `${stackSet}/fleet-old:${keyId}`,
        context: withAdmin,
        why: 'a longer name is another stack set',
      },
      {
        actions: ['cloudformation:DescribeStackSet', 'cloudformation:TagResource'],
        resource: `${stackSet}/other:${keyId}`,
        why: 'another stack set',
      },
      {
        actions: ['cloudformation:CreateStackInstances'],
        resource: `${stackSet}/other:${keyId}`,
        context: inRegions('eu-west-1'),
        why: 'another stack set',
      },
      {
        actions: ['cloudformation:CreateStackInstances'],
        resource: fleet,
        context: inRegions('eu-west-1', 'us-east-1'),
        why: 'another region besides',
      },
      { actions: ['cloudformation:CreateStackInstances'], resource: fleet, why: 'no region' },
      {
        actions: ['cloudformation:DeleteStackInstances', 'cloudformation:DeleteStackSet'],
        resource: fleet,
        context: inRegions('eu-west-1'),
        why: 'nothing is deleted',
      },
      {
        actions: [
          'cloudformation:ListStackInstances',
          'cloudformation:DescribeStackInstance',
          'cloudformation:ListStackSetOperations',
          'cloudformation:StopStackSetOperation',
          'cloudformation:ImportStacksToStackSet',
        ],
        resource: fleet,
        why: 'nothing else is asked of a stack set',
      },
      {
        actions: ['cloudformation:CreateStackInstances'],
        resource: target('fleet', '210987654321'),
        context: inRegions('eu-west-1'),
        why: 'the administration role says where to',
      },
      { actions: ['iam:PassRole'], resource: adminRole, why: 'to whatever service' },
      { actions: ['iam:PassRole'], resource: role, context: toCloudFormation, why: 'another role' },
      { actions: ['cloudformation:DescribeStacks'], resource: one, why: 'no stack is named' },
    ],
  },
  {
    name: 'stack-sets-organization',
    options: managed,
    allows: [
      ...[fleet, target('fleet', unit), target('fleet', '210987654321'), type('AWS-S3-Bucket')].map((resource) => ({
        actions: [
          'cloudformation:CreateStackInstances',
          'cloudformation:UpdateStackInstances',
          'cloudformation:DeleteStackInstances',
        ],
        resource,
        context: inRegions('eu-west-1'),
        why: 'instances in an organizational unit and an account',
      })),
      ...[fleet, target('fleet', unit), type('AWS-S3-Bucket')].map((resource) => ({
        actions: ['cloudformation:UpdateStackSet'],
        resource,
        why: 'update-stack-set',
      })),
      { actions: ['cloudformation:DeleteStackSet'], resource: fleet, why: 'delete-stack-set' },
    ],
    denies: [
      {
        actions: ['cloudformation:CreateStackInstances'],
        resource: target('fleet', 'ou-ab12-00000000'),
        context: inRegions('eu-west-1'),
        why: 'another organizational unit',
      },
      {
        actions: ['cloudformation:CreateStackInstances', 'cloudformation:UpdateStackSet'],
        resource: target('fleet-old', unit),
        context: inRegions('eu-west-1'),
        why: 'another stack set',
      },
      {
        actions: ['cloudformation:CreateStackInstances', 'cloudformation:UpdateStackSet'],
        resource: type('AWS-IAM-Role'),
        context: inRegions('eu-west-1'),
        why: 'another type of resource',
      },
      {
        actions: ['cloudformation:DeleteStackInstances'],
        resource: fleet,
        context: inRegions('us-east-1'),
        why: 'another region',
      },
      { actions: ['cloudformation:DeleteStackSet'], resource: `${stackSet}/other:${keyId}`, why: 'another stack set' },
      { actions: ['cloudformation:CreateStackSet'], resource: '*', why: 'nothing is created' },
      { actions: ['cloudformation:ListStackSetOperationResults'], resource: fleet, why: 'not asked for' },
    ],
  },
  {
    name: 'stack-sets-without-role',
    options: {
      stackSets: ['fleet'],
      createStackSets: true,
      deleteStackSets: true,
      stackSetRegions: ['eu-west-1'],
      ...place,
    },
    allows: [
      { actions: ['cloudformation:CreateStackSet'], resource: '*', why: 'with the role that all may use' },
      {
        actions: ['cloudformation:DeleteStackInstances'],
        resource: fleet,
        context: inRegions('eu-west-1'),
        why: 'delete-stack-instances',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:CreateStackInstances', 'cloudformation:UpdateStackInstances'],
        resource: fleet,
        context: inRegions('eu-west-1'),
        why: 'no instances are made',
      },
      { actions: ['iam:PassRole'], resource: adminRole, context: toCloudFormation, why: 'no role is handed over' },
    ],
  },
  {
    name: 'stack-sets-read',
    options: { stackSets: ['fleet'], access: 'read', ...place },
    allows: [
      {
        actions: [
          'cloudformation:DescribeStackSet',
          'cloudformation:DescribeStackSetOperation',
          'cloudformation:DescribeStackInstance',
          'cloudformation:ListStackInstances',
          'cloudformation:ListStackSetOperations',
          'cloudformation:ListStackSetOperationResults',
        ],
        resource: fleet,
        why: 'a look at what is where',
      },
    ],
    denies: [
      {
        actions: ['cloudformation:UpdateStackSet', 'cloudformation:DeleteStackSet', 'cloudformation:TagResource'],
        resource: fleet,
        why: 'nothing is changed',
      },
      { actions: ['cloudformation:ListStackSets'], resource: '*', why: 'nothing else is listed' },
      {
        actions: ['cloudformation:ListStackInstances'],
        resource: `arn:aws:cloudformation:us-east-1:${account}:stackset/fleet:${keyId}`,
        why: 'another region',
      },
    ],
  },
  {
    name: 'read',
    options: { stacks: ['web-*'], scope: 'pattern', access: 'read', account, region: 'cn-north-1' },
    allows: [
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:DescribeStackEvents',
          'cloudformation:DescribeStackResources',
          'cloudformation:ListStackResources',
          'cloudformation:GetTemplate',
          'cloudformation:DescribeChangeSet',
          'cloudformation:ListChangeSets',
        ],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/web-app/*`,
        why: 'a review of what is there',
      },
    ],
    denies: [
      {
        actions: [
          'cloudformation:CreateChangeSet',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DeleteChangeSet',
          'cloudformation:GetTemplateSummary',
          'cloudformation:TagResource',
        ],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/web-app/*`,
        why: 'nothing is made',
      },
      {
        actions: ['cloudformation:GetTemplate'],
        resource: `arn:aws-cn:cloudformation:cn-north-1:${account}:stack/api/*`,
        why: 'another stack',
      },
    ],
  },
]);

const stacks = (name: string) => ({ ...job, stacks: [name] });

export const refused = defineRefused(cloudformationDeploy, [
  {
    name: 'a stack name with a dot',
    options: stacks('my.stack'),
    says: /^stacks\[0\]: `my\.stack` holds a dot or an underscore, which no stack name does: write the name as CloudFormation shows it$/,
  },
  {
    name: 'a template for a stack',
    options: stacks('template.yaml'),
    says: /^stacks\[0\]: `template\.yaml` is a template: write the name of the stack/,
  },
  {
    name: 'an underscore in the name of a stack',
    options: stacks('my_stack'),
    says: /^stacks\[0\]: `my_stack` holds a dot or an underscore/,
  },
  {
    name: 'a stack name that begins with a digit',
    options: stacks('1stack'),
    says: /^stacks\[0\]: `1stack` is no CloudFormation stack: use letters, digits and `-`, with a letter first/,
  },
  {
    name: 'the whole ARN of a stack',
    options: stacks(one),
    says: /^stacks\[0\]: .* is the ARN of a stack that is there, .*, here `arn:aws:cloudformation:eu-west-1:123456789012:stack\/my-stack\/\*`$/,
  },
  {
    name: 'the end of the ARN of a stack',
    options: stacks('stack/my-stack/*'),
    says: /^stacks\[0\]: .* is the end of an ARN: write the name alone, here `my-stack`$/,
  },
  {
    name: 'the ARN of a change set',
    options: stacks(`arn:aws:cloudformation:${region}:${account}:changeSet/a/b`),
    says: /^stacks\[0\]: .* is no stack: write the name of the stack$/,
  },
  {
    name: 'a stack twice',
    options: { ...job, stacks: ['my-stack', 'my-stack'] },
    says: /^stacks\[1\]: `my-stack` already stands at `stacks\[0\]`: keep one$/,
  },
  {
    name: 'a transform with AWS before it',
    options: { ...job, transforms: ['AWS::Serverless-2016-10-31'] },
    says: /^transforms\[0\]: .* has `AWS::` before it: .*, here `Serverless-2016-10-31`$/,
  },
  {
    name: 'the ARN of a macro for a transform of AWS',
    options: { ...job, transforms: [macro] },
    says: /^transforms\[0\]: .* is an ARN of something else than a transform of AWS/,
  },
  {
    name: 'a prefix that begins with a slash',
    options: { ...job, bucket: 'templates', prefixes: ['/app'] },
    says: /^prefixes\[0\]: `\/app` begins with a slash, .*, here `app`$/,
  },
  {
    name: 'a prefix that goes up',
    options: { ...job, bucket: 'templates', prefixes: ['../app'] },
    says: /^prefixes\[0\]: .* holds an empty or dot segment/,
  },
  {
    name: 'an s3:// URL for a bucket',
    options: { ...job, bucket: 's3://templates/app', prefixes: ['app'] },
    says: /^bucket: .* names `app` in the bucket too, and `prefixes` is given: write the bucket alone, here `templates`$/,
  },
  {
    name: 'the address of a template for a bucket',
    options: { ...job, bucket: 'https://s3.eu-west-1.amazonaws.com/templates/app/a.yaml', prefixes: ['app'] },
    says: /^bucket: .* is the address of a bucket: write the name alone, here `templates`$/,
  },
  {
    name: 'no prefix',
    options: { ...job, bucket: 'templates' },
    says: /^prefixes: missing, and `wholeBucket` is not set/,
  },
  { name: 'no bucket', options: { ...job, upload: true }, says: /^bucket: missing, and `prefixes`, `wholeBucket`/ },
  {
    name: 'a prefix and the whole bucket',
    options: { ...job, bucket: 'templates', prefixes: ['app'], wholeBucket: true },
    says: /^prefixes: and `wholeBucket` exclude each other: leave one out$/,
  },
  {
    name: 'a review that changes stacks directly',
    options: { ...review, method: 'direct' },
    says: /^method: `direct` changes stacks, and a review only makes change sets/,
  },
  {
    name: 'the action without change sets',
    options: { ...job, client: 'aws-actions', method: 'direct' },
    says: /^method: `direct` is not what the action does/,
  },
  {
    name: 'a review that deletes stacks',
    options: { ...review, deleteStacks: true },
    says: /^deleteStacks: needs `access` `deploy`/,
  },
  {
    name: 'a service role for who only reads',
    options: { ...job, access: 'read' },
    says: /^serviceRole: without use where nothing is deployed/,
  },
  {
    name: 'a session for a service role',
    options: { ...job, serviceRole: `arn:aws:sts::${account}:assumed-role/my-stack-role/ci` },
    says: /^serviceRole: .* is the ARN of a session/,
  },
  {
    name: 'a stack in another partition than the region',
    options: { stacks: [`arn:aws-cn:cloudformation:cn-north-1:${account}:stack/my-stack/*`], region },
    says: /^stacks\[0\]: .* has the region `cn-north-1`, and `region` says `eu-west-1`: make them agree$/,
  },
  {
    name: 'a macro for its function',
    options: { ...job, macroFunctions: [macro] },
    says: /^macroFunctions\[0\]: /,
  },
  {
    name: 'a version of the function of a macro',
    options: { ...job, macroFunctions: ['shorten:1'] },
    says: /^macroFunctions\[0\]: `shorten:1` has a version or an alias, .*, here `shorten`$/,
  },
  {
    name: 'a macro for who only reads',
    options: { stacks: ['my-stack'], access: 'read', macroFunctions: ['shorten'], ...place },
    says: /^macroFunctions: without use where nothing is deployed: leave it out$/,
  },
  {
    name: 'nested stacks with a role',
    options: { ...job, nestedStacks: ['Network'] },
    says: /^nestedStacks: without use with `serviceRole`, which makes them: leave one out$/,
  },
  {
    name: 'nested stacks of a pattern',
    options: { stacks: ['my-*'], scope: 'pattern', nestedStacks: ['Network'], ...place },
    says: /^nestedStacks: needs `scope` `exact`, since its names are patterns already/,
  },
  {
    name: 'nested stacks in a review',
    options: { ...review, nestedStacks: ['Network'] },
    says: /^nestedStacks: needs `access` `deploy`: set it, or leave it out$/,
  },
  {
    name: 'the name of a nested stack that is there',
    options: { stacks: ['my-stack'], nestedStacks: ['my-stack-Network-1A2B3C4D5E6F'], ...place },
    says: /^nestedStacks\[0\]: .* is the name of a nested stack that is there: write its logical id, here `Network`$/,
  },
  {
    name: 'a logical id with a hyphen',
    options: { stacks: ['my-stack'], nestedStacks: ['my-network'], ...place },
    says: /^nestedStacks\[0\]: `my-network` holds a sign, which no logical id does/,
  },
  {
    name: 'a template for a nested stack',
    options: { stacks: ['my-stack'], nestedStacks: ['network.yaml'], ...place },
    says: /^nestedStacks\[0\]: `network\.yaml` is a template: write the logical id/,
  },
  {
    name: 'neither a stack nor a stack set',
    options: { ...place },
    says: /^stacks: missing: name the stacks or `stackSets`, or set `scope` to account for all stacks/,
  },
  {
    name: 'what is about stacks with a stack set alone',
    options: { ...sets, serviceRole: 'my-stack-role' },
    says: /^stacks: missing, and `serviceRole`, `transforms`, .* are about stacks/,
  },
  {
    name: 'a stack set name with a dot',
    options: { ...sets, stackSets: ['my.fleet'] },
    says: /^stackSets\[0\]: `my\.fleet` holds a dot or an underscore, which no name of a stack set does/,
  },
  {
    name: 'a template for a stack set',
    options: { ...sets, stackSets: ['fleet.yaml'] },
    says: /^stackSets\[0\]: `fleet\.yaml` is a template: write the name of the stack set/,
  },
  {
    name: 'the id of a stack set',
    options: { ...sets, stackSets: [`fleet:${keyId}`] },
    says: /^stackSets\[0\]: .* is the id of a stack set: write the name alone, here `fleet`$/,
  },
  {
    name: 'the whole ARN of a stack set',
    options: { ...sets, stackSets: [fleet] },
    says: /^stackSets\[0\]: .* is the ARN of a stack set that is there, .*, here `arn:aws:cloudformation:eu-west-1:123456789012:stackset\/fleet:\*`$/,
  },
  {
    name: 'the ARN of a stack for a stack set',
    options: { ...sets, stackSets: [one] },
    says: /^stackSets\[0\]: .* is no stack set: write the name of the stack set$/,
  },
  {
    name: 'a stack that a stack set made',
    options: { ...sets, stackSets: [`StackSet-fleet-${keyId}`] },
    says: /^stackSets\[0\]: .* is the name of a stack that a stack set has made: write the name of the stack set, here `fleet`$/,
  },
  {
    name: 'a stack set for a stack',
    options: { ...job, stacks: [fleet] },
    says: /^stacks\[0\]: .* is no stack: write the name of the stack$/,
  },
  {
    name: 'a region twice',
    options: { ...sets, stackSetRegions: ['eu-west-1', 'eu-west-1'] },
    says: /^stackSetRegions\[1\]: `eu-west-1` already stands at `stackSetRegions\[0\]`: keep one$/,
  },
  {
    name: 'an account twice',
    options: { ...managed, stackSetTargets: ['210987654321', '210987654321'] },
    says: /^stackSetTargets\[1\]: `210987654321` already stands at `stackSetTargets\[0\]`: keep one$/,
  },
  {
    name: 'an account with signs',
    options: { ...managed, stackSetTargets: ['2109-8765-4321'] },
    says: /^stackSetTargets\[0\]: .* has signs between its digits: write the digits alone, here `210987654321`$/,
  },
  {
    name: 'the ARN of an organizational unit',
    options: { ...managed, stackSetTargets: [`arn:aws:organizations::${account}:ou/o-abcdefghij/${unit}`] },
    says: /^stackSetTargets\[0\]: .* is an ARN: write the id at its end alone, here `ou-ab12-cdef3456`$/,
  },
  {
    name: 'an organization',
    options: { ...managed, stackSetTargets: ['o-abcdefghij'] },
    says: /^stackSetTargets\[0\]: .* is the id of an organization: write that of its root, which begins with `r-`$/,
  },
  {
    name: 'a type with colons',
    options: { ...managed, stackSetTypes: ['AWS::S3::Bucket'] },
    says: /^stackSetTypes\[0\]: .* has colons, for which ARNs have hyphens: write it with these, here `AWS-S3-Bucket`$/,
  },
  {
    name: 'the ARN of a type',
    options: { ...managed, stackSetTypes: [type('AWS-S3-Bucket')] },
    says: /^stackSetTypes\[0\]: .* is an ARN: write the type in it alone, here `AWS-S3-Bucket`$/,
  },
  {
    name: 'a custom resource',
    options: { ...managed, stackSetTypes: ['Custom::Thing'] },
    says: /^stackSetTypes\[0\]: .* for which AWS publishes no ARN: try .*, here `AWS-CloudFormation-CustomResource`$/,
  },
  ...['OU-ab12-cdef3456', 'ou-AB12-cdef3456', 'R-ab12'].map((target) => ({
    name: `the id ${target}`,
    options: { ...managed, stackSetTargets: [target] },
    says: /^stackSetTargets\[0\]: .* has capital letters, which no id of Organizations has: write it in lower case$/,
  })),
  {
    name: 'the path of an organizational unit',
    options: { ...managed, stackSetTargets: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/'] },
    says: /^stackSetTargets\[0\]: .* is a path: write the id at its end alone, here `ou-ab12-22222222`$/,
  },
  {
    name: 'a transform of AWS for the function of a macro',
    options: { ...job, macroFunctions: ['AWS::Include'] },
    says: /^macroFunctions\[0\]: .* is a name of AWS in templates, and no function/,
  },
  {
    name: 'a type of somebody else',
    options: { ...managed, stackSetTypes: ['Datadog::Monitors::Monitor'] },
    says: /^stackSetTypes\[0\]: .* is a type of somebody else than AWS/,
  },
  {
    name: 'stack instances nowhere',
    options: { ...sets, stackSetRegions: undefined },
    says: /^stackSetRegions: missing: name the regions of the stack instances/,
  },
  {
    name: 'service-managed permissions without targets',
    options: { ...managed, stackSetTargets: undefined },
    says: /^stackSetTargets: missing: with service-managed permissions, AWS asks for each account or organizational unit/,
  },
  {
    name: 'service-managed permissions without types',
    options: { ...managed, stackSetTypes: undefined },
    says: /^stackSetTypes: missing: with service-managed permissions, AWS asks for each type of resource/,
  },
  {
    name: 'a role for service-managed permissions',
    options: { ...managed, stackSetRole: 'stack-set-admin' },
    says: /^stackSetRole: is for stack sets that are deployed with self-managed permissions: leave it out$/,
  },
  {
    name: 'targets with self-managed permissions',
    options: { ...sets, stackSetTargets: [unit] },
    says: /^stackSetTargets: are for stack sets that are deployed with service-managed permissions: set `stackSetPermissions` to `service-managed` and `access` to `deploy`, or leave them out$/,
  },
  {
    name: 'types with self-managed permissions',
    options: { ...sets, stackSetTypes: ['AWS-S3-Bucket'] },
    says: /^stackSetTypes: are for stack sets that are deployed with service-managed permissions: set `stackSetPermissions` to `service-managed` and `access` to `deploy`, or leave them out$/,
  },
  {
    name: 'regions without instances',
    options: { ...sets, stackInstances: false },
    says: /^stackSetRegions: are for stack instances: set `stackInstances` or `deleteStackSets`, or leave them out$/,
  },
  {
    name: 'a review of stack sets',
    options: { ...review, stackSets: ['fleet'] },
    says: /^stackSets: and `access` `review` exclude each other/,
  },
  {
    name: 'a look that creates stack sets',
    options: { stackSets: ['fleet'], access: 'read', createStackSets: true, ...place },
    says: /^access: `read` changes no stack sets/,
  },
  {
    name: 'stack instances without a stack set',
    options: { ...job, stackInstances: true },
    says: /^stackSets: missing, and the other options of stack sets are about them/,
  },
]);
