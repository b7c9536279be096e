import type { RuleCases } from '../../rule.js';

const allow = (Condition: object) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  Condition,
});
const where = 'Statement[0].Condition';

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow({
          StringEquals: {
            'aws:SourceIp': '203.0.113.0/24',
            'aws:SecureTransport': 'true',
            'aws:SourceArn': 'arn:aws:s3:::b',
          },
          StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/*', 'aws:CurrentTime': '2026*' },
          NumericEquals: { 'aws:PrincipalAccount': '123456789012' },
        }),
      ],
      paths: [
        `${where}.StringEquals.aws:SourceIp`,
        `${where}.StringEquals.aws:SecureTransport`,
        `${where}.StringEquals.aws:SourceArn`,
        `${where}.StringLike.aws:PrincipalArn`,
        `${where}.StringLike.aws:CurrentTime`,
        `${where}.NumericEquals.aws:PrincipalAccount`,
      ],
      levels: ['warning', 'note', 'note', 'warning', 'warning', 'warning'],
      says: ['`IpAddress`', '`Bool`', '`ArnLike`', '`ArnLike`', '`DateEquals`', 'String operator'],
    },
  ],
  good: [
    [
      allow({
        IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b', 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::b/*' },
        StringLike: { 'aws:PrincipalTag/x': 'y*', 'aws:PrincipalArn': '*' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600', 'aws:EpochTime': '1767225600' },
        Null: { 'aws:SourceArn': 'false' },
        'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a', 'unknown:key': 'x' },
      }),
    ],
  ],
};
