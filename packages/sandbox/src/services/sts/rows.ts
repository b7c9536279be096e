import { account, query, type Row } from '../row.js';

const role = `arn:aws:iam::${account}:role/deploy`;

export const rows: readonly Row[] = [
  ['GetCallerIdentity', query('GetCallerIdentity'), []],
  ['GetSessionToken', query('GetSessionToken'), []],
  [
    'AssumeRoleWithWebIdentity',
    query('AssumeRoleWithWebIdentity', { RoleArn: role, RoleSessionName: 'run', WebIdentityToken: 'x' }),
    [],
  ],
  ['AssumeRole', query('AssumeRole', { RoleArn: role, RoleSessionName: 'run' }), [`sts:AssumeRole ${role}`]],
  [
    'AssumeRole',
    query('AssumeRole', {
      RoleArn: role,
      RoleSessionName: 'run',
      'Tags.member.1.Key': 'a',
      'Tags.member.1.Value': 'b',
      SourceIdentity: 'me',
    }),
    [`sts:AssumeRole ${role}`, `sts:TagSession ${role}`, `sts:SetSourceIdentity ${role}`],
  ],
  [
    'DecodeAuthorizationMessage',
    query('DecodeAuthorizationMessage', { EncodedMessage: 'x' }),
    ['sts:DecodeAuthorizationMessage *'],
  ],
];
