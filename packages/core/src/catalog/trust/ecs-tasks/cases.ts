import { defineRefused } from '../../cases.js';
import { defineTokens } from '../../tokens.js';
import { ecsTasksTrust } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const task = 'arn:aws:ecs:eu-west-1:123456789012:task/runners/0a1b2c3d';

export const samples = defineTokens(ecsTasksTrust, [
  {
    name: 'default',
    options: place,
    token: {
      principal: { Service: 'ecs-tasks.amazonaws.com' },
      context: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': task },
    },
    honest: [
      { why: 'a task of the account' },
      { change: { 'aws:SourceArn': 'arn:aws:ecs:eu-west-1:123456789012:*' }, why: 'a task, of which ECS says no more' },
    ],
    hostile: [
      { change: { 'aws:SourceAccount': '999999999999' }, why: 'ECS, asked by another account' },
      { change: { 'aws:SourceAccount': null }, why: 'ECS that does not say for which account' },
      { change: { 'aws:SourceArn': task.replace('123456789012', '999999999999') }, why: 'a task of another account' },
      { change: { 'aws:SourceArn': task.replace('eu-west-1', 'us-east-1') }, why: 'a task in another region' },
      { change: { 'aws:SourceArn': null }, why: 'ECS that does not say for which task' },
      { principal: { Service: 'ec2.amazonaws.com' }, why: 'another service' },
      { principal: { AWS: 'arn:aws:iam::123456789012:role/deploy' }, why: 'a role of the account' },
      { actions: ['sts:AssumeRole', 'sts:TagSession'], why: 'a session with tags' },
    ],
    alike: [
      {
        change: { 'aws:SourceArn': task.replace('runners', 'web') },
        why: 'a task of another cluster that was given the role',
      },
    ],
  },
]);

export const refused = defineRefused(ecsTasksTrust, [
  { name: 'no region', options: { account: '123456789012' }, says: /^region: missing: for example/ },
  { name: 'a wildcard for the account', options: { ...place, account: '*' }, says: /^account: .*12 digits/ },
  {
    name: 'a partition of another region',
    options: { ...place, partition: 'aws-cn' },
    says: /^partition: the region `eu-west-1` is in `aws`/,
  },
]);
