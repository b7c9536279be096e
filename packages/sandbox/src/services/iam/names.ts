/** As its client in the AWS SDK for JavaScript, whose model describes it, and what the sandbox serves of it. */
export const names = {
  client: '@aws-sdk/client-iam',
  operations: [
    'GetPolicy',
    'GetPolicyVersion',
    'GetRole',
    'GetUser',
    'ListAccountAliases',
    'ListAttachedRolePolicies',
    'ListPolicies',
    'ListRolePolicies',
    'ListRoles',
    'ListUsers',
  ],
} as const;
