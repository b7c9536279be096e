import { reference, vendor } from '../../../use-case/evidence.js';
import { accountForm, list, partitionForm, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { account, arn, partition, template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { callingRole, externalIdForm, organizationForm } from '../../principals/caller.js';

const whole = is('wholeAccount', true);

export const accountPrincipalTrust = defineTrust({
  id: 'account-principal',
  title: 'Roles of an AWS account',
  summary: 'Lets roles in, of this account or another, that may name an external id or must be of an organization.',
  excludes: 'Lets in no other role, no user and no root user of the account, unless the whole account is asked for.',
  options: {
    roles: list(callingRole, 'The roles that may assume the role, by name or by ARN.', {
      anchors: ['partition', 'account'],
    }),
    wholeAccount: toggle('Let the whole account in: everybody there whom its administrators allow it.'),
    externalIds: list(externalIdForm, 'What a third party must send along, so that it calls for nobody else.'),
    organizationId: single(organizationForm, 'The organization that the callers must be of.'),
    sessionTags: toggle('Let the callers set session tags too.'),
    sourceIdentity: toggle('Let the callers set a source identity too.'),
    account: single(accountForm, 'The account of the roles that call; not needed where full ARNs are given.'),
    partition: single(partitionForm, 'The partition of the role.'),
  },
  refuse: [
    { path: 'roles', if: not(any(given('roles'), whole)), say: 'missing, and `wholeAccount` is not set' },
    {
      path: 'roles',
      if: all(given('roles'), whole),
      say: 'and `wholeAccount` exclude each other: leave one out',
    },
    {
      path: 'externalIds',
      if: all(whole, not(given('externalIds')), not(given('organizationId'))),
      say: 'missing, and so is `organizationId`: without one, everybody gets in to whom the account allows it',
    },
  ],
  notes: [
    {
      if: whole,
      say: 'everybody in the account gets in whom its administrators allow `sts:AssumeRole`: name the roles where they are known',
    },
    {
      if: given('externalIds'),
      say: 'an external id is no secret: the third party has to give each of its customers another, and not let them choose it',
    },
  ],
  widenings: [
    'AWS stores the id of the role, not its name: a role that is deleted and made again is let in only after the policy was saved again.',
    'Whoever may take one of these roles, or change its trust policy, gets in through it.',
  ],
  statements: [
    {
      sid: 'AssumeFromAccount',
      principal: {
        type: 'AWS',
        values: [when(given('roles'), arn('roles')), when(whole, template`arn:${partition}:iam::${account}:root`)],
        reason: 'only these roles, or where that is asked for, the account that decides for its own',
      },
      actions: {
        'sts:AssumeRole': 'take the role with the credentials of another one',
        'sts:TagSession': when(is('sessionTags', true), 'set the session tags that the caller sends'),
        'sts:SetSourceIdentity': when(is('sourceIdentity', true), 'set the source identity that the caller sends'),
      },
      conditions: [
        {
          operator: 'StringEquals',
          key: 'sts:ExternalId',
          when: given('externalIds'),
          values: [text('externalIds')],
          reason: 'only calls that the third party makes for this customer',
        },
        {
          operator: 'StringEquals',
          key: 'aws:PrincipalOrgID',
          when: given('organizationId'),
          values: [text('organizationId')],
          reason: 'only callers whose account is in the organization',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'IAM user guide, access to accounts owned by third parties',
          'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
        ),
      ],
    },
  ],
});
