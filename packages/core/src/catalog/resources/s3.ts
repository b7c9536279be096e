import type { ResourceForm, TextForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const s3Bucket: ResourceForm = {
  title: 'S3 bucket',
  example: 'my-terraform-state',
  pattern: '^[a-z0-9][a-z0-9.-]*[a-z0-9]$',
  says: 'lower case letters, digits, `.` and `-`',
  shortest: 3,
  longest: 63,
  refuse: [
    { pattern: '^[a-z0-9.-]*[.][.]', say: 'has two dots in a row, which S3 does not allow: write the bucket name' },
    {
      pattern: '^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$',
      say: 'looks like an IP address, which S3 does not allow: write the bucket name',
    },
  ],
  arn: { service: 's3', regional: false, account: false, resource: [itself] },
};

/**
 * The key of a state object. Terraform refuses a slash at either end, and cleans `//` and dot segments out of workspace
 * paths, so that the object would have another key than the one named here.
 */
export const stateKey: TextForm = {
  title: 'state key',
  example: 'app/terraform.tfstate',
  pattern: '^[\\x20-\\x29\\x2b-\\x3e\\x40-\\x7e\\xa0-\\xff]+$',
  wildcardPattern: '^[\\x20-\\x7e\\xa0-\\xff]+$',
  says: 'the key in the bucket, in printable characters up to U+00FF',
  shortest: 1,
  longest: 1024,
  refuse: [
    { pattern: '^/|/$', say: 'begins or ends with a slash, which terraform refuses: leave it out' },
    {
      pattern: '//|(^|/)[.][.]?(/|$)',
      say: 'holds an empty or dot segment, which terraform cleans away: write the plain key',
    },
    {
      pattern: '[.]tflock$',
      say: 'is the key of a lock object, which follows from the state key: write the state key',
    },
  ],
};

/** The first part of the keys of workspace states. */
export const workspaceKeyPrefix: TextForm = {
  title: 'workspace key prefix',
  example: 'env:',
  pattern: stateKey.pattern,
  says: 'the prefix in the bucket, in printable characters up to U+00FF',
  shortest: 1,
  longest: 512,
  refuse: [
    {
      pattern: '^$',
      say: 'makes terraform list the whole bucket and lets any key be read as a workspace: give a prefix, such as `env:`',
    },
    { pattern: '^/|/$', say: 'begins or ends with a slash, which terraform refuses: leave it out' },
    {
      pattern: '//|(^|/)[.][.]?(/|$)',
      say: 'holds an empty or dot segment, which terraform cleans away: write the plain prefix',
    },
  ],
};
