import { account, json, region, type Row, type ServiceRows } from '../row.js';

const group = `arn:aws:logs:${region}:${account}:log-group:/ecs/web`;

export const rows: readonly Row[] = [
  [
    'FilterLogEvents',
    json('FilterLogEvents', { logGroupName: '/ecs/web' }),
    [`logs:FilterLogEvents ${group}`, `logs:FilterLogEvents ${group}:log-stream:`],
  ],
  [
    'FilterLogEvents',
    json('FilterLogEvents', { logGroupIdentifier: `${group}:*`, logStreamNames: ['web/app/1'] }),
    [`logs:FilterLogEvents ${group}`, `logs:FilterLogEvents ${group}:log-stream:`],
  ],
  [
    'GetLogEvents',
    json('GetLogEvents', { logGroupName: '/ecs/web', logStreamName: 'web/app/1' }),
    [`logs:GetLogEvents ${group}:log-stream:web/app/1`],
  ],
  [
    'StartLiveTail',
    json('StartLiveTail', { logGroupIdentifiers: [group] }),
    [`logs:StartLiveTail ${group}`, `logs:StartLiveTail ${group}:log-stream:`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ logGroups }) => {
  logGroups.set('/ecs/web', new Map([['web/app/1', ['migrated']]]));
};

// Live refusals of FilterLogEvents also name the group with an empty stream; those of StartLiveTail were not seen.
export const unlikeTheReference = ['logs:FilterLogEvents', 'logs:StartLiveTail'];
