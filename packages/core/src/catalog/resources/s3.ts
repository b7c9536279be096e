import type { ResourceForm, TextForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';
import { sayInstead } from './say-instead.js';

/** The suffixes of AWS's host names, in all partitions; a port and a path may follow. */
const awsHost =
  '(?:amazonaws[.]com(?:[.]cn)?|amazonaws[.]eu|api[.]aws|on[.]aws|c2s[.]ic[.]gov|sc2s[.]sgov[.]gov)(?::[0-9]+)?';

/**
 * A general purpose bucket; other kinds have their own names, actions and ARNs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export const s3Bucket: ResourceForm<'AWS::S3::Bucket'> = {
  types: ['AWS::S3::Bucket'],
  title: 'S3 bucket',
  example: 'my-terraform-state',
  pattern: '^[a-z0-9][a-z0-9.-]*[a-z0-9]$',
  says: 'lower case letters, digits, `.` and `-`',
  shortest: 3,
  longest: 63,
  refuse: [
    {
      pattern: '^s3[an]?://([^/?#]+)(?:[/?#].*)?$',
      say: 'is a URL: write the name of the bucket alone',
      here: '`$1`',
    },
    {
      pattern: `[.]s3-(?:accesspoint|object-lambda|outposts)[a-z0-9.-]*[.]${awsHost}|[.]accesspoint[.]s3-global[.]${awsHost}|^arn:[^:]*:s3(?:-outposts|-object-lambda)?:[^:]*:[^:]*:(?:.*/)?accesspoint[:/]`,
      say: 'is an access point, and IAM decides by its own ARN or by the bucket: write the name of the bucket behind it',
    },
    {
      pattern: `--x-s3$|[.]s3express-[a-z0-9-]+[.][a-z0-9.-]*${awsHost}|^arn:[^:]*:s3express:`,
      say: 'is a directory bucket, which needs `s3express:CreateSession` and none of these actions: name a general purpose bucket',
    },
    {
      pattern: '--table-s3$|^arn:[^:]*:s3tables:',
      say: 'is a table bucket, which belongs to S3 Tables with actions of its own: name a general purpose bucket',
    },
    {
      pattern: '-s3alias$',
      say: 'is the alias of an access point, and IAM decides by its own ARN or by the bucket: write the name of the bucket behind it',
    },
    {
      pattern: '--ol-s3$',
      say: 'is the alias of an Object Lambda access point: write the name of the bucket behind it',
    },
    {
      pattern: '[.]mrap$',
      say: 'is the alias of a Multi-Region Access Point: write the name of a bucket behind it',
    },
    {
      pattern: `^(?:[A-Za-z]+://)?([^/:?#]+)[.]s3(?:-[a-z0-9-]+)?(?:[.][a-z0-9-]+)*[.]${awsHost}(?:[/?#].*)?$`,
      say: 'is the address of a bucket: write the name alone',
      here: '`$1`',
    },
    {
      pattern: `^(?:[A-Za-z]+://)?s3(?:-[a-z0-9-]+)?(?:[.][a-z0-9-]+)*[.]${awsHost}/([^/?#]+)(?:[/?#].*)?$`,
      say: 'is the address of a bucket: write the name alone',
      here: '`$1`',
    },
    {
      pattern: `[.]${awsHost}(?:/.*)?$`,
      say: 'is the address of a service: write the name of a bucket',
    },
    {
      pattern: '^[A-Za-z][A-Za-z0-9+.-]*://',
      say: 'is a URL: write the name of the bucket alone',
    },
    {
      pattern: '^(arn:[^:]*:s3:::[^/]+)/.*$',
      say: 'is the ARN of objects: write the ARN of the bucket',
      here: '`$1`',
    },
    {
      pattern: '^([a-z0-9.-]+)/.*$',
      say: 'is a bucket with a key: write the name of the bucket alone',
      here: '`$1`',
    },
    {
      pattern: '^(?:xn--|sthree-|amzn-s3-demo-)',
      say: 'begins with `xn--`, `sthree-` or `amzn-s3-demo-`, which S3 keeps for itself: write the name of your bucket',
    },
    { pattern: '^[a-z0-9.-]*[.][.]', say: 'has two dots in a row, which S3 does not allow: write the bucket name' },
    {
      pattern: '^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$',
      say: 'looks like an IP address, which S3 does not allow: write the bucket name',
    },
  ],
  url: { pattern: '^s3[an]?://([^/?#]+)/?(?:[?].*)?$', as: '$1' },
  arn: { service: 's3', regional: false, account: false, resource: [itself] },
};

/** The URL of an object, as the AWS CLI and Hadoop write it. */
const urlOfObject = { pattern: '^s3[an]?://([^/]+)/(.*[^/])$', as: '$2' };

/** The URL of a folder, with the slash behind it or not. */
const urlOfFolder = { pattern: '^s3[an]?://([^/]+)/(.*[^/])/?$', as: '$2' };

/** What a key must not be, since the object would have another one. */
const noAddress = [
  {
    pattern: '^s3[an]?://[^/]*/(.+)$',
    say: 'is a URL: write what stands behind the bucket in it',
    here: '`$1`',
  },
  {
    pattern: '^arn:[^:]*:s3:::[^/]*/(.+)$',
    say: 'is an ARN: write what stands behind the bucket in it',
    here: '`$1`',
  },
  {
    pattern: '^[A-Za-z][A-Za-z0-9+.-]*://|^arn:',
    say: 'is an address, and this is for what stands in the bucket: write that alone',
  },
];

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
  url: urlOfObject,
  refuse: [
    ...noAddress,
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
  url: urlOfObject,
  refuse: [
    ...noAddress,
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

/** The beginning of keys, up to a slash that is put behind it. */
export const objectPrefix: TextForm = {
  title: 'prefix of object keys',
  example: 'cache/main',
  pattern: '^[\\x20-\\x29\\x2b-\\x3e\\x40-\\x7e\\xa0-\\xff]+$',
  wildcardPattern: '^[\\x20-\\x7e\\xa0-\\xff]+$',
  says: 'the prefix in the bucket, in printable characters up to U+00FF',
  shortest: 1,
  longest: 512,
  url: urlOfFolder,
  refuse: [
    ...noAddress,
    { pattern: '^$', say: 'stands for the whole bucket: give a prefix, or set `wholeBucket`' },
    {
      pattern: '^/(.*[^/])/?$',
      say: 'begins with a slash, which a key does not: write it without',
      here: '`$1`',
    },
    { pattern: '^/', say: 'begins with a slash, which a key does not: write it without' },
    {
      pattern: '^(.*[^/])/+$',
      say: 'ends with a slash, which is put behind it anyway: write it without',
      here: '`$1`',
    },
    {
      pattern: '//|(^|/)[.][.]?(/|$)',
      say: 'holds an empty or dot segment, which clients clean away: write the plain prefix',
    },
  ],
};

/** The beginning of keys in an entry that takes whole ones as `keys` too. */
export const objectPrefixBesideKeys = sayInstead(
  objectPrefix,
  '^$',
  'stands for the whole bucket: give a prefix, or the keys of objects as `keys`',
);

/**
 * An ACL by its name, as a request gives it to an object.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
export const cannedAcl: TextForm = {
  title: 'canned ACL',
  example: 'public-read',
  pattern: '^(private|public-read|authenticated-read|aws-exec-read|bucket-owner-read|bucket-owner-full-control)$',
  says: '`private`, `public-read`, `authenticated-read`, `aws-exec-read`, `bucket-owner-read` or `bucket-owner-full-control`',
  shortest: 7,
  longest: 25,
  refuse: [
    {
      pattern: '^public-read-write$',
      say: 'lets everybody write, which objects do not have: write the ACL that lets them read',
      here: '`public-read`',
    },
    { pattern: '^log-delivery-write$', say: 'is an ACL of buckets: write one that objects have, such as `private`' },
  ],
};

/** The key of one object. */
export const objectKey: TextForm = {
  title: 'key of an object',
  example: 'packages/my-function.zip',
  pattern: objectPrefix.pattern,
  says: 'the key in the bucket, in printable characters up to U+00FF',
  shortest: 1,
  longest: 1024,
  url: urlOfObject,
  refuse: [
    ...noAddress,
    {
      pattern: '^/(.*[^/])$',
      say: 'begins with a slash, which a key does not: write it without',
      here: '`$1`',
    },
    { pattern: '/$', say: 'ends with a slash, which is no single object: write the key of one, or give `prefixes`' },
    {
      pattern: '//|(^|/)[.][.]?(/|$)',
      say: 'holds an empty or dot segment, which clients clean away: write the plain key',
    },
  ],
};

/**
 * One object with its bucket, as `${s3:BUCKET/KEY}` of the Serverless Framework names it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export const s3Object: ResourceForm = {
  title: 'object of S3',
  example: 'my-bucket/config/app.json',
  pattern: '^[a-z0-9][a-z0-9.-]*[a-z0-9]/[\\x20-\\x29\\x2b-\\x3e\\x40-\\x7e\\xa0-\\xff]+$',
  says: 'the bucket, a slash and the key',
  shortest: 5,
  longest: 1088,
  url: { pattern: '^s3[an]?://([^/]+)/(.*[^/])$', as: '$1/$2' },
  refuse: [
    {
      pattern: '^(?:[$][{])?s3(?:[(][a-z0-9-]+[)])?:([^/:][^}]*)[}]?$',
      say: 'is a variable of the Serverless Framework: write the bucket and the key alone',
      here: '`$1`',
    },
    { pattern: '^(?:https?|s3[an]?)://', say: 'is an address: write the bucket and the key alone' },
    { pattern: '^[a-z0-9][a-z0-9.-]{3,62}$', say: 'is a bucket without a key: write a slash and the key behind it' },
    { pattern: '/$', say: 'ends with a slash, which is no single object: write the key of one' },
    {
      pattern: '//|/[.][.]?(/|$)',
      say: 'holds an empty or dot segment, which clients clean away: write the plain key',
    },
  ],
  arn: { service: 's3', regional: false, account: false, resource: [itself] },
};
