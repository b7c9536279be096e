import type { RuleCases } from '../../rule.js';

const queue = { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs' };
const open = { Effect: 'Allow', Principal: '*', ...queue };

export const cases: RuleCases = {
  bad: [
    { statements: [open], paths: ['Statement[0].Principal'] },
    { statements: [{ ...open, Principal: { AWS: '*' } }], paths: ['Statement[0].Principal'] },
    { statements: [{ ...open, Principal: { AWS: ['111122223333', '*'] } }], paths: ['Statement[0].Principal'] },
    // None of these says who calls.
    {
      statements: [{ ...open, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
      paths: ['Statement[0].Principal'],
      says: ['no condition names the callers'],
    },
    {
      statements: [{ ...open, Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } } }],
      paths: ['Statement[0].Principal'],
    },
    {
      statements: [{ ...open, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } } }],
      paths: ['Statement[0].Principal'],
    },
    {
      statements: [{ ...open, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }],
      paths: ['Statement[0].Principal'],
    },
    {
      statements: [{ ...open, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }],
      paths: ['Statement[0].Principal'],
    },
    {
      statements: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' }],
      paths: ['Statement[0].Principal'],
      levels: ['warning'],
    },
    {
      statements: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::site/*' }],
      paths: ['Statement[0].Principal'],
      levels: ['error'],
    },
  ],
  good: [
    [{ ...open, Principal: { AWS: '444455556666' } }],
    [{ ...open, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }],
    // What SNS writes into a new topic.
    [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:Publish', 'SNS:Subscribe'],
        Resource: 'arn:aws:sns:eu-west-1:111122223333:news',
        Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
      },
    ],
    [
      open,
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      },
    ],
    [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::site', 'arn:aws:s3:::site/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
    [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }],
  ],
};
