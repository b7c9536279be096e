import type { EscalationPath } from '../path.js';

export const organizationPaths: readonly EscalationPath[] = [
  {
    id: 'SSOCreatePermissionSet',
    actions: ['sso:CreatePermissionSet', 'sso:CreateAccountAssignment', 'sso:AttachManagedPolicyToPermissionSet'],
    gives: 'makes a permission set with any policy and gives it to itself',
    source: { prowler: 'SSOCreatePermissionSet+CreateAccountAssignment+AttachManagedPolicy' },
  },
  {
    id: 'SSOAttachManagedPolicy',
    actions: ['sso:AttachManagedPolicyToPermissionSet'],
    gives: 'attaches any policy to a permission set that it has',
    source: { prowler: 'sso:AttachManagedPolicyToPermissionSet' },
  },
  {
    id: 'SSOPutInlinePolicy',
    actions: ['sso:PutInlinePolicyToPermissionSet'],
    gives: 'writes a policy into a permission set that it has',
    source: { prowler: 'sso:PutInlinePolicyToPermissionSet' },
  },
  {
    id: 'SSOAttachCustomerManagedPolicy',
    actions: ['sso:AttachCustomerManagedPolicyReferenceToPermissionSet'],
    gives: 'attaches a policy of the accounts to a permission set that it has',
    source: { aws: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetcustom.html' },
  },
  {
    id: 'SSOCreateAccountAssignment',
    actions: ['sso:CreateAccountAssignment'],
    gives: 'gives itself a permission set of another account',
    source: { aws: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/assignusers.html' },
  },
  {
    id: 'IdentityStoreGroupMembership',
    actions: ['identitystore:CreateGroupMembership'],
    gives: 'joins a group that has accounts assigned',
    source: {
      aws: 'https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html',
    },
  },
  {
    id: 'OrganizationsDetachPolicy',
    actions: ['organizations:DetachPolicy'],
    gives: 'takes a service control policy off accounts',
    source: { aws: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html' },
  },
  {
    id: 'OrganizationsUpdatePolicy',
    actions: ['organizations:UpdatePolicy'],
    gives: 'widens a service control policy',
    source: { aws: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html' },
  },
];
