import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, regionForm, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when, type Predicate } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template, text } from '../../../use-case/template.js';
import {
  unscoped,
  type ConditionTemplate,
  type Note,
  type Refusal,
  type StatementTemplate,
} from '../../../use-case/use-case.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import { cloudformationStackSet, resourceType, stackSetTarget } from '../../resources/cloudformation.js';
import { iamRole } from '../../resources/iam.js';

const reads = is('access', 'read');
const deploysSets = all(is('access', 'deploy'), given('stackSets'));
const managed = is('stackSetPermissions', 'service-managed');
const makes = is('createStackSets', true);
const changesInstances = is('stackInstances', true);
const deletes = is('deleteStackSets', true);
const needsRegions = any(changesInstances, deletes);

export const stackSetOptions = {
  stackSets: list(cloudformationStackSet, 'Stack sets the job deploys or looks at.'),
  stackSetPermissions: oneOf(
    ['self-managed', 'service-managed'],
    'Whose permissions stack sets have: those of roles of your own, or of AWS Organizations.',
    { default: 'self-managed' },
  ),
  stackSetRole: single(iamRole, 'The administration role of stack sets with self-managed permissions.'),
  stackSetTargets: list(
    stackSetTarget,
    'Accounts and organizational units of stack sets with service-managed permissions.',
  ),
  stackSetTypes: list(
    resourceType,
    'Types of resources in the templates of stack sets with service-managed permissions, with hyphens for the colons.',
  ),
  stackSetRegions: list(regionForm, 'Regions that stack instances may be in.'),
  createStackSets: toggle('Create stack sets, for which AWS knows no names.'),
  stackInstances: toggle('Create and update stack instances.'),
  deleteStackSets: toggle('Delete stack instances, and stack sets that have none.'),
} as const;

const about = any(
  managed,
  given('stackSetRole'),
  given('stackSetTargets'),
  given('stackSetTypes'),
  given('stackSetRegions'),
  makes,
  needsRegions,
);

const forManaged =
  'are for stack sets that are deployed with service-managed permissions: set `stackSetPermissions` to `service-managed` and `access` to `deploy`, or leave them out';

const withoutUse = (path: string, say: string, ...conditions: readonly Predicate[]): Refusal => ({
  path,
  if: all(given('stackSets'), ...conditions),
  say,
});

export const stackSetRefusals: readonly Refusal[] = [
  {
    path: 'stackSets',
    if: all(not(given('stackSets')), about),
    say: 'missing, and the other options of stack sets are about them',
  },
  {
    path: 'stackSets',
    if: all(given('stackSets'), is('access', 'review')),
    say: 'and `access` `review` exclude each other, since stack sets have no change sets: leave one out',
  },
  {
    path: 'access',
    if: all(given('stackSets'), reads, any(makes, needsRegions)),
    say: '`read` changes no stack sets: leave `createStackSets`, `stackInstances` and `deleteStackSets` out',
  },
  {
    path: 'stackSetRegions',
    if: all(deploysSets, needsRegions, not(given('stackSetRegions'))),
    say: 'missing: name the regions of the stack instances',
  },
  {
    path: 'stackSetTargets',
    if: all(deploysSets, managed, not(given('stackSetTargets'))),
    say: 'missing: with service-managed permissions, AWS asks for each account or organizational unit',
  },
  {
    path: 'stackSetTypes',
    if: all(deploysSets, managed, not(given('stackSetTypes'))),
    say: 'missing: with service-managed permissions, AWS asks for each type of resource in the template',
  },
  withoutUse(
    'stackSetRole',
    'is for stack sets that are deployed with self-managed permissions: leave it out',
    given('stackSetRole'),
    any(managed, reads),
  ),
  withoutUse('stackSetTargets', forManaged, given('stackSetTargets'), any(not(managed), reads)),
  withoutUse('stackSetTypes', forManaged, given('stackSetTypes'), any(not(managed), reads)),
  withoutUse(
    'stackSetRegions',
    'are for stack instances: set `stackInstances` or `deleteStackSets`, or leave them out',
    given('stackSetRegions'),
    not(needsRegions),
  ),
];

export const stackSetNotes: readonly Note[] = [
  {
    if: all(deploysSets, not(managed), not(given('stackSetRole'))),
    say: 'no `stackSetRole`: the stack sets use the role AWSCloudFormationStackSetAdministrationRole, or one that was named before, and the RoleArn of a request is not fenced',
  },
  {
    if: all(deploysSets, given('stackSetRole')),
    say: 'create-stack-set and update-stack-set must name the role (`--administration-role-arn`): without it the request is refused; AWS besides gives iam:GetRole in its example, for which no call of the client was found, and which is not given',
  },
  {
    if: all(deploysSets, not(managed)),
    say: 'with self-managed permissions it is the administration role that says which accounts stack instances may be in: AWS tells of resources for targets and types only with service-managed ones, and whether it asks for them here was not tried in an account',
  },
  {
    if: all(deploysSets, managed),
    say: 'what a delegated administrator of the organization needs besides, and which account its stack sets are in, is not known in full, and is not given: the policy is for the management account',
  },
  {
    if: all(deploysSets, managed),
    say: 'the ARNs of targets have the region of the stack set, as the service reference writes them: AWS also published some without a region and some with any, and which one it asks for was not tried in an account; types of AWS have no account, which a star stands for, since AWS publishes them with one too',
  },
  {
    if: deploysSets,
    say: 'what AWS asks the caller for transforms and macros in templates of stack sets is not known, and is not given',
  },
];

export const stackSetWidenings: readonly string[] = [
  'CreateStackSet has no resource type: `createStackSets` makes stack sets of any name, though stack instances only of those that are named.',
  'CreateStackInstances, UpdateStackInstances and DeleteStackInstances have no condition for the role: they use the one that the stack set was given last, also by somebody else.',
  'With self-managed permissions, no condition tells the target accounts: the trust policies of the execution roles do.',
];

const commands = source('aws/aws-cli', '2.36.7', 'awscli/botocore/data/cloudformation/2010-05-15/service-2.json');
const guide = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const selfManaged = vendor(
  'CloudFormation user guide, self-managed permissions',
  `${guide}/stacksets-prereqs-self-managed.html`,
);
const examples = vendor(
  'CloudFormation user guide, stack set operations by region and resource types',
  `${guide}/security_iam_id-based-policy-examples.html`,
);

const withRole: ConditionTemplate = {
  operator: 'ArnEquals',
  key: 'cloudformation:RoleArn',
  values: [arn('stackSetRole')],
  when: given('stackSetRole'),
  reason: 'only with this role, which decides what the stack set reaches',
};

const deployed = [
  arn('stackSets'),
  template`arn:${partition}:cloudformation:${region}:${account}:stackset-target/${text('stackSets')}:*/${text('stackSetTargets')}`,
  template`arn:${partition}:cloudformation:${region}:*:type/resource/${text('stackSetTypes')}`,
];

export const stackSetStatements: readonly StatementTemplate[] = [
  {
    sid: 'WatchStackSets',
    actions: {
      'cloudformation:DescribeStackSet': 'see whether the stack set is there',
      'cloudformation:DescribeStackSetOperation': 'wait for an operation',
      'cloudformation:ListStackSetOperationResults': when(
        any(reads, is('readEvents', true)),
        'see which stack instances failed, and why',
      ),
      'cloudformation:ListStackSetOperations': when(reads, 'find the operations of a stack set'),
      'cloudformation:ListStackInstances': when(reads, 'see where a stack set is deployed'),
      'cloudformation:DescribeStackInstance': when(reads, 'see one stack instance in more detail'),
      'cloudformation:DeleteStackSet': when(all(deploysSets, deletes), 'delete a stack set that has no instances'),
      'cloudformation:TagResource': when(all(deploysSets, is('stackTags', true)), 'give a stack set its tags'),
    },
    resources: [arn('stackSets')],
    evidence: [reference('cloudformation'), commands],
  },
  {
    sid: 'CreateStackSets',
    when: all(deploysSets, makes),
    actions: { 'cloudformation:CreateStackSet': 'create a stack set' },
    resources: unscoped('the action has no resource type'),
    conditions: [withRole],
    evidence: [reference('cloudformation'), commands, selfManaged],
  },
  {
    sid: 'UpdateStackSets',
    when: deploysSets,
    actions: { 'cloudformation:UpdateStackSet': 'give a stack set another template' },
    resources: deployed,
    conditions: [withRole],
    evidence: [reference('cloudformation'), commands, selfManaged, examples],
  },
  {
    sid: 'ChangeStackInstances',
    when: deploysSets,
    actions: {
      'cloudformation:CreateStackInstances': when(changesInstances, 'deploy to accounts and regions'),
      'cloudformation:UpdateStackInstances': when(
        changesInstances,
        'deploy to accounts and regions again, with other values',
      ),
      'cloudformation:DeleteStackInstances': when(deletes, 'take stacks away from accounts and regions'),
    },
    resources: deployed,
    conditions: [
      {
        operator: 'ForAllValues:StringEquals',
        key: 'cloudformation:TargetRegion',
        values: [text('stackSetRegions')],
        reason: 'only in these regions',
      },
      {
        operator: 'Null',
        key: 'cloudformation:TargetRegion',
        values: ['false'],
        reason: 'ForAllValues is true for a request without any region, so the key must be there',
      },
    ],
    evidence: [reference('cloudformation'), commands, examples],
  },
  {
    sid: 'PassAdministrationRole',
    when: deploysSets,
    actions: { 'iam:PassRole': 'hand the administration role to CloudFormation' },
    resources: [arn('stackSetRole')],
    conditions: [onlyPassedTo('cloudformation.amazonaws.com', 'CloudFormation')],
    evidence: [reference('iam'), selfManaged],
  },
];
