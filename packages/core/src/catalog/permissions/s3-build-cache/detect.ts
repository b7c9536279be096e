import {
  argument,
  defineDetection,
  flag,
  input,
  mayShow,
  shows,
  type Sign,
  type SignCondition,
  type ValueForm,
  type ValueSource,
  variable,
} from '../../../use-case/detection.js';

const source = argument(0);
const target = argument(1);

function isBucket(place: ValueSource): SignCondition {
  return { begins: place, with: ['s3://'] };
}

/** An address that a variable holds whole, where the other side is no address. */
const copies: SignCondition = { any: [isBucket(source), isBucket(target)] };
const uploads: SignCondition = { all: [isBucket(target), { not: isBucket(source) }] };
const recursive: SignCondition = { has: flag('--recursive') };

const switches = ['--recursive', '--delete'];

/** How what is copied is named: as one object, or as all below a folder, which is listed. */
interface Copied {
  readonly form: ValueForm;
  readonly told: string;
  readonly sync: boolean;
}
const file: Copied = { form: 'prefix of s3', told: 'key', sync: false };
const folder: Copied = { form: 'folder of s3', told: 'prefix', sync: true };
const copying = ['$ aws s3 cp', '$ aws s3 mv'];

/** What deploys a bundle that the same CI job uploads. */
const bundles = {
  'elastic-beanstalk': '$ aws elasticbeanstalk create-application-version',
  codedeploy: '$ aws deploy create-deployment',
} as const;

function sets(access: string, { sync }: Copied) {
  return { access, client: 'aws-cli', ...(sync && { sync }) };
}

function uploadSigns(on: string | readonly string[], copied: Copied, ...when: readonly SignCondition[]): Sign[] {
  const details = {
    otherwise: true,
    switches,
    options: {
      bucket: argument(1, 'bucket of s3'),
      prefixes: argument(1, copied.form),
      kmsKey: flag('--sse-kms-key-id'),
    },
    sets: sets('read-write', copied),
    tells: { [copied.told]: argument(1, 'key of s3') },
  } as const;
  return [
    ...Object.entries(bundles).map(([partOf, command]) =>
      shows(on, { ...details, when: { all: [uploads, ...when, { beside: [command] }] }, means: { partOf } }),
    ),
    shows(on, { ...details, when: { all: [uploads, ...when] } }),
  ];
}

function downloadSign(on: string | readonly string[], copied: Copied, ...when: readonly SignCondition[]): Sign {
  return shows(on, {
    when: { all: [copies, ...when] },
    otherwise: true,
    switches,
    options: {
      bucket: [argument(0, 'bucket of s3'), argument(1, 'bucket of s3')],
      prefixes: argument(0, copied.form),
    },
    sets: sets('read', copied),
    tells: { [copied.told]: argument(0, 'key of s3') },
  });
}

const deletes = {
  means: { access: 'delete' },
  sets: { client: 'aws-cli' },
  lacks: ', since s3-build-cache deletes nothing',
} as const;

export const s3BuildCacheDetection = defineDetection({
  signs: [
    ...uploadSigns('$ aws s3 sync', folder),
    ...uploadSigns(copying, folder, recursive),
    ...uploadSigns(copying, file),
    downloadSign('$ aws s3 sync', folder),
    downloadSign(copying, folder, recursive),
    downloadSign(copying, file),
    mayShow(['$ aws s3 cp', '$ aws s3 mv', '$ aws s3 sync'], {
      otherwise: true,
      switches,
      options: { bucket: [argument(1, 'bucket of s3'), argument(0, 'bucket of s3')] },
      sets: { client: 'aws-cli' },
    }),
    shows(
      [
        '$ aws s3 ls',
        '$ aws s3api head-object',
        '$ aws s3api get-object',
        '$ aws s3api list-objects',
        '$ aws s3api list-objects-v2',
        '$ aws s3 presign',
      ],
      {
        when: { any: [{ has: flag('--bucket') }, { has: argument(0) }] },
        otherwise: true,
        options: {
          bucket: [flag('--bucket'), argument(0, 'bucket of s3')],
          prefixes: [flag('--prefix'), argument(0, 'prefix of s3')],
        },
        sets: { access: 'read', client: 'aws-cli' },
        tells: { key: [flag('--key'), argument(0, 'key of s3')] },
      },
    ),
    shows(['$ aws s3api put-object', '$ aws s3api copy-object'], {
      otherwise: true,
      options: { bucket: flag('--bucket') },
      sets: { access: 'read-write', client: 'aws-cli' },
      tells: { key: flag('--key') },
    }),
    mayShow('$ aws s3 rm', {
      when: recursive,
      otherwise: true,
      switches,
      options: { bucket: argument(0, 'bucket of s3'), prefixes: argument(0, folder.form) },
      tells: { prefix: argument(0, 'key of s3') },
      ...deletes,
    }),
    mayShow(['$ aws s3 rm', '$ aws s3api delete-object', '$ aws s3api delete-objects'], {
      otherwise: true,
      options: { bucket: [flag('--bucket'), argument(0, 'bucket of s3')], prefixes: argument(0, 'prefix of s3') },
      tells: { key: [flag('--key'), argument(0, 'key of s3')] },
      ...deletes,
    }),
    shows('$ aws cloudformation package', {
      otherwise: true,
      when: {
        not: {
          beside: [
            '$ aws cloudformation deploy',
            '$ aws cloudformation create-stack',
            '$ aws cloudformation update-stack',
            '$ aws cloudformation create-change-set',
          ],
        },
      },
      options: { bucket: flag('--s3-bucket'), prefixes: flag('--s3-prefix') },
      sets: { access: 'read-write', client: 'aws-cli' },
    }),
    shows(['orb circleci/aws-s3/copy', 'orb circleci/aws-s3/sync'], {
      otherwise: true,
      options: {
        bucket: [input('to', 'bucket of s3'), input('from', 'bucket of s3')],
        prefixes: input('to', 'prefix of s3'),
      },
      sets: { access: 'read-write', client: 'aws-cli' },
    }),
    shows('pipe atlassian/aws-s3-deploy', {
      otherwise: true,
      options: {
        bucket: input('S3_BUCKET', 'bucket of path'),
        prefixes: input('S3_BUCKET', 'prefix of path'),
        region: input('AWS_DEFAULT_REGION'),
      },
      sets: { access: 'read-write', client: 'aws-cli' },
    }),
    shows(['task S3Upload', 'task S3Download'], {
      otherwise: true,
      options: { bucket: input('bucketName'), region: input('regionName') },
      sets: { access: 'read-write' },
    }),
    shows(
      [
        'uses runs-on/cache',
        'uses whywaita/actions-cache-s3',
        'uses tespkg/actions-cache',
        'uses everpcpc/actions-cache',
      ],
      {
        when: { has: input(['bucket', 's3-bucket', 'aws-s3-bucket']) },
        options: { bucket: input(['bucket', 's3-bucket', 'aws-s3-bucket']), region: input(['region', 'aws-region']) },
        sets: { access: 'read-write', client: 'runs-on' },
      },
    ),
    shows(
      [
        'uses shallwefootball/s3-upload-action',
        'uses shallwefootball/upload-s3-action',
        'uses prewk/s3-cp-action',
        'uses hkusu/s3-upload-action',
        'uses stcalica/s3-upload',
        'uses tpaschalis/s3-sync-action',
        'uses qoqa/action-s3-cache',
        'uses leroy-merlin-br/action-s3-cache',
        'uses shubham/s3-upload',
      ],
      {
        otherwise: true,
        options: {
          bucket: input(['aws_bucket', 'aws-bucket', 'bucket', 'bucket-name', 'aws-s3-bucket', 's3_bucket']),
          region: input(['aws_region', 'aws-region', 'region']),
        },
        sets: { access: 'read-write', client: 'aws-cli' },
      },
    ),
    shows('uses keithweaver/aws-s3-github-action', {
      when: { begins: input('destination'), with: ['s3://'] },
      otherwise: true,
      options: {
        bucket: input('destination', 'bucket of s3'),
        prefixes: input('destination', 'prefix of s3'),
        region: input('aws_region'),
      },
      sets: { access: 'read-write', client: 'aws-cli' },
      tells: { key: input('destination', 'key of s3') },
    }),
    shows('uses keithweaver/aws-s3-github-action', {
      when: { begins: input('source'), with: ['s3://'] },
      otherwise: true,
      options: {
        bucket: input('source', 'bucket of s3'),
        prefixes: input('source', 'prefix of s3'),
        region: input('aws_region'),
      },
      sets: { access: 'read', client: 'aws-cli' },
      tells: { key: input('source', 'key of s3') },
    }),
    shows('uses zdurham/s3-upload-github-action', {
      otherwise: true,
      options: { bucket: variable('S3_BUCKET') },
      sets: { access: 'read-write', client: 'aws-cli' },
      tells: { key: variable('S3_KEY') },
    }),
    shows('$ buildkite-agent artifact upload', {
      when: isBucket(argument(1)),
      options: { bucket: argument(1, 'bucket of s3'), prefixes: argument(1, 'prefix of s3') },
      sets: { access: 'read-write' },
    }),
    shows(['jenkins s3Upload', 'jenkins s3Download', 'jenkins s3FindFiles', 'jenkins S3BucketPublisher'], {
      otherwise: true,
      options: {
        bucket: input('bucket', 'bucket of path'),
        prefixes: input('bucket', 'prefix of path'),
        region: input('selectedRegion'),
      },
      sets: { access: 'read-write' },
    }),
    shows('buildspec cache', { options: { bucket: input('bucket') }, sets: { access: 'read-write' } }),
  ],
});
