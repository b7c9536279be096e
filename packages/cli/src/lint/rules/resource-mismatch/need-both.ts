/**
 * Actions that AWS checks for each of the resources they act on, where more than the reference says so; a request is allowed
 * only where all of them are. The pages are cited, not read: so it is a warning.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/iam-auth-access-using-id-policies.html
 */
export const needBoth: ReadonlySet<string> = new Set([
  'kms:createalias',
  'kms:updatealias',
  'kms:deletealias',
  'ec2:runinstances',
  'ec2:attachvolume',
  'ec2:detachvolume',
  'sso:createaccountassignment',
  'sso:attachmanagedpolicytopermissionset',
  'sso:putinlinepolicytopermissionset',
]);
