/** A condition key that keeps an action from more rights: with it, a value that closes the path and one that does not. */
export interface Fence {
  readonly key: string;
  readonly operator: 'StringEquals' | 'ArnEquals';
  readonly closing: string;
  readonly open: string;
}

const boundary: Fence = {
  key: 'iam:PermissionsBoundary',
  operator: 'StringEquals',
  closing: 'arn:aws:iam::ACCOUNT:policy/BOUNDARY',
  open: 'arn:aws:iam::aws:policy/AdministratorAccess',
};
const attached: Fence = {
  key: 'iam:PolicyARN',
  operator: 'ArnEquals',
  closing: 'arn:aws:iam::ACCOUNT:policy/NAME',
  open: 'arn:aws:iam::aws:policy/AdministratorAccess',
};
const stackRole: Fence = {
  key: 'cloudformation:RoleArn',
  operator: 'ArnEquals',
  closing: 'arn:aws:iam::ACCOUNT:role/NAME',
  open: 'arn:aws:iam::123456789012:role/any-role-that-nobody-named',
};

/**
 * The condition keys that close a path at an action, besides the names of its resources.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const fences: Readonly<Record<string, readonly Fence[]>> = {
  'iam:AttachRolePolicy': [attached, boundary],
  'iam:AttachUserPolicy': [attached, boundary],
  'iam:AttachGroupPolicy': [attached],
  'iam:PutRolePolicy': [boundary],
  'iam:PutUserPolicy': [boundary],
  'iam:PutRolePermissionsBoundary': [boundary],
  'iam:PutUserPermissionsBoundary': [boundary],
  'cloudformation:UpdateStack': [stackRole],
  'cloudformation:CreateChangeSet': [stackRole],
  'emr-containers:StartJobRun': [
    {
      key: 'emr-containers:ExecutionRoleArn',
      operator: 'ArnEquals',
      closing: 'arn:aws:iam::ACCOUNT:role/NAME',
      open: 'arn:aws:iam::123456789012:role/any-role-that-nobody-named',
    },
  ],
};

/** Conditions on the tags of what is acted on: whoever gave the tags named the resources. */
export const tagKeys = /^(aws|[a-z0-9-]+):resourcetag\/./i;
