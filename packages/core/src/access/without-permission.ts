/** Why an action is no matter of policies, on whose word. */
export interface WithoutPermission {
  /** AWS's own words. */
  readonly says: string;
  readonly source: string;
}

/**
 * The actions that AWS documents as asking for no permission and stopped by no Deny. Only what is said there of policies
 * counts: that an action works without credentials, or that few policies forget it, is something else.
 */
export const actionsWithoutPermission: Readonly<Record<string, WithoutPermission>> = {
  'sts:GetCallerIdentity': {
    says: 'No permissions are required to perform this operation. If an administrator attaches a policy to your identity that explicitly denies access to the sts:GetCallerIdentity action, you can still perform this operation.',
    source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html',
  },
  'sts:GetSessionToken': {
    says: 'No permissions are required for users to perform this operation. The purpose of the sts:GetSessionToken operation is to authenticate the user using MFA. You cannot use policies to control authentication operations.',
    source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html',
  },
};

const lowerCase = new Set(Object.keys(actionsWithoutPermission).map((action) => action.toLowerCase()));

/** Whether policies neither need to allow an action nor can deny it; letter case does not matter. */
export function needsNoPermission(action: string): boolean {
  return lowerCase.has(action.toLowerCase());
}
