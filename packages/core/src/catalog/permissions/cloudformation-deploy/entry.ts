import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template, text } from '../../../use-case/template.js';
import { defineUseCase, unscoped, type ConditionTemplate } from '../../../use-case/use-case.js';
import { onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import { bucketsOfAnyAccount } from '../../conditions/resource-account.js';
import { cloudformationStack, cloudFormationTransform, nestedStack } from '../../resources/cloudformation.js';
import { iamRole } from '../../resources/iam.js';
import { kmsKey } from '../../resources/kms.js';
import { lambdaFunction } from '../../resources/lambda.js';
import { objectPrefix, s3Bucket } from '../../resources/s3.js';
import { ssmParameter } from '../../resources/ssm.js';
import {
  stackSetNotes,
  stackSetOptions,
  stackSetRefusals,
  stackSetStatements,
  stackSetWidenings,
} from './stack-sets.js';
import { vendors } from './vendor.js';

const byAction = is('client', 'aws-actions');
const reads = is('access', 'read');
const deploys = is('access', 'deploy');
const changes = all(not(reads), given('stacks'));
const direct = is('method', 'direct');
const makesChangeSets = all(not(reads), not(direct));
const changesDirectly = all(deploys, direct);
const deletes = all(deploys, is('deleteStacks', true));
const whole = is('wholeBucket', true);
const uploads = is('upload', true);

const templates = [
  when(not(whole), template`${arn('bucket')}/${text('prefixes')}/*`),
  when(whole, template`${arn('bucket')}/*`),
];

const withServiceRole: ConditionTemplate = {
  operator: 'ArnEquals',
  key: 'cloudformation:RoleArn',
  values: [arn('serviceRole')],
  when: given('serviceRole'),
  reason: 'only with this role: with none, a stack goes on with the role that it was given last',
};

const awsCli = source('aws/aws-cli', '2.36.7', 'awscli/customizations/cloudformation/deployer.py');
const uploader = source('aws/aws-cli', '2.36.7', 'awscli/customizations/s3uploader.py');
const commands = source('aws/aws-cli', '2.36.7', 'awscli/botocore/data/cloudformation/2010-05-15/service-2.json');
const action = (where: string, file = 'src/deploy.ts') =>
  source('aws-actions/aws-cloudformation-github-deploy', '197fa4a', file, where);
const guide = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const serviceRoles = vendor('CloudFormation user guide, service roles', `${guide}/using-iam-servicerole.html`);
const access = vendor('CloudFormation user guide, access control', `${guide}/control-access-with-iam.html`);
const bootstrap = source('aws/aws-cdk-cli', '7ff50e77f', 'packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');
const refusal = vendor(
  'refusal that names the transform',
  'https://github.com/aws/serverless-application-model/issues/179',
);

export const cloudformationDeploy = defineUseCase({
  id: 'cloudformation-deploy',
  title: 'Deploy CloudFormation stacks',
  summary:
    'Creates and updates named CloudFormation stacks, by change sets or directly, and stack sets, and looks at them.',
  excludes:
    'Does not allow what the resources of the templates need without a service role, and changes no stack policies, termination protection, exports and registered types.',
  options: {
    stacks: list(cloudformationStack, 'Stacks the job deploys or looks at; may be left out for stack sets alone.', {
      scoped: true,
    }),
    access: oneOf(
      ['deploy', 'review', 'read'],
      'What the job does: deploy changes stacks, review makes change sets and executes none, read looks at stacks and change sets.',
      { default: 'deploy' },
    ),
    client: oneOf(
      ['aws-cli', 'aws-actions'],
      'Which client deploys: aws-actions for aws-cloudformation-github-deploy.',
      { default: 'aws-cli' },
    ),
    method: oneOf(
      ['change-set', 'direct'],
      'How a stack is changed: by a change set, as `aws cloudformation deploy` does, or by create-stack and update-stack.',
      { default: 'change-set' },
    ),
    serviceRole: single(iamRole, 'The role with which CloudFormation makes the resources.'),
    deleteStacks: toggle('Delete stacks too; the action deletes one whose creation failed before it makes it anew.'),
    deleteChangeSets: toggle('Delete change sets by hand; the action always does so where one fails.'),
    readEvents: toggle('Read the events of the stacks, to show what goes on and what failed.'),
    validateTemplates: toggle('Validate templates before they are deployed.'),
    bucket: single(s3Bucket, 'The bucket that holds templates and artifacts.'),
    prefixes: list(
      objectPrefix,
      'What the keys of templates and artifacts begin with, without the slash behind it (`--s3-prefix`).',
      {
        within: 'bucket',
      },
    ),
    wholeBucket: toggle(
      'Templates and artifacts stand at the top of the bucket, where `deploy` and `package` put them without a prefix.',
    ),
    upload: toggle(
      'The job puts templates and artifacts into the bucket itself, as `deploy --s3-bucket` and `package` do.',
    ),
    kmsKey: single(kmsKey, 'The KMS key that encrypts the bucket.', { anchors: ['partition', 'region'], of: 'bucket' }),
    transforms: list(cloudFormationTransform, 'Transforms of AWS that the templates name, without `AWS::`.'),
    macroFunctions: list(lambdaFunction, 'Functions behind macros of your own that the templates name.', {
      elsewhere: true,
    }),
    nestedStacks: list(
      nestedStack,
      'Logical ids of nested stacks, which the job makes itself where there is no service role.',
    ),
    parameters: list(ssmParameter, 'Parameters of Systems Manager whose values the templates take.', {
      elsewhere: true,
    }),
    stackTags: toggle('The stacks and stack sets carry tags.'),
    ...stackSetOptions,
    scope,
    ...place,
  },
  refuse: [
    {
      path: 'stacks',
      if: all(not(given('stacks')), not(given('stackSets'))),
      say: 'missing: name the stacks or `stackSets`, or set `scope` to account for all stacks',
    },
    {
      path: 'stacks',
      if: all(
        not(given('stacks')),
        given('stackSets'),
        any(
          given('serviceRole'),
          given('transforms'),
          given('macroFunctions'),
          given('nestedStacks'),
          given('parameters'),
          is('deleteStacks', true),
          is('deleteChangeSets', true),
          direct,
        ),
      ),
      say: 'missing, and `serviceRole`, `transforms`, `macroFunctions`, `nestedStacks`, `parameters`, `deleteStacks`, `deleteChangeSets` and `method` are about stacks',
    },
    ...stackSetRefusals,
    {
      path: 'method',
      if: all(is('access', 'review'), direct),
      say: '`direct` changes stacks, and a review only makes change sets: leave one out',
    },
    {
      path: 'method',
      if: all(byAction, direct),
      say: '`direct` is not what the action does: set `client` to `aws-cli`, or leave it out',
    },
    {
      path: 'deleteStacks',
      if: all(is('deleteStacks', true), not(deploys)),
      say: 'needs `access` `deploy`: set it, or leave it out',
    },
    {
      path: 'deleteChangeSets',
      if: all(is('deleteChangeSets', true), not(makesChangeSets)),
      say: 'without use: this job makes no change sets, so leave it out',
    },
    {
      path: 'serviceRole',
      if: all(reads, given('serviceRole')),
      say: 'without use where nothing is deployed: leave it out',
    },
    {
      path: 'prefixes',
      if: all(given('bucket'), not(given('prefixes')), not(whole)),
      say: 'missing, and `wholeBucket` is not set',
    },
    { path: 'prefixes', if: all(given('prefixes'), whole), say: 'and `wholeBucket` exclude each other: leave one out' },
    {
      path: 'bucket',
      if: all(not(given('bucket')), any(given('prefixes'), whole, given('kmsKey'), uploads)),
      say: 'missing, and `prefixes`, `wholeBucket`, `kmsKey` or `upload` are about one',
    },
    {
      path: 'stackTags',
      if: all(is('stackTags', true), reads),
      say: 'without use where nothing is deployed: leave it out',
    },
    {
      path: 'transforms',
      if: all(reads, any(given('transforms'), given('parameters'))),
      say: 'and `parameters` are without use where nothing is deployed: leave them out',
    },
    {
      path: 'macroFunctions',
      if: all(reads, given('macroFunctions')),
      say: 'without use where nothing is deployed: leave it out',
    },
    {
      path: 'nestedStacks',
      if: all(given('nestedStacks'), not(deploys)),
      say: 'needs `access` `deploy`: set it, or leave it out',
    },
    {
      path: 'nestedStacks',
      if: all(given('nestedStacks'), not(is('scope', 'exact'))),
      say: 'needs `scope` `exact`, since its names are patterns already: name the stacks, or leave it out',
    },
    {
      path: 'nestedStacks',
      if: all(given('nestedStacks'), given('serviceRole')),
      say: 'without use with `serviceRole`, which makes them: leave one out',
    },
  ],
  notes: [
    {
      if: all(changes, not(given('serviceRole'))),
      say: 'no `serviceRole`: CloudFormation makes the resources with the rights of the job, which then needs every permission that they need; none of these is given here, and the RoleArn of a request is not fenced, so that a stack with a role of its own goes on with that',
    },
    {
      if: all(deploys, is('scope', 'account'), not(given('serviceRole'))),
      code: 'escalation',
      say: 'with scope account and no `serviceRole`, the job may give every stack of the account and region another template, and CloudFormation changes a stack with the role that it was last given, even for who may not pass that role: name the stacks, or a role',
    },
    {
      if: all(given('serviceRole'), not(byAction)),
      say: 'every command must name the role (`--role-arn`), also delete-stack: without it the request is refused',
    },
    {
      if: all(given('serviceRole'), byAction),
      say: 'the input role-arn must name the role in every run: without it the change set is refused',
    },
    {
      if: all(byAction, deploys, given('stacks')),
      say: 'where a deployment fails, the action asks for the events of the operation by its id alone, which only `*` would allow: it is refused, and shows that instead of the reason, which the events of the stack tell',
    },
    {
      if: all(is('stackTags', true), not(reads)),
      say: 'whether AWS asks the caller for cloudformation:TagResource where a stack or a stack set gets tags is not known: it is given, and was not tried in an account',
    },
    {
      if: all(changes, not(given('serviceRole'))),
      say: 'nested stacks are made with the rights of the job: what is given for `nestedStacks` is what AWS publishes of their type, was not tried in an account, and covers no change sets of them (--include-nested-stacks); with `serviceRole`, that role makes them',
    },
    {
      if: all(direct, given('transforms')),
      say: 'whether create-stack and update-stack ask for the transform too is not known: it is given for change sets alone',
    },
    {
      if: given('macroFunctions'),
      say: 'CloudFormation calls the function of a macro with the rights of who deploys, as its user guide says: whether it does so with `serviceRole` instead where there is one, and whether it asks for the macro itself besides, is not known, and nothing is given for the latter',
    },
    ...stackSetNotes,
    { if: given('kmsKey'), say: 'the policy of the KMS key must allow the job too, by name or through the account' },
    {
      if: all(uploads, not(reads)),
      say: 'before it uploads, the AWS CLI asks whether the file is there: a refusal counts as no',
    },
  ],
  widenings: [
    'No condition tells what a template may hold: who may deploy a stack makes anything that the service role may make. `cloudformation:ResourceTypes` holds only what a request itself lists, which no client here does.',
    'ExecuteChangeSet has no condition for the role: it executes every change set of the stack, also one that somebody else made with another role.',
    'ValidateTemplate has no resource type: `validateTemplates` checks any template.',
    'With the client aws-actions, `deleteStacks` is not fenced by the role: the action names none, and CloudFormation takes the one that the stack has.',
    'No condition is known that holds the function of a macro to CloudFormation: with `macroFunctions`, the job may call it itself.',
    'Nested stacks are named after their parent and their logical id, with an end that CloudFormation makes up: `nestedStacks` also reaches stacks of others whose names begin so.',
    ...stackSetWidenings,
    bucketsOfAnyAccount,
  ],
  escalation:
    'Who has these credentials makes, changes and, with `deleteStacks`, deletes whatever the service role may, through a template of their own: the rights of that role are what limits them. They reach no other stack and hand CloudFormation no other role, but a stack that was deployed with another role keeps it where no `serviceRole` is given, and a stack set reaches whatever accounts its administration role or the organization lets it.',
  vendors,
  statements: [
    {
      sid: 'WatchStacks',
      actions: {
        'cloudformation:DescribeStacks': 'see whether the stack is there, and wait for it',
        'cloudformation:GetTemplateSummary': when(
          all(makesChangeSets, not(byAction)),
          'see which parameters the stack has before it is updated',
        ),
        'cloudformation:DescribeChangeSet': when(any(makesChangeSets, reads), 'wait for a change set, and read it'),
        'cloudformation:ExecuteChangeSet': when(all(makesChangeSets, deploys), 'carry the change set out'),
        'cloudformation:DeleteChangeSet': when(
          all(makesChangeSets, any(byAction, is('deleteChangeSets', true))),
          'delete a change set that failed, or is not wanted',
        ),
        'cloudformation:DescribeStackEvents': when(
          any(reads, all(is('readEvents', true), not(byAction))),
          'show what goes on',
        ),
        'cloudformation:DescribeEvents': when(all(is('readEvents', true), byAction), 'show what goes on'),
        'cloudformation:ListChangeSets': when(reads, 'find the change sets of a stack'),
        'cloudformation:ListStackResources': when(reads, 'see what a stack holds'),
        'cloudformation:DescribeStackResources': when(reads, 'see the resources of a stack in more detail'),
        'cloudformation:GetTemplate': when(reads, 'read the template of a stack'),
        'cloudformation:TagResource': when(all(is('stackTags', true), not(reads)), 'give a stack its tags'),
      },
      resources: [arn('stacks')],
      evidence: [
        reference('cloudformation'),
        awsCli,
        commands,
        action('updateStack'),
        vendor(
          'managed policy AWSElasticBeanstalkRoleCore, for tags',
          'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSElasticBeanstalkRoleCore.html',
        ),
      ],
    },
    {
      sid: 'ChangeStacks',
      actions: {
        'cloudformation:CreateChangeSet': when(makesChangeSets, 'say what is to be changed'),
        'cloudformation:CreateStack': when(changesDirectly, 'create a stack'),
        'cloudformation:UpdateStack': when(changesDirectly, 'update a stack'),
        'cloudformation:DeleteStack': when(all(deletes, not(byAction)), 'delete a stack'),
      },
      resources: [arn('stacks')],
      conditions: [withServiceRole],
      evidence: [reference('cloudformation'), awsCli, commands, action('updateStack'), serviceRoles],
    },
    {
      sid: 'DeleteFailedStacks',
      when: all(deletes, byAction),
      actions: { 'cloudformation:DeleteStack': 'delete a stack whose creation failed, to make it anew' },
      resources: [arn('stacks')],
      evidence: [reference('cloudformation'), action('deployStack')],
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
      when: all(makesChangeSets, given('stacks')),
      actions: {
        'cloudformation:CreateChangeSet': 'deploy a template that names the transform',
      },
      resources: [template`arn:${partition}:cloudformation:${region}:aws:transform/${text('transforms')}`],
      evidence: [reference('cloudformation'), access, refusal],
    },
    {
      sid: 'RunMacros',
      when: all(not(reads), given('stacks')),
      actions: { 'lambda:InvokeFunction': 'CloudFormation runs a macro with the rights of the caller' },
      resources: [arn('macroFunctions')],
      evidence: [
        reference('lambda'),
        source('awsdocs/aws-cloudformation-user-guide', '0f1d6a6', 'doc_source/template-macros.md'),
        vendor('CloudFormation user guide, macros', `${guide}/template-macros-author.html`),
      ],
    },
    {
      sid: 'NestedStacks',
      when: all(deploys, not(given('serviceRole'))),
      actions: {
        'cloudformation:CreateStack': 'make a nested stack',
        'cloudformation:UpdateStack': 'change a nested stack with its parent',
        'cloudformation:DeleteStack':
          'delete a nested stack that the template no longer has, or whose parent fails or goes',
        'cloudformation:DescribeStacks': 'wait for a nested stack',
      },
      resources: [
        template`arn:${partition}:cloudformation:${region}:${account}:stack/${text('stacks')}-${text('nestedStacks')}-*/*`,
      ],
      evidence: [
        reference('cloudformation'),
        serviceRoles,
        source(
          'aws-cloudformation/aws-cloudformation-resource-providers-cloudformation',
          '51ee0c8',
          'aws-cloudformation-stack/aws-cloudformation-stack.json',
          'handlers',
        ),
      ],
    },
    ...stackSetStatements,
    {
      sid: 'Templates',
      actions: {
        's3:GetObject': 'CloudFormation reads the template with the rights of the caller',
        's3:PutObject': when(uploads, 'upload templates and artifacts'),
      },
      resources: templates,
      evidence: [reference('s3'), uploader, action('run', 'src/main.ts'), bootstrap],
    },
    {
      sid: 'TemplateKey',
      actions: {
        'kms:Decrypt': 'read an encrypted template',
        'kms:GenerateDataKey': when(uploads, 'upload to the encrypted bucket'),
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjectsUnder(templates),
      evidence: [
        reference('kms'),
        bootstrap,
        vendor(
          'S3 user guide, SSE-KMS',
          'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
        ),
      ],
    },
    {
      sid: 'ReadParameters',
      actions: { 'ssm:GetParameters': 'CloudFormation reads the values with the rights of the caller' },
      resources: [arn('parameters')],
      evidence: [reference('ssm'), bootstrap],
    },
    {
      sid: 'ValidateTemplates',
      when: is('validateTemplates', true),
      actions: { 'cloudformation:ValidateTemplate': 'validate a template' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('cloudformation'), commands],
    },
  ],
});
