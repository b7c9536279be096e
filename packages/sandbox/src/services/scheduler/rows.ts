import { account, region, rest, type Row, type ServiceRows } from '../row.js';

const schedule = (id: string) => `arn:aws:scheduler:${region}:${account}:schedule/${id}`;
const role = `arn:aws:iam::${account}:role/scheduler`;
const body = (more: object) =>
  JSON.stringify({
    ScheduleExpression: 'rate(1 day)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: `arn:aws:ecs:${region}:${account}:cluster/production`, RoleArn: role },
    ...more,
  });
const type = { 'content-type': 'application/json' };
const pass = `iam:PassRole ${role} iam:PassedToService=scheduler.amazonaws.com`;

export const rows: readonly Row[] = [
  [
    'CreateSchedule',
    rest('POST', '/schedules/weekly', type, body({ GroupName: 'jobs' })),
    [`scheduler:CreateSchedule ${schedule('jobs/weekly')}`, pass],
  ],
  [
    'UpdateSchedule',
    rest('PUT', '/schedules/nightly', type, body({})),
    [`scheduler:UpdateSchedule ${schedule('default/nightly')}`, pass],
  ],
  ['GetSchedule', rest('GET', '/schedules/nightly'), [`scheduler:GetSchedule ${schedule('default/nightly')}`]],
  [
    'GetSchedule',
    rest('GET', '/schedules/nightly?groupName=jobs'),
    [`scheduler:GetSchedule ${schedule('jobs/nightly')}`],
  ],
  ['ListSchedules', rest('GET', '/schedules'), ['scheduler:ListSchedules *']],
  [
    'DeleteSchedule',
    rest('DELETE', '/schedules/nightly?clientToken=a'),
    [`scheduler:DeleteSchedule ${schedule('default/nightly')}`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ schedules }) => {
  for (const id of ['default/nightly', 'jobs/nightly']) schedules.set(id, { State: 'ENABLED' });
};
