import type { RuleCases } from '../../rule.js';

const open = {
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
};

export const cases: RuleCases = {
  bad: [
    { statements: [open], paths: ['Statement[0].Principal.Service'] },
    {
      statements: [
        { ...open, Principal: { AWS: '111122223333', Service: ['sns.amazonaws.com', 'events.amazonaws.com'] } },
      ],
      paths: ['Statement[0].Principal.Service'],
      says: ['`sns.amazonaws.com`, `events.amazonaws.com`'],
    },
    {
      statements: [{ ...open, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
      paths: ['Statement[0].Principal.Service'],
    },
  ],
  good: [
    [{ ...open, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:news' } } }],
    [{ ...open, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }],
    [{ ...open, Effect: 'Deny' }],
    [
      {
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Action: ['kms:Encrypt*', 'kms:Decrypt*'],
        Resource: '*',
        Condition: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111122223333:log-group:*' },
        },
      },
    ],
  ],
};
