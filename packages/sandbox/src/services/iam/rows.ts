import { account, query, type Row } from '../row.js';

const role = `arn:aws:iam::${account}:role/deploy`;

export const rows: readonly Row[] = [
  ['GetUser', query('GetUser', { UserName: 'you' }), [`iam:GetUser arn:aws:iam::${account}:user/you`]],
  ['GetUser', query('GetUser'), [`iam:GetUser arn:aws:iam::${account}:user/ci`]],
  ['GetRole', query('GetRole', { RoleName: 'deploy' }), [`iam:GetRole ${role}`]],
  ['ListRoles', query('ListRoles'), ['iam:ListRoles *']],
  ['ListUsers', query('ListUsers'), ['iam:ListUsers *']],
  ['ListPolicies', query('ListPolicies', { Scope: 'AWS' }), ['iam:ListPolicies *']],
  ['ListAccountAliases', query('ListAccountAliases'), ['iam:ListAccountAliases *']],
  ['ListRolePolicies', query('ListRolePolicies', { RoleName: 'deploy' }), [`iam:ListRolePolicies ${role}`]],
  [
    'ListAttachedRolePolicies',
    query('ListAttachedRolePolicies', { RoleName: 'deploy' }),
    [`iam:ListAttachedRolePolicies ${role}`],
  ],
  [
    'GetPolicy',
    query('GetPolicy', { PolicyArn: `arn:aws:iam::${account}:policy/p` }),
    [`iam:GetPolicy arn:aws:iam::${account}:policy/p`],
  ],
  [
    'GetPolicyVersion',
    query('GetPolicyVersion', { PolicyArn: `arn:aws:iam::${account}:policy/p` }),
    [`iam:GetPolicyVersion arn:aws:iam::${account}:policy/p`],
  ],
];
