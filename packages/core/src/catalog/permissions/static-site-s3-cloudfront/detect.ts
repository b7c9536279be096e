import {
  argument,
  belongs,
  defineDetection,
  flag,
  input,
  shows,
  variable,
  type SignCondition,
  type ValueSource,
} from '../../../use-case/detection.js';

const invalidations = [
  '$ aws cloudfront create-invalidation',
  'uses chetan/invalidate-cloudfront-action',
  'uses awact/cloudfront-action',
  'uses badsyntax/github-action-aws-cloudfront',
  'pipe atlassian/aws-cloudfront-invalidate',
  'orb circleci/aws-cloudfront/invalidate',
  'jenkins cfInvalidate',
];

/** Folders that builds of sites write to. */
const folders = [
  'build',
  'dist',
  'public',
  'out',
  '_site',
  'site',
  'web',
  'www',
  'html',
  'website',
  'output',
  'storybook-static',
  'docs/build',
  '.next',
  'target/site',
  'static',
  'front',
  'frontend',
  'client',
  '_book',
  'book',
  'docs/_build',
  'src/.vuepress/dist',
  '_build',
];
const inFolders = folders.flatMap((folder) => [`${folder}/`, `./${folder}/`]);

function isSite(source: ValueSource): SignCondition {
  return {
    any: [
      { has: source, is: folders.flatMap((folder) => [folder, `./${folder}`]) },
      { begins: source, with: inFolders },
      { holds: source, of: ['/dist', '/build', '/public', '/out/', '/_site', '/www', '/web/', '/frontend/'] },
      { ends: source, with: ['/html', '/html/', '/web', '/website', '/website/', '/frontend', '/site', '/site/'] },
      // A page, and no report of a test.
      {
        all: [
          { holds: source, of: ['.html'] },
          { not: { holds: source, of: ['report', 'coverage', 'result', 'scan', 'audit'] } },
        ],
      },
    ],
  };
}

const uploads: SignCondition = {
  all: [
    { any: [{ begins: argument(1), with: ['s3://'] }, { not: { begins: argument(1), with: ['.', '/'] } }] },
    { not: { begins: argument(0), with: ['s3://'] } },
  ],
};
const looksLikeSite: SignCondition = {
  any: [
    { has: flag('--delete') },
    { has: flag('--acl'), is: ['public-read'] },
    { has: flag(['--cache-control', '--website-redirect', '--metadata-directive']) },
    { begins: argument(1), with: ['s3://www.'] },
    { beside: invalidations },
    isSite(argument(0)),
  ],
};
const archives = [
  ...['.zip', '.tar', '.tgz', '.jar', '.war', '.gz', '.deb', '.rpm', '.exe', '.whl'],
  ...['.dmg', '.msi', '.pkg', '.AppImage', '.snap', '.apk', '.aab', '.ipa'],
];
const pages = ['.html', '.js', '.css', '.json', '.xml', '.txt', '.svg', '.png', '.ico', '.woff', '.map', '.wasm'];
/** One archive is no site, and neither are archives alone of a folder. */
const isArchive: SignCondition = {
  any: [
    { all: [{ not: { has: flag('--recursive') } }, { holds: argument(0), of: archives }] },
    { all: [{ holds: flag('--include'), of: archives }, { not: { holds: flag('--include'), of: pages } }] },
  ],
};

const kept = {
  buckets: argument(1, 'bucket of s3'),
  acl: flag('--acl'),
  kmsKeys: flag('--sse-kms-key-id'),
} as const;
const upload = { ...kept, prefixes: argument(1, 'prefix of s3') } as const;
/** All below a folder, which has no name of a file behind it. */
const uploadAll = { ...kept, prefixes: argument(1, 'folder of s3') } as const;

const isOrbSite: SignCondition = {
  all: [
    { not: { holds: input('from'), of: archives } },
    {
      any: [
        { holds: input('arguments'), of: ['--delete', '--acl', '--cache-control'] },
        isSite(input('from')),
        { beside: invalidations },
      ],
    },
  ],
};
const orbFolder = { buckets: input('to', 'bucket of s3'), prefixes: input('to', 'folder of s3') } as const;

export const staticSiteS3CloudfrontDetection = defineDetection({
  signs: [
    shows('$ aws s3 sync', {
      when: { all: [uploads, looksLikeSite, { not: isArchive }] },
      options: { ...uploadAll, deleteRemoved: flag('--delete') },
      sets: { command: 'sync' },
      tells: { delete: flag('--delete') },
    }),
    shows(['$ aws s3 cp', '$ aws s3 mv'], {
      when: { all: [uploads, looksLikeSite, { not: isArchive }, { has: flag('--recursive') }] },
      switches: ['--recursive'],
      options: uploadAll,
      sets: { command: 'cp' },
    }),
    shows(['$ aws s3 cp', '$ aws s3 mv'], {
      when: { all: [uploads, looksLikeSite, { not: isArchive }] },
      options: upload,
      sets: { command: 'cp' },
    }),
    // A copy of a page onto itself gives it other headers.
    belongs('$ aws s3 cp', {
      when: {
        all: [
          { begins: argument(0), with: ['s3://'] },
          { begins: argument(1), with: ['s3://'] },
          { has: flag(['--metadata-directive', '--cache-control', '--content-type', '--expires']) },
        ],
      },
      switches: ['--recursive'],
      options: { buckets: argument(1, 'bucket of s3') },
      sets: { readBack: true },
    }),
    belongs('$ aws s3 rm', {
      options: { buckets: argument(0, 'bucket of s3'), prefixes: argument(0, 'prefix of s3') },
      sets: { deleteRemoved: true },
    }),
    shows('$ aws cloudfront create-invalidation', {
      options: { distributions: flag(['--distribution-id', '--distribution-ids']) },
      tells: { distributionId: flag(['--distribution-id', '--distribution-ids']), paths: flag('--paths') },
    }),
    belongs(['$ aws cloudfront wait invalidation-completed', '$ aws cloudfront get-invalidation'], {
      options: { distributions: flag('--distribution-id') },
      sets: { waitForInvalidation: true },
    }),
    belongs('$ aws cloudfront list-distributions', { sets: { findDistribution: true } }),
    shows(['uses chetan/invalidate-cloudfront-action'], {
      options: { distributions: [input('DISTRIBUTION'), variable('DISTRIBUTION')] },
      tells: {
        distributionId: [input('DISTRIBUTION'), variable('DISTRIBUTION')],
        paths: [input('PATHS'), variable('PATHS')],
      },
    }),
    shows(['uses awact/cloudfront-action', 'uses badsyntax/github-action-aws-cloudfront'], {
      options: {
        distributions: [
          input(['distribution-id', 'distribution_id', 'cf-distribution-id']),
          variable('DISTRIBUTION_ID'),
        ],
      },
    }),
    shows('uses jakejarvis/s3-sync-action', {
      options: {
        buckets: [input('AWS_S3_BUCKET'), variable('AWS_S3_BUCKET')],
        prefixes: [input('DEST_DIR'), variable('DEST_DIR')],
        region: [input('AWS_REGION'), variable('AWS_REGION')],
      },
      sets: { command: 'sync' },
    }),
    shows('uses jonelantha/gatsby-s3-action', {
      options: {
        buckets: input('dest-s3-bucket'),
        prefixes: input('dest-s3-path'),
        distributions: input('cloudfront-id-to-invalidate'),
        deleteRemoved: [input('sync-delete'), { input: 'dest-s3-bucket', says: 'true' }],
      },
      tells: { distributionId: input('cloudfront-id-to-invalidate') },
    }),
    shows('uses keithweaver/aws-s3-github-action', {
      when: {
        all: [
          { begins: input('destination'), with: ['s3://'] },
          { has: input('command'), is: ['sync', 'cp'] },
          {
            any: [
              { holds: input('flags'), of: ['--delete', '--cache-control'] },
              isSite(input('source')),
              { beside: invalidations },
            ],
          },
        ],
      },
      options: {
        buckets: input('destination', 'bucket of s3'),
        prefixes: input('destination', 'prefix of s3'),
        region: input('aws_region'),
      },
    }),
    shows(['uses reggionick/s3-deploy', 'uses lbertenasco/s3-deploy'], {
      options: {
        buckets: input('bucket'),
        region: input('bucket-region'),
        distributions: input('dist-id'),
        deleteRemoved: input('delete-removed'),
      },
      tells: { distributionId: input('dist-id'), paths: input('invalidation') },
    }),
    shows(
      [
        'uses onramper/action-deploy-aws-static-site',
        'uses badsyntax/github-action-aws-s3',
        'uses nicolasflamel/upload-to-s3',
      ],
      {
        options: { buckets: input(['bucket', 's3-bucket', 'domain']) },
      },
    ),
    shows('orb circleci/aws-s3/sync', { when: isOrbSite, options: orbFolder }),
    shows('orb circleci/aws-s3/copy', {
      when: { all: [isOrbSite, { holds: input('arguments'), of: ['--recursive'] }] },
      options: orbFolder,
    }),
    shows('orb circleci/aws-s3/copy', {
      when: isOrbSite,
      options: { ...orbFolder, prefixes: input('to', 'prefix of s3') },
    }),
    shows('pipe atlassian/aws-s3-deploy', {
      when: {
        any: [
          { has: input('DELETE_FLAG'), is: ['true', 'True'] },
          { has: input(['ACL', 'CACHE_CONTROL']) },
          isSite(input('LOCAL_PATH')),
          { beside: invalidations },
        ],
      },
      options: {
        buckets: input('S3_BUCKET', 'bucket of path'),
        prefixes: input('S3_BUCKET', 'prefix of path'),
        region: input('AWS_DEFAULT_REGION'),
        deleteRemoved: input('DELETE_FLAG'),
        acl: input('ACL'),
      },
      tells: { delete: input('DELETE_FLAG') },
    }),
    shows('pipe atlassian/aws-cloudfront-invalidate', {
      options: { distributions: input('DISTRIBUTION_ID') },
      tells: { distributionId: input('DISTRIBUTION_ID'), paths: input('PATHS') },
    }),
    shows('orb circleci/aws-cloudfront/invalidate', {
      options: { distributions: input(['distribution_id', 'distribution-id']) },
      tells: { paths: input('paths') },
    }),
    shows('jenkins s3Upload', {
      when: {
        all: [
          { not: { holds: input(['file', 'includePathPattern']), of: archives } },
          {
            any: [
              { has: input('acl'), is: ['PublicRead'] },
              { has: input('cacheControl') },
              isSite(input(['workingDir', 'file'])),
              { beside: invalidations },
            ],
          },
        ],
      },
      options: { buckets: input('bucket'), prefixes: input('path') },
    }),
    shows('task S3Upload', {
      when: {
        any: [
          { has: input('filesAcl'), is: ['public-read'] },
          { has: input('cacheControl') },
          isSite(input('sourceFolder')),
          { beside: invalidations },
        ],
      },
      options: { buckets: input('bucketName'), prefixes: input('targetFolder'), region: input('regionName') },
    }),
    shows('jenkins cfInvalidate', {
      options: { distributions: input('distribution') },
      tells: { paths: input('paths') },
    }),
  ],
});
