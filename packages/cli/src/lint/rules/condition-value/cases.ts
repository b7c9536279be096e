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
          IpAddress: { 'aws:SourceIp': ['203.0.113.0/33', '203.0.113.0/24', '203.0.113'] },
          DateLessThan: { 'aws:CurrentTime': 'tomorrow' },
          NumericLessThan: { 's3:max-keys': 'ten' },
          Bool: { 'aws:SecureTransport': 'yes' },
          Null: { 'aws:TagKeys': 'null' },
          ArnLike: { 'aws:PrincipalArn': ['role/x', 'arn:aws:iam::123456789012'] },
        }),
      ],
      paths: [
        `${where}.IpAddress.aws:SourceIp[0]`,
        `${where}.IpAddress.aws:SourceIp[2]`,
        `${where}.DateLessThan.aws:CurrentTime[0]`,
        `${where}.NumericLessThan.s3:max-keys[0]`,
        `${where}.Bool.aws:SecureTransport[0]`,
        `${where}.Null.aws:TagKeys[0]`,
        `${where}.ArnLike.aws:PrincipalArn[0]`,
        `${where}.ArnLike.aws:PrincipalArn[1]`,
      ],
      levels: Array.from({ length: 8 }, () => 'error' as const),
    },
    {
      statements: [
        allow({
          StringEquals: {
            'aws:SourceAccount': ['12345', '123456789012'],
            'aws:RequestedRegion': 'eu-wst-1',
            'iam:PassedToService': ['lambda', 'ecs-task.amazonaws.com'],
            'aws:SourceVpc': 'vpce-1a2b3c4d',
            'aws:ResourceTag/x': 'null',
          },
        }),
      ],
      paths: [
        `${where}.StringEquals.aws:SourceAccount[0]`,
        `${where}.StringEquals.aws:RequestedRegion[0]`,
        `${where}.StringEquals.iam:PassedToService[0]`,
        `${where}.StringEquals.iam:PassedToService[1]`,
        `${where}.StringEquals.aws:SourceVpc[0]`,
        `${where}.StringEquals.aws:ResourceTag/x[0]`,
      ],
      levels: ['error', 'error', 'error', 'warning', 'error', 'warning'],
      says: ['12 digits', '`eu-west-1`', '`lambda.amazonaws.com`', '`ecs-tasks.amazonaws.com`', 'vpc-', '`Null`'],
    },
    {
      statements: [
        allow({
          Bool: { 'aws:SecureTransport': ['true', 'false'] },
          DateLessThan: { 'aws:CurrentTime': '1767225600' },
        }),
      ],
      paths: [`${where}.Bool.aws:SecureTransport`, `${where}.DateLessThan.aws:CurrentTime[0]`],
      levels: ['error', 'note'],
    },
    {
      statements: [
        allow({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
        allow({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } }),
        allow({ NotIpAddress: { 'aws:SourceIp': ['192.168.1.1', 'fd00::/8'] } }),
        allow({ IpAddress: { 'aws:SourceIp': '203.0.113.7/24' } }),
      ],
      paths: [0, 1, 2, 3].map((index) =>
        index === 3
          ? `Statement[3].Condition.IpAddress.aws:SourceIp[0]`
          : `Statement[${index}].Condition.${index === 2 ? 'Not' : ''}IpAddress.aws:SourceIp`,
      ),
      levels: ['error', 'warning', 'error', 'note'],
    },
  ],
  good: [
    [
      allow({
        IpAddress: { 'aws:SourceIp': ['203.0.113.7', '2001:db8::/32'], 'aws:VpcSourceIp': '10.0.0.0/8' },
        DateGreaterThan: { 'aws:CurrentTime': ['2026-01-31T00:00:00Z', '2026'] },
        NumericEquals: { 's3:max-keys': '10' },
        Bool: { 'aws:SecureTransport': 'True' },
        ArnLike: { 'aws:PrincipalArn': ['*', 'arn:aws:iam::*:role/x'], 'aws:SourceArn': 'arn:aws:s3:::b' },
        StringLike: { 'aws:SourceAccount': '1234567890*', 'iam:PassedToService': '*.amazonaws.com' },
        StringEquals: {
          'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'lambda.amazonaws.com', 'cloudformation.amazonaws.com'],
          'aws:PrincipalAccount': '${aws:ResourceAccount}',
          'aws:PrincipalOrgID': 'o-abc123',
        },
      }),
    ],
  ],
};
