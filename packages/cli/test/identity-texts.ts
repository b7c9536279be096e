import type { DenialText } from './denial-texts.js';

const issuer = 'https://token.actions.githubusercontent.com';
const web = { action: 'sts:AssumeRoleWithWebIdentity', operation: 'AssumeRoleWithWebIdentity' };
const key =
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
const thumbprint = "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint";
const cli = (code: string, message: string) =>
  `An error occurred (${code}) when calling the AssumeRoleWithWebIdentity operation: ${message}`;
const go = (status: number, message: string) =>
  `operation error STS: AssumeRoleWithWebIdentity, exceeded maximum number of attempts, 3, https response error StatusCode: ${status}, RequestID: 60b974d0-e680-4194-86b9-81b5a0e53f99, ${message}`;
const chained = 'arn:aws:sts::123456789012:assumed-role/publish/GitHubActions';
const target = 'arn:aws:iam::210987654321:role/invalidator';
const tags = `User:\n${chained} is not authorized to perform:\nsts:TagSession on resource: ${target}`;

/** AWS's words in the frame that the tool gives to its others; no report of just this text was looked for. */
const composed = 'composed';

/** What AWS, its SDKs and the CI tools say where a role is not assumed; names and numbers are changed. */
export const identityTexts: readonly DenialText[] = [
  {
    title: 'no provider, by the AWS CLI',
    seen: composed,
    text: cli('InvalidIdentityToken', `No OpenIDConnect provider found in your account for ${issuer}`),
    denials: [{ ...web, problem: 'no provider', issuer }],
  },
  {
    title: 'no provider, by the action',
    seen: 'aws-actions/configure-aws-credentials 280',
    text: `Assuming role with OIDC\nError: Could not assume role with OIDC: No OpenIDConnect provider found in your account for ${issuer}`,
    denials: [{ ...web, problem: 'no provider', issuer }],
  },
  {
    title: 'no provider, by boto in a box of Terraform',
    seen: composed,
    text: `│ botocore.errorfactory.InvalidIdentityTokenException: An error occurred (InvalidIdentityToken) when calling the\n│ AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for\n│ https://oidc.eks.eu-west-1.amazonaws.com/id/671AE76822264341EA43211AD60C1D79`,
    denials: [
      {
        ...web,
        problem: 'no provider',
        issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/671AE76822264341EA43211AD60C1D79',
      },
    ],
  },
  {
    title: 'an audience, by the AWS CLI',
    seen: 'awslabs/amazon-eks-irsa-cfn 18',
    text: cli('InvalidIdentityToken', 'Incorrect token audience'),
    denials: [{ ...web, problem: 'audience' }],
  },
  {
    title: 'an audience, by the SDK for Java',
    seen: composed,
    text: 'software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException: Incorrect token audience (Service: Sts, Status Code: 400, Request ID: 22679931-6a1d)',
    denials: [{ ...web, problem: 'audience' }],
  },
  {
    title: 'an audience, by .NET and Ruby',
    seen: 'aws/aws-sdk-net 3071, aws/aws-sdk-ruby 2698',
    text: 'Aws::STS::Errors::InvalidIdentityToken: Incorrect token audience\nAmazon.SecurityToken.Model.InvalidIdentityTokenException: Incorrect token audience',
    denials: [{ ...web, problem: 'audience' }],
  },
  {
    title: 'a key, by Terraform with the first SDK for Go',
    seen: 'hashicorp/terraform-provider-aws 27071',
    text: `Error: WebIdentityErr: failed to retrieve credentials\ncaused by: InvalidIdentityToken: ${key}\n\tstatus code: 400, request id: 1`,
    denials: [{ ...web, problem: 'verification key' }],
  },
  {
    title: 'a key, by boto',
    seen: 'meta-pytorch/torchx 386, aws/aws-cli 7194',
    text: `botocore.errorfactory.InvalidIdentityTokenException: ${cli('InvalidIdentityToken', key)}`,
    denials: [{ ...web, problem: 'verification key' }],
  },
  {
    title: 'a key, in XML and in JSON',
    seen: composed,
    text: `<Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>${key.replace("'", '&apos;')}</Message></Error>`,
    denials: [{ ...web, problem: 'verification key' }],
  },
  {
    title: 'a certificate, by HCP Terraform',
    seen: 'hashicorp-education/learn-terraform-dynamic-credentials 2',
    text: `Error: failed to refresh cached credentials, failed to retrieve credentials, ${go(400, `InvalidIdentityToken: ${thumbprint}`)}`,
    denials: [{ ...web, problem: 'thumbprint' }],
  },
  {
    title: 'a token that has expired, by the AWS CLI',
    seen: 'awslabs/aws-orbit-workbench 707, 771',
    text: cli(
      'ExpiredTokenException',
      'Token expired: current date/time 1626271164 must be before the expiration date/time1626191469',
    ),
    denials: [{ ...web, problem: 'expired token' }],
  },
  {
    title: 'a token that has expired, by the SDK for Java',
    seen: 'aws/aws-sdk-java-v2 5709',
    text: 's.a.a.s.s.m.ExpiredTokenException: Token expired: current date/time 1731098245 must be before the expiration date/time 1731095240 (Service: Sts, Status Code: 400, Request ID: 22679931-6a1d)',
    denials: [{ ...web, problem: 'expired token' }],
  },
  {
    title: 'a token that is too old',
    seen: 'mozilla-iam/mozilla-aws-cli 146',
    text: '<Error><Type>Sender</Type><Code>ExpiredTokenException</Code><Message>Token too old: 441398</Message></Error>',
    denials: [{ ...web, problem: 'expired token' }],
  },
  {
    title: 'credentials of a session that has ended',
    seen: 'pulumi/pulumi-aws 3866',
    text: 'operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 82805f40, api error ExpiredToken: The security token included in the request is expired',
    denials: [{ action: undefined, problem: 'ended session' }],
  },
  {
    title: 'the same by the AWS CLI, of another service',
    seen: composed,
    text: 'An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.',
    denials: [{ action: undefined, problem: 'ended session' }],
  },
  {
    title: 'no JWT',
    seen: composed,
    text: cli(
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    ),
    denials: [{ ...web, problem: 'no JWT' }],
  },
  {
    title: 'other roles',
    seen: 'AWS blog of 2026-07-13',
    text: cli('InvalidIdentityToken', 'The target role ARN is not present in the roles claim'),
    denials: [{ ...web, problem: 'roles claim' }],
  },
  {
    title: 'the provider did not answer',
    seen: 'STS API reference',
    text: cli(
      'IDPCommunicationError',
      'The request could not be fulfilled because the identity provider was not reached',
    ),
    denials: [{ ...web, problem: 'provider unreachable' }],
  },
  {
    title: 'the provider said no',
    seen: 'STS API reference',
    text: go(403, 'IDPRejectedClaim: The identity provider (IdP) reported that authentication failed'),
    denials: [{ ...web, problem: 'rejected claim' }],
  },
  {
    title: 'a session that is longer than the role has it',
    seen: composed,
    text: 'Error: Could not assume role with OIDC: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    denials: [{ problem: 'session length' }],
  },
  {
    title: 'a chain that is longer than an hour',
    seen: composed,
    text: 'An error occurred (ValidationError) when calling the AssumeRole operation: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    denials: [{ action: 'sts:AssumeRole', problem: 'chained session length' }],
  },
  {
    title: 'a job that may not ask for a token',
    seen: 'ROCm/TheRock 5737, aws-actions/configure-aws-credentials 858',
    text: 'It looks like you might be trying to authenticate with OIDC. Did you mean to set the `id-token` permission? If you are not trying to authenticate with OIDC and the action is working successfully, you can ignore this message.\nError: Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers',
    denials: [{ problem: 'no credentials' }],
  },
  {
    title: 'the same where GitHub has no address for tokens',
    seen: composed,
    text: 'Error: Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable',
    denials: [{ problem: 'no credentials' }],
  },
  {
    title: 'the action that tries again',
    seen: 'aws-actions/configure-aws-credentials 1293, ROCm/TheRock 5737',
    text: 'Assuming role with OIDC\nRetry AssumeRole: attempt 1 of 12 failed: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity. Retrying after 43ms.\nAssuming role with OIDC\nRetry AssumeRole: attempt 2 of 12 failed: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity. Retrying after 79ms.',
    denials: [{ action: 'sts:AssumeRoleWithWebIdentity', problem: undefined }],
  },
  {
    title: 'the trust policy, by the SDK for JavaScript',
    seen: composed,
    text: "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity\n    at throwDefaultError (/app/node_modules/@smithy/smithy-client/dist-cjs/index.js:388:20) {\n  '$fault': 'client', Type: 'Sender', Code: 'AccessDenied' }",
    denials: [{ action: 'sts:AssumeRoleWithWebIdentity', problem: undefined }],
  },
  {
    title: 'the trust policy, by the SDK for Java',
    seen: composed,
    text: 'software.amazon.awssdk.services.sts.model.StsException: Not authorized to perform sts:AssumeRoleWithWebIdentity (Service: Sts, Status Code: 403, Request ID: 1)',
    denials: [{ action: 'sts:AssumeRoleWithWebIdentity', problem: undefined }],
  },
  {
    title: 'the trust policy, by Terraform',
    seen: composed,
    text: `Error: configuring Terraform AWS Provider: IAM Role (${target}) cannot be assumed.\n\nThere are a number of possible causes of this - the most common are:\n  * The credentials used in order to assume the role are invalid\n  * The credentials do not have appropriate permission to assume the role\n  * The role ARN is not valid\n\nError: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: User: ${chained} is not authorized to perform: sts:AssumeRole on resource: ${target}`,
    denials: [{ action: 'sts:AssumeRole', resource: target, principal: chained, problem: undefined }],
  },
  {
    title: 'session tags of the action',
    seen: 'OvertureMaps/stac 113',
    text: `Retry AssumeRole: attempt 1 of 12 failed: Could not assume role with user credentials: ${tags}`,
    denials: [{ action: 'sts:TagSession', resource: target, principal: chained }],
  },
  {
    title: 'an event of CloudTrail',
    seen: composed,
    text: JSON.stringify({
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRoleWithWebIdentity',
      errorCode: 'InvalidIdentityTokenException',
      errorMessage: 'Incorrect token audience',
      userIdentity: { type: 'WebIdentityUser', userName: 'repo:acme/shop:ref:refs/heads/main' },
      requestParameters: { roleArn: target },
    }),
    denials: [{ ...web, problem: 'audience', principal: 'repo:acme/shop:ref:refs/heads/main', resource: target }],
  },
];
