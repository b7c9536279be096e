import { account, query, region, type Row, type ServiceRows } from '../row.js';

const arn = (resource: string) => `arn:aws:cloudformation:${region}:${account}:${resource}`;
const app = arn('stack/app/*');
const known = arn('stack/known/1234abcd-12ab-34cd-56ef-1234567890ab');
const role = `arn:aws:iam::${account}:role/deploy`;
const pass = `iam:PassRole ${role} iam:PassedToService=cloudformation.amazonaws.com`;
const changeSet = arn('changeSet/set/1234abcd-12ab-34cd-56ef-1234567890ab');
const template = '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}';
const yaml = `Transform:
  - AWS::Serverless-2016-10-31
Parameters:
  # one that Systems Manager keeps
  Version:
    Type: AWS::SSM::Parameter::Value<String>
    Default: /app/version
Resources:
  Topic:
    Type: AWS::SNS::Topic
`;

const shorten = `arn:aws:lambda:${region}:${account}:function:shorten`;
const fleet = arn('stackset/fleet:*');
const managedChecks = (name: string): string[] =>
  [
    arn('stackset/managed:*'),
    arn('stackset-target/managed:*/ou-ab12-cdef3456'),
    `arn:aws:cloudformation:${region}::type/resource/AWS-SNS-Topic`,
  ].map((resource) => `cloudformation:${name} ${resource} cloudformation:TargetRegion=eu-west-1`);

const onStackSet = (name: string): Row => [
  name,
  query(name, { StackSetName: 'fleet' }),
  [`cloudformation:${name} ${fleet}`],
];
const onStack = (name: string): Row => [name, query(name, { StackName: 'app' }), [`cloudformation:${name} ${app}`]];

export const rows: readonly Row[] = [
  ['DescribeStacks', query('DescribeStacks', { StackName: 'app' }), [`cloudformation:DescribeStacks ${app}`]],
  [
    'DescribeStacks',
    query('DescribeStacks', { StackName: 'new' }),
    [`cloudformation:DescribeStacks ${arn('stack/new/*')}`],
  ],
  ['DescribeStacks', query('DescribeStacks', { StackName: known }), [`cloudformation:DescribeStacks ${known}`]],
  ['DescribeStacks', query('DescribeStacks'), ['cloudformation:DescribeStacks *']],
  [
    'CreateChangeSet',
    query('CreateChangeSet', {
      StackName: 'app',
      ChangeSetName: 'next',
      TemplateBody: template,
      RoleARN: role,
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'web',
      'ResourceTypes.member.1': 'AWS::SNS::*',
    }),
    [
      `cloudformation:CreateChangeSet ${app} aws:RequestTag/team=web cloudformation:ChangeSetName=next cloudformation:ResourceTypes=AWS::SNS::* cloudformation:RoleArn=${role}`,
      pass,
    ],
  ],
  [
    'CreateChangeSet',
    query('CreateChangeSet', { StackName: 'app', ChangeSetName: 'next', TemplateBody: yaml }),
    [
      `cloudformation:CreateChangeSet ${app}`,
      `cloudformation:CreateChangeSet arn:aws:cloudformation:${region}:aws:transform/Serverless-2016-10-31`,
      `ssm:GetParameters arn:aws:ssm:${region}:${account}:parameter/app/version`,
    ],
  ],
  [
    'CreateStack',
    query('CreateStack', { StackName: 'new', TemplateBody: '{"Transform":["Shorten"],"Resources":{}}' }),
    [`cloudformation:CreateStack ${arn('stack/new/*')}`, `lambda:InvokeFunction ${shorten}`],
  ],
  [
    'CreateStack',
    query('CreateStack', { StackName: 'new', TemplateURL: `https://s3.${region}.amazonaws.com/templates/a/b.yaml` }),
    [
      `cloudformation:CreateStack ${arn('stack/new/*')} cloudformation:TemplateUrl=https://s3.${region}.amazonaws.com/templates/a/b.yaml`,
      's3:GetObject arn:aws:s3:::templates/a/b.yaml',
    ],
  ],
  [
    'UpdateStack',
    query('UpdateStack', {
      StackName: 'app',
      TemplateURL: 'https://templates.s3.amazonaws.com/a/b.yaml',
      'Parameters.member.1.ParameterKey': 'Version',
      'Parameters.member.1.ParameterValue': '/other',
    }),
    [`cloudformation:UpdateStack ${app}`, 's3:GetObject arn:aws:s3:::templates/a/b.yaml'],
  ],
  [
    'DeleteStack',
    query('DeleteStack', { StackName: 'app', RoleARN: role }),
    [`cloudformation:DeleteStack ${app} cloudformation:RoleArn=${role}`, pass],
  ],
  ...['RollbackStack', 'ContinueUpdateRollback'].map(onStack),
  ...['DescribeChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet'].flatMap((name): Row[] => [
    [
      name,
      query(name, { StackName: 'app', ChangeSetName: 'set' }),
      [`cloudformation:${name} ${app} cloudformation:ChangeSetName=set`],
    ],
    [name, query(name, { ChangeSetName: changeSet }), [`cloudformation:${name} ${app}`]],
  ]),
  ...[
    'DescribeStackEvents',
    'DescribeStackResources',
    'GetTemplate',
    'ListChangeSets',
    'ListStackResources',
    'SetStackPolicy',
    'UpdateTerminationProtection',
    'GetTemplateSummary',
    'DescribeEvents',
  ].map(onStack),
  [
    'DescribeStackResource',
    query('DescribeStackResource', { StackName: 'app', LogicalResourceId: 'Topic' }),
    [`cloudformation:DescribeStackResource ${app}`],
  ],
  ['DescribeEvents', query('DescribeEvents', { OperationId: '1' }), ['cloudformation:DescribeEvents *']],
  [
    'DescribeEvents',
    query('DescribeEvents', { ChangeSetName: changeSet }),
    [`cloudformation:DescribeEvents ${changeSet}`],
  ],
  [
    'GetTemplateSummary',
    query('GetTemplateSummary', { TemplateBody: template }),
    ['cloudformation:GetTemplateSummary *'],
  ],
  ['ValidateTemplate', query('ValidateTemplate', { TemplateBody: template }), ['cloudformation:ValidateTemplate *']],
  [
    'CreateStackSet',
    query('CreateStackSet', {
      StackSetName: 'fleet',
      TemplateURL: 'https://templates.s3.amazonaws.com/a/b.yaml',
      AdministrationRoleARN: role,
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'web',
    }),
    [
      `cloudformation:CreateStackSet * aws:RequestTag/team=web cloudformation:RoleArn=${role} cloudformation:TemplateUrl=https://templates.s3.amazonaws.com/a/b.yaml`,
      pass,
      's3:GetObject arn:aws:s3:::templates/a/b.yaml',
    ],
  ],
  [
    'UpdateStackSet',
    query('UpdateStackSet', { StackSetName: 'fleet', TemplateBody: template, AdministrationRoleARN: role }),
    [`cloudformation:UpdateStackSet ${fleet} cloudformation:RoleArn=${role}`, pass],
  ],
  [
    'UpdateStackSet',
    query('UpdateStackSet', {
      StackSetName: 'managed',
      TemplateBody: template,
      'DeploymentTargets.OrganizationalUnitIds.member.1': 'ou-ab12-cdef3456',
      'Regions.member.1': 'eu-west-1',
    }),
    managedChecks('UpdateStackSet'),
  ],
  ...['CreateStackInstances', 'UpdateStackInstances', 'DeleteStackInstances'].flatMap((name): Row[] => [
    [
      name,
      query(name, {
        StackSetName: 'fleet',
        'Accounts.member.1': '210987654321',
        'Regions.member.1': 'eu-west-1',
        ...(name === 'DeleteStackInstances' ? { RetainStacks: 'false' } : {}),
      }),
      [`cloudformation:${name} ${fleet} cloudformation:TargetRegion=eu-west-1`],
    ],
    [
      name,
      query(name, {
        StackSetName: 'managed:1234abcd-12ab-34cd-56ef-1234567890ab',
        'DeploymentTargets.OrganizationalUnitIds.member.1': 'ou-ab12-cdef3456',
        'Regions.member.1': 'eu-west-1',
        ...(name === 'DeleteStackInstances' ? { RetainStacks: 'false' } : {}),
      }),
      managedChecks(name),
    ],
  ]),
  ...['DeleteStackSet', 'DescribeStackSet', 'ListStackInstances', 'ListStackSetOperations'].map(onStackSet),
  ...['DescribeStackSetOperation', 'ListStackSetOperationResults'].map(
    (name): Row => [
      name,
      query(name, { StackSetName: 'fleet', OperationId: '1' }),
      [`cloudformation:${name} ${fleet}`],
    ],
  ),
  [
    'DescribeStackInstance',
    query('DescribeStackInstance', {
      StackSetName: 'fleet',
      StackInstanceAccount: '210987654321',
      StackInstanceRegion: 'eu-west-1',
    }),
    [`cloudformation:DescribeStackInstance ${fleet}`],
  ],
  ['ListStacks', query('ListStacks'), ['cloudformation:ListStacks *']],
  ['ListExports', query('ListExports'), ['cloudformation:ListExports *']],
];

// A request that names no stack is asked for every one.
export const unlikeTheReference = [
  'cloudformation:DescribeStacks',
  'cloudformation:DescribeEvents',
  'cloudformation:GetTemplateSummary',
];

export const setUp: ServiceRows['setUp'] = ({ stacks, stackSets, macros }) => {
  macros.set('Shorten', shorten);
  const deployed = { template, parameters: [], tags: [], capabilities: [] };
  const about = {
    status: 'UPDATE_COMPLETE',
    role: undefined,
    outputs: new Map(),
    resources: new Map(),
    protection: false,
    created: new Date(0),
  };
  stackSets.clear();
  for (const [name, permissions] of [
    ['fleet', 'SELF_MANAGED'],
    ['managed', 'SERVICE_MANAGED'],
  ] as const)
    stackSets.set(`${account}/${region}/${name}`, {
      name,
      id: `${name}:1234abcd-12ab-34cd-56ef-1234567890ab`,
      permissions,
      template,
      role: undefined,
      tags: [],
      instances: new Set(),
      operations: [],
    });
  stacks.clear();
  stacks.set(`${account}/${region}/app`, {
    ...about,
    name: 'app',
    id: arn('stack/app/00000000-0000-0000-0000-000000000000'),
    known: false,
    deployed,
    events: [],
    changeSets: new Map([
      [
        'set',
        {
          name: 'set',
          id: changeSet,
          kind: 'UPDATE',
          deployed,
          role: undefined,
          created: new Date(0),
          empty: false,
          executed: false,
        },
      ],
    ]),
  });
  stacks.set(`${account}/${region}/known`, {
    ...about,
    name: 'known',
    id: known,
    known: true,
    deployed,
    events: [],
    changeSets: new Map(),
  });
};

// Transforms of AWS have an account of their own, and its types none.
export const ofAnotherType = [
  ...['UpdateStackSet', 'CreateStackInstances', 'UpdateStackInstances', 'DeleteStackInstances'].map(
    (name) => `cloudformation:${name} arn:aws:cloudformation:${region}::type/resource/AWS-SNS-Topic`,
  ),
  `cloudformation:CreateChangeSet arn:aws:cloudformation:${region}:aws:transform/Serverless-2016-10-31`,
];
