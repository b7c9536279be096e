import { defineRefused } from '../../cases.js';
import { defineTokens } from '../../tokens.js';
import { accountPrincipalTrust } from './entry.js';

const runner = 'arn:aws:sts::210987654321:assumed-role/ci-runner/job-1';
const place = { account: '210987654321', partition: 'aws' } as const;
const caller = {
  principal: { AWS: runner },
  context: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'sts:ExternalId': '5f2e7a30-acme' },
};
const all = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

export const samples = defineTokens(accountPrincipalTrust, [
  {
    name: 'default',
    options: { roles: ['ci-runner'], ...place },
    token: caller,
    honest: [
      { why: 'a session of the role' },
      { change: { 'aws:PrincipalOrgID': null, 'sts:ExternalId': null }, why: 'of an account without organization' },
    ],
    hostile: [
      { principal: { AWS: 'arn:aws:sts::210987654321:assumed-role/other/job-1' }, why: 'another role' },
      {
        principal: { AWS: 'arn:aws:sts::210987654321:assumed-role/ci-runner-2/job-1' },
        why: 'a name that begins alike',
      },
      {
        principal: { AWS: 'arn:aws:sts::999999999999:assumed-role/ci-runner/job-1' },
        why: 'the name in another account',
      },
      { principal: { AWS: 'arn:aws:iam::210987654321:user/ci-runner' }, why: 'a user of the name' },
      { principal: { AWS: 'arn:aws:iam::210987654321:root' }, why: 'the root user' },
      { principal: { Service: 'ec2.amazonaws.com' }, why: 'a service' },
      { principal: 'anonymous', why: 'somebody without credentials' },
      { actions: ['sts:AssumeRole', 'sts:TagSession'], why: 'a session with tags' },
      { actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'], why: 'a session with a source identity' },
      { actions: ['sts:AssumeRoleWithWebIdentity'], why: 'another call' },
    ],
    alike: [{ why: 'somebody who took the role on the way' }],
  },
  {
    name: 'third-party',
    options: { roles: ['ci-runner'], externalIds: ['5f2e7a30-acme'], ...place },
    token: caller,
    honest: [{ why: 'the third party, for this customer' }],
    hostile: [
      { change: { 'sts:ExternalId': '99999999-mallory' }, why: 'the third party, for another customer' },
      { change: { 'sts:ExternalId': null }, why: 'the third party, for nobody that it names' },
      { change: { 'sts:ExternalId': '5f2e7a30-ACME' }, why: 'an id in other letter case' },
    ],
  },
  {
    name: 'organization',
    options: { wholeAccount: true, organizationId: 'o-a1b2c3d4e5', sessionTags: true, sourceIdentity: true, ...place },
    token: { ...caller, actions: all },
    honest: [
      { why: 'a role of the account, with tags and a source identity' },
      { principal: { AWS: 'arn:aws:iam::210987654321:user/admin' }, why: 'a user of the account' },
    ],
    hostile: [
      { change: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' }, why: 'the account, once it is in another organization' },
      { change: { 'aws:PrincipalOrgID': null }, why: 'the account, once it has left the organization' },
      { principal: { AWS: 'arn:aws:iam::999999999999:root' }, why: 'another account of the organization' },
    ],
  },
]);

export const refused = defineRefused(accountPrincipalTrust, [
  { name: 'nobody', options: place, says: /^roles: missing, and `wholeAccount` is not set: for example/ },
  {
    name: 'the whole account, without a condition',
    options: { wholeAccount: true, ...place },
    says: /^externalIds: missing, and so is `organizationId`: without one, everybody gets in/,
  },
  {
    name: 'a wildcard for a role',
    options: { roles: ['*'], ...place },
    says: /^roles\[0\]: `\*` holds a wildcard/,
  },
  {
    name: 'a session for a role',
    options: { roles: [runner], ...place },
    says: /^roles\[0\]: .* is the ARN of a session: write the role itself/,
  },
  {
    name: 'an account for a role',
    options: { roles: ['arn:aws:iam::210987654321:root'], ...place },
    says: /^roles\[0\]: .* is a whole account: set `wholeAccount`, which says so$/,
  },
  {
    name: 'a user',
    options: { roles: ['arn:aws:iam::210987654321:user/ci'], ...place },
    says: /^roles\[0\]: .* is a user, whose keys do not expire: let a role call$/,
  },
  {
    name: 'an organizational unit',
    options: { roles: ['ci-runner'], organizationId: 'ou-abcd-12345678', ...place },
    says: /^organizationId: .* is a root or an organizational unit/,
  },
  {
    name: 'an account with hyphens',
    options: { roles: ['ci-runner'], account: '2109-8765-4321', partition: 'aws' },
    says: /^account: .* write the digits alone, here `210987654321`$/,
  },
  {
    name: 'a role in another partition',
    options: { roles: ['arn:aws-cn:iam::210987654321:role/ci-runner'], ...place },
    says: /^roles\[0\]: .* has the partition `aws-cn`, and `partition` says `aws`: make them agree$/,
  },
]);
