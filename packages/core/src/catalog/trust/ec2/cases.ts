import { defineTokens } from '../../tokens.js';
import { ec2Trust } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const instance = 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b2c3d4e5f67890';
const caller = {
  principal: { Service: 'ec2.amazonaws.com' },
  context: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': instance },
};

export const samples = defineTokens(ec2Trust, [
  {
    name: 'default',
    options: place,
    token: caller,
    honest: [
      { why: 'an instance of the account' },
      {
        change: { 'aws:SourceArn': 'arn:aws:ec2:eu-west-1:123456789012:instance/i-00000000000000001' },
        why: 'another one',
      },
    ],
    hostile: [
      { change: { 'aws:SourceAccount': '999999999999' }, why: 'EC2, asked by another account' },
      { change: { 'aws:SourceAccount': null }, why: 'EC2 that does not say for which account' },
      {
        change: { 'aws:SourceArn': 'arn:aws:ec2:eu-west-1:999999999999:instance/i-0a1b2c3d4e5f67890' },
        why: 'an instance of another account',
      },
      {
        change: { 'aws:SourceArn': 'arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890' },
        why: 'an instance in another region',
      },
      {
        change: { 'aws:SourceArn': 'arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/fl-1' },
        why: 'something else that EC2 has',
      },
      { principal: { Service: 'ecs-tasks.amazonaws.com' }, why: 'another service' },
      { principal: { AWS: 'arn:aws:iam::123456789012:role/deploy' }, why: 'a role of the account' },
      { principal: 'anonymous', why: 'somebody without credentials' },
    ],
    alike: [{ why: 'another job on the same instance' }],
  },
  {
    name: 'one-instance',
    options: { instances: ['i-0a1b2c3d4e5f67890'], ...place },
    token: caller,
    honest: [{ why: 'the instance' }],
    hostile: [
      {
        change: { 'aws:SourceArn': 'arn:aws:ec2:eu-west-1:123456789012:instance/i-00000000000000001' },
        why: 'another instance of the account',
      },
    ],
  },
  {
    name: 'service-alone',
    options: { sourceConditions: false, ...place },
    token: { ...caller, context: {} },
    honest: [{ why: 'EC2 that says nothing of the instance' }],
    hostile: [{ principal: { Service: 'lambda.amazonaws.com' }, why: 'another service' }],
  },
]);
