import { itself } from '../../use-case/template.js';
import type { ResourceForm, TextForm } from '../../use-case/option.js';

/** A role that assumes the role, of this account or another. */
export const callingRole: ResourceForm<'AWS::IAM::Role'> = {
  types: ['AWS::IAM::Role'],
  title: 'IAM role',
  example: 'ci-runner',
  pattern: '^([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]{1,64}$',
  says: 'letters, digits and `+=,.@_-`, with the path before the name if the role has one, without a leading slash',
  shortest: 1,
  longest: 576,
  refuse: [
    {
      pattern: '^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role/([^/:]+)/?.*$',
      say: 'is the ARN of a session: write the role itself, with its path if it has one, which a session does not show',
      here: '`$1`',
    },
    { pattern: '^arn:[^:]*:iam:[^:]*:[^:]*:root$', say: 'is a whole account: set `wholeAccount`, which says so' },
    { pattern: '^arn:[^:]*:iam:[^:]*:[^:]*:user/', say: 'is a user, whose keys do not expire: let a role call' },
    { pattern: '^/(.+)$', say: 'begins with a slash: write it without', here: '`$1`' },
  ],
  arn: { service: 'iam', regional: false, account: true, resource: ['role/', itself] },
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const externalIdForm: TextForm = {
  title: 'external id',
  example: '5f2e7a30-acme',
  pattern: '^[A-Za-z0-9_+=,.@:/-]{2,}$',
  says: '2 to 1224 letters, digits and `_+=,.@:/-`',
  shortest: 2,
  longest: 1224,
};

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const organizationForm: TextForm = {
  title: 'AWS organization id',
  example: 'o-a1b2c3d4e5',
  pattern: '^o-[a-z0-9]{10,32}$',
  says: '`o-` and 10 to 32 lower case letters and digits',
  shortest: 12,
  longest: 34,
  refuse: [
    {
      pattern: '^arn:[^:]*:organizations:[^:]*:[^:]*:organization/(o-[a-z0-9]+)$',
      say: 'is an ARN: write the id in it alone',
      here: '`$1`',
    },
    { pattern: '^(r|ou)-', say: 'is a root or an organizational unit: write the id of the organization, `o-…`' },
  ],
};
