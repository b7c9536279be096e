import { account, json, region, type Row, type ServiceRows } from '../row.js';

const rule = `arn:aws:events:${region}:${account}:rule/nightly`;
const role = `arn:aws:iam::${account}:role/ecsEventsRole`;
const cluster = `arn:aws:ecs:${region}:${account}:cluster/production`;
const creator = `events:creatorAccount=${account}`;

export const rows: readonly Row[] = [
  [
    'PutRule',
    json('PutRule', { Name: 'nightly', ScheduleExpression: 'rate(1 day)', Tags: [{ Key: 'a', Value: 'b' }] }),
    [`events:PutRule ${rule} ${creator}`, `events:TagResource ${rule} aws:RequestTag/a=b ${creator}`],
  ],
  [
    'PutTargets',
    json('PutTargets', { Rule: 'nightly', Targets: [{ Id: '1', Arn: cluster, RoleArn: role }] }),
    [
      `events:PutTargets ${rule} events:TargetArn=${cluster} ${creator}`,
      `iam:PassRole ${role} iam:PassedToService=events.amazonaws.com`,
    ],
  ],
  ...(['DescribeRule', 'DeleteRule', 'EnableRule', 'DisableRule'] as const).map(
    (name): Row => [name, json(name, { Name: 'nightly' }), [`events:${name} ${rule} ${creator}`]],
  ),
  [
    'ListTargetsByRule',
    json('ListTargetsByRule', { Rule: 'nightly' }),
    [`events:ListTargetsByRule ${rule} ${creator}`],
  ],
  [
    'RemoveTargets',
    json('RemoveTargets', { Rule: 'nightly', Ids: ['1'] }),
    [`events:RemoveTargets ${rule} ${creator}`],
  ],
  ['ListRules', json('ListRules', {}), ['events:ListRules *']],
  [
    'TagResource',
    json('TagResource', { ResourceARN: rule, Tags: [{ Key: 'a', Value: 'b' }] }),
    [`events:TagResource ${rule} aws:RequestTag/a=b`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ eventRules }) => {
  eventRules.set('nightly', { name: 'nightly', schedule: 'rate(1 day)', isEnabled: true, targets: new Map() });
};
