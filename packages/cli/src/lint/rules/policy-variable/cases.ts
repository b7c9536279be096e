import type { RuleCases } from '../../rule.js';

const home = (name: string) => `arn:aws:s3:::b/${name}/*`;
const allow = (Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource,
  ...more,
});
const at = (count: number) => Array.from({ length: count }, (_, index) => `Statement[0].Resource[${index}]`);

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow([
          home('${aws:username'),
          home('${}'),
          home('${aws:usrname}'),
          home('${aws: username}'),
          home('${aws:username, nobody}'),
          home('${aws:TagKeys}'),
          home('${AWS::AccountId}'),
          home('${var.bucket}'),
        ]),
      ],
      paths: at(8),
      levels: Array.from({ length: 8 }, () => 'error' as const),
    },
    {
      statements: [
        allow(home('x'), {
          Condition: {
            NumericLessThan: { 'aws:MultiFactorAuthAge': '${aws:PrincipalTag/age}' },
            IpAddress: { 'aws:SourceIp': '${aws:PrincipalTag/net}' },
            StringEquals: { 'aws:ResourceTag/x': '${aws:username' },
          },
        }),
      ],
      paths: [
        'Statement[0].Condition.NumericLessThan.aws:MultiFactorAuthAge[0]',
        'Statement[0].Condition.IpAddress.aws:SourceIp[0]',
        'Statement[0].Condition.StringEquals.aws:ResourceTag/x[0]',
      ],
    },
  ],
  good: [
    [
      allow(
        [home('${aws:username}'), home("${aws:PrincipalTag/team, 'none'}"), home('${*}${?}${$}'), home('${saml:sub}')],
        {
          Condition: {
            StringEquals: { 'aws:ResourceTag/x': '${aws:PrincipalTag/x}' },
            Bool: { 'aws:SecureTransport': '${aws:PrincipalTag/t}' },
          },
        },
      ),
    ],
  ],
};
