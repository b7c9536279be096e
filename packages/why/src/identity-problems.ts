/** Why nobody got a session, where that is no question of a policy. */
export type IdentityProblem =
  | 'no provider'
  | 'audience'
  | 'verification key'
  | 'thumbprint'
  | 'expired token'
  | 'ended session'
  | 'no JWT'
  | 'missing claim'
  | 'roles claim'
  | 'not validated'
  | 'provider unreachable'
  | 'rejected claim'
  | 'session length'
  | 'chained session length'
  | 'root'
  | 'no credentials';

/** One thing that STS, an SDK or a CI tool says of it. */
export interface IdentityAbout {
  /** Its words, as they are written; a blank stands for any, a quotation mark for any way to write one. */
  readonly words: readonly string[];
  /** Whether others say the same, so that something of AWS has to stand near. */
  readonly isCommon?: true;
  /** The operation that answers so; undefined where any may. */
  readonly operation?: 'AssumeRole' | 'AssumeRoleWithWebIdentity';
  /** What it means: no capital, no full stop. */
  readonly says: string;
  /** What to look at next. */
  readonly next: readonly string[];
}

const webIdentity = 'AssumeRoleWithWebIdentity' as const;
const assume =
  '`aws iam get-role --role-name ROLE > role.json`, then `postern assume --policy role.json --token TOKEN` says what else stands in the way';
const listed =
  '`aws iam list-open-id-connect-providers` names the providers of the account, and `aws iam get-open-id-connect-provider --open-id-connect-provider-arn ARN` their audiences';

/**
 * What is said, and what to do.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const identityProblems: Readonly<Record<IdentityProblem, IdentityAbout>> = {
  'no provider': {
    words: ['No OpenIDConnect provider found in your account for'],
    operation: webIdentity,
    says: 'the account of the role has no identity provider for the issuer of the token',
    next: [
      'the URL of the provider must be the `iss` of the token, letter by letter: an enterprise name or a slash at its end makes it another one, and so does another account or partition in the ARN of the role',
      listed,
    ],
  },
  audience: {
    words: ['Incorrect token audience'],
    isCommon: true,
    operation: webIdentity,
    says: 'the audience of the token is none of those that the identity provider in IAM lists',
    next: [
      'this is the list of the provider (`ClientIDList`), not yet the trust policy: of a token with `azp` that counts, else its `aud`',
      `${listed}; \`postern assume --policy role.json --token TOKEN --client-id AUDIENCE\` holds a token against both`,
    ],
  },
  'verification key': {
    words: ["Couldn't retrieve verification key from your identity provider"],
    operation: webIdentity,
    says: 'AWS did not get the key that signed the token from the identity provider',
    next: [
      'the issuer must answer over HTTPS, from the internet, under `ISSUER/.well-known/openid-configuration`, and its key set must have the `kid` of the token',
      'where it works mostly, the provider answered too slowly: try again',
    ],
  },
  thumbprint: {
    words: ["OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint"],
    operation: webIdentity,
    says: 'the certificate of the identity provider is not the one whose thumbprint the provider in IAM has',
    next: [
      '`aws iam update-open-id-connect-provider-thumbprint` writes another one; for issuers whose certificate a well known authority signs AWS does not look at it any more',
    ],
  },
  'expired token': {
    words: ['Token expired: current date/time', 'Token too old:', 'web identity token that was passed is expired'],
    isCommon: true,
    operation: webIdentity,
    says: 'the token had expired before it was shown to AWS',
    next: [
      'ask the CI system for a token right before it is used: most are good for minutes, and a step that waits or tries again needs a new one',
    ],
  },
  'ended session': {
    words: ['The security token included in the request is expired', 'The provided token has expired'],
    isCommon: true,
    says: 'the credentials of the session have ended: this is no refusal of a policy',
    next: [
      'assume the role again before the long step, or ask for a longer session; the role has `MaxSessionDuration`, and a role that another role assumed has one hour at most',
    ],
  },
  'no JWT': {
    words: ['The ID Token provided is not a valid JWT'],
    operation: webIdentity,
    says: 'what was shown is no signed token of three parts',
    next: [
      'look what the file or the variable holds, without printing it: an access token, an empty text, JSON around the token and a line end in it are none',
      '`postern assume --policy role.json --token FILE` says what is wrong with it',
    ],
  },
  'missing claim': {
    words: ['Missing a required claim'],
    isCommon: true,
    operation: webIdentity,
    says: 'the token lacks a claim that AWS needs',
    next: ['`postern assume --policy role.json --token FILE` reads it'],
  },
  'roles claim': {
    words: ['The target role ARN is not present in the roles claim'],
    operation: webIdentity,
    says: 'the token says which roles it is for, in `https://aws.amazon.com/roles`, and this role is none of them',
    next: ['have the identity provider put the exact ARN of the role into the claim, or leave the claim out'],
  },
  'not validated': {
    words: ['web identity token that was passed could not be validated'],
    operation: webIdentity,
    says: 'AWS could not validate the token: its signature, its issuer or its form',
    next: ['give the token as it was issued', assume],
  },
  'provider unreachable': {
    words: ['(IDPCommunicationError)', 'IDPCommunicationError:', '<Code>IDPCommunicationError'],
    operation: webIdentity,
    says: 'AWS did not reach the identity provider',
    next: ['try again; where it stays so, the issuer must answer over HTTPS from the internet'],
  },
  'rejected claim': {
    words: ['(IDPRejectedClaim)', 'IDPRejectedClaim:', '<Code>IDPRejectedClaim'],
    operation: webIdentity,
    says: 'the identity provider says that the token is not good any more',
    next: ['ask the CI system for a new token'],
  },
  'session length': {
    words: ['The requested DurationSeconds exceeds the MaxSessionDuration set for this role'],
    says: 'the role is trusted, and the session that is asked for is longer than the role allows',
    next: [
      'ask for fewer seconds (`role-duration-seconds`, `--duration-seconds`), or set `MaxSessionDuration` of the role',
    ],
  },
  'chained session length': {
    words: ['The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'],
    operation: 'AssumeRole',
    says: 'a role that was assumed with the credentials of another role has one hour at most',
    next: [
      'ask for 3600 seconds or fewer; where a token was meant to be used, the job used the credentials that it had already, as those of its runner',
    ],
  },
  root: {
    words: ['Roles may not be assumed by root accounts'],
    operation: 'AssumeRole',
    says: 'the root user of an account can assume no role',
    next: ['use a role or a user'],
  },
  'no credentials': {
    words: [
      'Credentials could not be loaded, please check your action inputs',
      'Could not load credentials from any providers',
      'Unable to get ACTIONS_ID_TOKEN_REQUEST_URL',
    ],
    says: 'the job has no credentials and got no token: AWS was not asked',
    next: [
      'on GitHub the job needs `permissions: id-token: write`, which a pull request from a fork does not get; `role-to-assume` and `aws-region` must not be empty, as secrets are there that the job cannot see',
    ],
  },
};
