import {
  build,
  cloudformationDeploy,
  lambdaCodeDeploy,
  pulumiStateS3,
  s3BuildCache,
  staticSiteS3Cloudfront,
  terraformRemoteStateS3,
  terragrunt,
  tryBuild,
  type UseCase,
} from '../../src/index.js';
import { describe, expect, test } from 'vitest';

const place = { account: '123456789012', region: 'eu-west-1' };

function problemsOf(useCase: UseCase, options: object): string[] {
  return tryBuild(useCase, { ...place, ...options }).problems.map(({ path, message }) => `${path}: ${message}`);
}

/** Each way to say it by a URL, with the plain way. */
const alike: readonly [string, UseCase, object, object][] = [
  ['a bucket', s3BuildCache, { bucket: 's3://b-1', prefixes: ['p'] }, { bucket: 'b-1', prefixes: ['p'] }],
  ['with a slash', s3BuildCache, { bucket: 's3://b-1/', prefixes: ['p'] }, { bucket: 'b-1', prefixes: ['p'] }],
  ['as Hadoop writes it', s3BuildCache, { bucket: 's3a://b-1/p' }, { bucket: 'b-1', prefixes: ['p'] }],
  ['a bucket and a prefix', s3BuildCache, { bucket: 's3://b-1/p/q/' }, { bucket: 'b-1', prefixes: ['p/q'] }],
  ['and an empty option', s3BuildCache, { bucket: 's3://b-1/p', prefixes: null }, { bucket: 'b-1', prefixes: ['p'] }],
  [
    'a prefix',
    s3BuildCache,
    { bucket: 'b-1', prefixes: ['s3://b-1/p/', 'q'] },
    { bucket: 'b-1', prefixes: ['p', 'q'] },
  ],
  [
    'a prefix beside an ARN',
    s3BuildCache,
    { bucket: 'arn:aws:s3:::b-1', prefixes: ['s3://b-1/p'] },
    { bucket: 'arn:aws:s3:::b-1', prefixes: ['p'] },
  ],
  [
    'one of several buckets',
    staticSiteS3Cloudfront,
    { buckets: ['s3://b-1/', 'b-2'], wholeBucket: true },
    { buckets: ['b-1', 'b-2'], wholeBucket: true },
  ],
  ['a list of one', staticSiteS3Cloudfront, { buckets: ['s3://b-1/www'] }, { buckets: ['b-1'], prefixes: ['www'] }],
  [
    'a key',
    lambdaCodeDeploy,
    { functions: ['f'], package: 's3', bucket: 's3://b-1/p/f.zip' },
    { functions: ['f'], package: 's3', bucket: 'b-1', keys: ['p/f.zip'] },
  ],
  [
    'a folder of keys',
    lambdaCodeDeploy,
    { functions: ['f'], package: 's3', bucket: 's3://b-1/p/' },
    { functions: ['f'], package: 's3', bucket: 'b-1', prefixes: ['p'] },
  ],
  [
    'templates',
    cloudformationDeploy,
    { stacks: ['app'], bucket: 's3://b-1/templates/' },
    { stacks: ['app'], bucket: 'b-1', prefixes: ['templates'] },
  ],
  [
    'a state',
    terraformRemoteStateS3,
    { bucket: 's3://b-1/a/terraform.tfstate' },
    { bucket: 'b-1', keys: ['a/terraform.tfstate'] },
  ],
  [
    'the prefix of workspaces',
    terraformRemoteStateS3,
    { bucket: 'b-1', keys: ['k'], workspaces: ['w'], workspaceKeyPrefix: 's3://b-1/spaces' },
    { bucket: 'b-1', keys: ['k'], workspaces: ['w'], workspaceKeyPrefix: 'spaces' },
  ],
  [
    'a bucket of another kind',
    terragrunt,
    { bucket: 's3://b-1/k', bootstrap: 'create', accessLoggingBucket: 's3://logs' },
    { bucket: 'b-1', keys: ['k'], bootstrap: 'create', accessLoggingBucket: 'logs' },
  ],
  [
    'a backend of Pulumi',
    pulumiStateS3,
    { bucket: 's3://b-1/team/one?region=eu-west-1&awssdk=v2', stacks: ['a/b'] },
    { bucket: 'b-1', root: 'team/one/.pulumi', stacks: ['a/b'] },
  ],
  [
    'a backend of Pulumi at the top',
    pulumiStateS3,
    { bucket: 's3://b-1?region=eu-west-1', stacks: ['a/b'] },
    { bucket: 'b-1', stacks: ['a/b'] },
  ],
  [
    'the root of one',
    pulumiStateS3,
    { bucket: 'b-1', root: 's3://b-1/team', stacks: ['a/b'] },
    { bucket: 'b-1', root: 'team/.pulumi', stacks: ['a/b'] },
  ],
];

describe('what is in a bucket may be given by URL', () => {
  test.each(alike)('%s', (_, useCase, byUrl, plain) => {
    expect(problemsOf(useCase, byUrl)).toEqual([]);
    expect(build(useCase, { ...place, ...byUrl })).toEqual(build(useCase, { ...place, ...plain }));
  });

  test('the options that were given stay as they were', () => {
    const options = Object.freeze({ ...place, bucket: 's3://b-1/p' });
    expect(build(s3BuildCache, options)).toEqual(build(s3BuildCache, options));
    expect(Object.keys(options)).toEqual(['account', 'region', 'bucket']);
  });
});

describe('what a URL says and no option can hold is refused', () => {
  test.each<[string, UseCase, object, string]>([
    ['another bucket', s3BuildCache, { bucket: 'b-1', prefixes: ['s3://b-2/p'] }, 'and `bucket` is `b-1`'],
    ['a prefix twice', s3BuildCache, { bucket: 's3://b-1/p', prefixes: ['q'] }, 'and `prefixes` is given'],
    ['a prefix and all', s3BuildCache, { bucket: 's3://b-1/p', wholeBucket: true }, 'exclude each other'],
    [
      'prefixes of several buckets',
      staticSiteS3Cloudfront,
      { buckets: ['s3://b-1/p', 's3://b-2/q'] },
      'and `prefixes` is for all buckets alike',
    ],
    ['a folder of states', terraformRemoteStateS3, { bucket: 's3://b-1/p/', keys: ['k'] }, 'is a URL: write the name'],
    [
      'a key of a bucket for logs',
      terragrunt,
      { bucket: 'b-1', keys: ['k'], bootstrap: 'create', accessLoggingBucket: 's3://logs/p' },
      'is a URL: write the name of the bucket alone, here `logs`',
    ],
    ['a name with capitals', s3BuildCache, { bucket: 's3://Build/p' }, '`Build` is no S3 bucket'],
    ['a variable', s3BuildCache, { bucket: 's3://$' + '{B}/p' }, 'IAM reads as a policy variable'],
    ['a wildcard', s3BuildCache, { bucket: 's3://b-1/p*' }, 'holds a wildcard'],
    ['two slashes', s3BuildCache, { bucket: 's3://b-1//p' }, 'begins with a slash'],
    [
      'an endless one',
      s3BuildCache,
      { bucket: `s3://b-1/${'p/'.repeat(2000)}`, prefixes: ['p'] },
      'has 4009 characters',
    ],
    ['no bucket', s3BuildCache, { bucket: 's3:///p', prefixes: ['p'] }, 'is a URL'],
    [
      'the folder that Pulumi makes',
      pulumiStateS3,
      { bucket: 's3://b-1/team/.pulumi', stacks: ['a/b'] },
      'has `.pulumi` twice at its end',
    ],
  ])('%s', (_, useCase, options, expected) => {
    expect(problemsOf(useCase, options).join('\n')).toContain(expected);
  });
});
