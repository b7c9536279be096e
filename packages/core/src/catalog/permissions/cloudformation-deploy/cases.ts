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
]);
