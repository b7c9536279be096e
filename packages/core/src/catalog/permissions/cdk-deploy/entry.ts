import { reference, source, vendor } from '../../../use-case/evidence.js';
import { accountForm, list, oneOf, place, regionForm, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when, type Predicate } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template, text, type Slot } from '../../../use-case/template.js';
import { defineUseCase, type StatementTemplate } from '../../../use-case/use-case.js';
import { onlySessionTags } from '../../conditions/session-tags.js';
import { cdkQualifier, sessionTagKey } from '../../resources/cdk.js';
import { cloudformationStack } from '../../resources/cloudformation.js';
import { iamRole } from '../../resources/iam.js';
import { lambdaFunction } from '../../resources/lambda.js';
import { vendors } from './vendor.js';

const usual = not(given('assumeRoles'));
const deploys = is('mode', 'deploy');
const hotswaps = all(deploys, given('hotswapFunctions'));

const toolkit = (file: string, where?: string) =>
  source('aws/aws-cdk-cli', '7ff50e7', `packages/@aws-cdk/toolkit-lib/lib/api/${file}`, where);
const assuming = toolkit('aws-auth/sdk-provider.ts', 'forEnvironment');
const publishing = toolkit('deployments/asset-publishing.ts');
const environments = toolkit('environment/environment-access.ts');
const lookups = toolkit('aws-auth/sdk-provider.ts', 'initContextProviderSdk');
const hotswapping = toolkit('hotswap/hotswap-deployments.ts', 'hotswapDeployment');
const hotswapLambda = toolkit('hotswap/lambda-functions.ts');
const bootstrap = source('aws/aws-cdk-cli', '7ff50e7', 'packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');
const sessionTags = vendor(
  'IAM user guide, session tags',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
);

/** A role of the bootstrap stack, in each account and region that is deployed to. */
function roles(role: string): StatementTemplate['resources'] {
  const named = (where: Slot, which: Slot) =>
    template`arn:${partition}:iam::${where}:role/cdk-${text('qualifier')}-${[role]}-role-${where}-${which}`;
  const here = not(given('targetAccounts'));
  const thisRegion = not(given('targetRegions'));
  return [
    when(all(here, thisRegion), named(account, region)),
    when(here, named(account, text('targetRegions'))),
    when(thisRegion, named(text('targetAccounts'), region)),
    named(text('targetAccounts'), text('targetRegions')),
  ];
}

/** Session tags are set by the app for each role of its own, and are an action besides. */
function assume(
  sid: string,
  reason: string,
  applies: Predicate,
  resources: StatementTemplate['resources'],
  evidence: StatementTemplate['evidence'],
): StatementTemplate[] {
  return [
    { sid, when: applies, actions: { 'sts:AssumeRole': reason }, resources, evidence: [reference('sts'), ...evidence] },
    {
      sid: sid.replace('Assume', 'Tag'),
      when: applies,
      actions: { 'sts:TagSession': 'set the session tags that the app asks for' },
      resources,
      conditions: onlySessionTags([text('sessionTags')]),
      evidence: [reference('sts'), assuming, sessionTags],
    },
  ];
}

export const cdkDeploy = defineUseCase({
  id: 'cdk-deploy',
  title: 'Deploy with the AWS CDK',
  summary: 'Runs `cdk deploy`, `cdk diff` or `cdk destroy` by assuming the roles of the bootstrap stack.',
  excludes:
    'Does not allow what the roles of the bootstrap stack do, does not bootstrap, and does not find drift: those take the credentials of who asks.',
  options: {
    mode: oneOf(
      ['deploy', 'diff', 'diff-template', 'destroy'],
      'Which command runs: deploy covers destroy too; diff makes a change set, diff-template is `cdk diff --method=template`.',
      { default: 'deploy' },
    ),
    qualifier: single(cdkQualifier, 'The qualifier of the bootstrap stack.', { default: 'hnb659fds' }),
    targetAccounts: list(accountForm, 'The accounts deployed to, instead of the single one.'),
    targetRegions: list(regionForm, 'The regions deployed to, instead of the single one.'),
    imageAssets: toggle('The app has image assets: Docker images that the CDK builds and pushes.'),
    lookups: toggle(
      'Assume the lookup role, when the app looks values up and when `cdk deploy` compares before it asks; not needed with --require-approval never and no lookups.',
      { default: true },
    ),
    assumeRoles: list(
      iamRole,
      'Roles of a customized bootstrap stack whose names are not the usual ones, instead of all the others.',
      { elsewhere: true },
    ),
    sessionTags: list(sessionTagKey, 'Keys of the session tags that the app sets with assumeRoleAdditionalOptions.'),
    hotswapStacks: list(cloudformationStack, 'Development stacks that --hotswap updates past CloudFormation.'),
    hotswapFunctions: list(lambdaFunction, 'Lambda functions of the development stacks whose code --hotswap swaps.'),
    hotswapVersions: toggle('The functions have versions and aliases, which are moved too.'),
    ...place,
  },
  refuse: [
    {
      path: 'hotswapStacks',
      if: all(given('hotswapFunctions'), not(given('hotswapStacks'))),
      say: 'missing: name the stacks of `hotswapFunctions`',
    },
    {
      path: 'hotswapFunctions',
      if: all(given('hotswapStacks'), not(given('hotswapFunctions'))),
      say: 'missing: name the functions of `hotswapStacks`',
    },
  ],
  notes: [
    {
      if: all(deploys, usual),
      say: 'the deploy role passes the execution role cdk-QUALIFIER-cfn-exec-role to CloudFormation, which is an administrator unless the account was bootstrapped with --cloudformation-execution-policies or a permissions boundary: that is where to close it',
    },
    {
      if: usual,
      say: 'where the job runs in another account than a target, the target must be bootstrapped with --trust and the account of the job, and with --trust-for-lookup where it only looks',
    },
    {
      if: all(usual, any(is('lookups', true), is('mode', 'diff', 'diff-template'))),
      say: 'the lookup role of the bootstrap template has the managed policy ReadOnlyAccess: whoever may assume it reads nearly everything in the account, though no secret that KMS must decrypt',
    },
    {
      if: is('mode', 'diff'),
      say: '`cdk diff` makes a change set with the deploy role, and is not read-only: for pull requests take `mode` `diff-template`, which assumes the lookup role alone',
    },
    {
      if: all(deploys, not(is('lookups', true)), usual),
      say: 'without the lookup role, `cdk deploy` runs with --require-approval never, or fails',
    },
    {
      if: usual,
      say: 'a role that cannot be assumed is no error at once in the account of the job: the CDK goes on with the credentials of the job, and what it then says it may not do is what the role would have done',
    },
    {
      if: given('assumeRoles'),
      say: 'name in `assumeRoles` each role that the command assumes, and never the execution role; `targetAccounts`, `targetRegions`, `imageAssets` and `lookups` have no effect',
    },
    {
      if: given('hotswapFunctions'),
      say: '--hotswap acts with the credentials of the job and leaves the stack drifted: it is for development; of what it swaps, only Lambda functions packaged as zip are given here, and ECS services are what `ecs-service-deployment` gives',
    },
    {
      if: all(not(deploys), any(is('imageAssets', true), given('hotswapFunctions'))),
      say: '`imageAssets`, `hotswapStacks` and `hotswapFunctions` have no effect unless `mode` is deploy',
    },
    {
      if: all(is('hotswapVersions', true), not(given('hotswapFunctions'))),
      say: '`hotswapVersions` has no effect without `hotswapFunctions`',
    },
  ],
  widenings: [
    'The roles of the bootstrap template are wider than a deployment needs: `cdk-bootstrap-roles` has policies for them that are not.',
    'A qualifier is shared by every app of an account and region: whoever may assume its deploy role may deploy and delete all their stacks. A bootstrap stack of its own for each team, with another qualifier, keeps them apart.',
    'With `hotswapFunctions` the job reads every asset in the bucket of the bootstrap stack, since the keys are hashes that nobody knows before.',
  ],
  escalation:
    'Who has these credentials deploys any template through the deploy role, and so does whatever the execution role may, which is everything in the target accounts unless their bootstrap says otherwise. With `mode` `diff-template` they only read what the lookup role reads, which is nearly everything but secrets.',
  vendors,
  statements: [
    ...assume(
      'AssumeDeployRole',
      'assume the role that makes, changes and deletes the stacks',
      all(usual, not(is('mode', 'diff-template'))),
      roles('deploy'),
      [assuming, environments, bootstrap],
    ),
    ...assume(
      'AssumeFilePublishingRole',
      'assume the role that uploads templates and file assets',
      all(usual, is('mode', 'deploy', 'diff')),
      roles('file-publishing'),
      [assuming, publishing, bootstrap],
    ),
    ...assume(
      'AssumeImagePublishingRole',
      'assume the role that pushes image assets',
      all(usual, deploys, is('imageAssets', true)),
      roles('image-publishing'),
      [assuming, publishing, bootstrap],
    ),
    ...assume(
      'AssumeLookupRole',
      'assume the role that looks values up, and compares with what is deployed',
      all(usual, any(is('lookups', true), is('mode', 'diff', 'diff-template'))),
      roles('lookup'),
      [assuming, environments, lookups, bootstrap],
    ),
    ...assume(
      'AssumeNamedRoles',
      'assume the roles of a customized bootstrap stack',
      given('assumeRoles'),
      [arn('assumeRoles')],
      [assuming, publishing, environments],
    ),
    {
      sid: 'ReadHotswapStacks',
      when: hotswaps,
      actions: {
        'cloudformation:DescribeStacks': 'look at the stack that is deployed',
        'cloudformation:GetTemplate': 'compare the template with the one that is deployed',
        'cloudformation:ListStackResources': 'find the functions whose names CloudFormation made up',
      },
      resources: [arn('hotswapStacks')],
      evidence: [reference('cloudformation'), hotswapping],
    },
    {
      sid: 'SwapFunctions',
      when: hotswaps,
      actions: {
        'lambda:UpdateFunctionCode': 'put the new code into the function',
        'lambda:UpdateFunctionConfiguration': 'change the description and the environment of a function',
        'lambda:GetFunction': 'wait until the change is done',
        'lambda:PublishVersion': when(is('hotswapVersions', true), 'make a version of the new code'),
        'lambda:UpdateAlias': when(is('hotswapVersions', true), 'point the alias to the new version'),
      },
      resources: [arn('hotswapFunctions')],
      evidence: [reference('lambda'), hotswapLambda],
    },
    {
      sid: 'ReadHotswapAssets',
      when: hotswaps,
      actions: { 's3:GetObject': 'let Lambda read the new code, which it does with the rights of who asks' },
      resources: [template`arn:${partition}:s3:::cdk-${text('qualifier')}-assets-${account}-${region}/*`],
      evidence: [
        reference('s3'),
        hotswapLambda,
        vendor('Lambda API, FunctionCode', 'https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html'),
      ],
    },
  ],
});
