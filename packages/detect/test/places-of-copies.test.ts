import { describe, expect, test } from 'vitest';
import { found, workflow } from './found.js';

const known = 'env: { AWS_REGION: eu-west-1 }\n';
const unknowns = `env: { FROM: "\${{ vars.FROM }}", MORE: "\${{ vars.MORE }}", TO: "\${{ vars.TO }}" }`;

function jobsOf(...commands: readonly string[]): string[] {
  return found(workflow(`- ${unknowns}\n  run: |\n${commands.join('\n').replace(/^/gm, '    ')}\n`, known)).jobs;
}

describe('words of a copy that may be a flag', () => {
  const upload = 's3-build-cache access=read-write bucket=b client=aws-cli';

  test.each([
    ['aws s3 cp "$FROM" s3://b/kept/a.tgz $MORE', `${upload} prefixes=kept region=eu-west-1 @9`],
    ['aws s3 cp $MORE "$FROM" s3://b/kept/a.tgz', `${upload} prefixes=kept region=eu-west-1 @9`],
    ['aws s3 cp $MORE "$FROM" s3://b/kept/a.tgz $MORE', `${upload} prefixes=kept region=eu-west-1 @9`],
    ['aws s3 sync "$FROM" s3://b/kept ${MORE:+"$MORE"}', `${upload} prefixes=kept region=eu-west-1 sync=true @9`],
    [
      'aws s3 cp s3://b/kept/a.tgz . $MORE',
      's3-build-cache access=read bucket=b client=aws-cli prefixes=kept region=eu-west-1 @9',
    ],
    [
      'aws s3 cp $MORE s3://b/kept/a.tgz .',
      's3-build-cache access=read bucket=b client=aws-cli prefixes=kept region=eu-west-1 @9',
    ],
  ])('%s', (command, job) => {
    expect(jobsOf(command)).toEqual([job]);
  });
});

describe('a folder of a bucket that a site is copied into', () => {
  const site = 'static-site-s3-cloudfront buckets=b command=';

  test.each([
    ['aws s3 sync dist s3://b/app', `${site}sync prefixes=app region=eu-west-1 @9`],
    ['aws s3 sync dist s3://b/app/', `${site}sync prefixes=app region=eu-west-1 @9`],
    ['aws s3 sync dist s3://b/app/v1', `${site}sync prefixes=app/v1 region=eu-west-1 @9`],
    ['aws s3 cp dist s3://b/app --recursive', `${site}cp prefixes=app region=eu-west-1 @9`],
    ['aws s3 cp dist/index.html s3://b/app/index.html', `${site}cp prefixes=app region=eu-west-1 @9`],
  ])('%s', (command, job) => {
    expect(jobsOf(command)).toEqual([job]);
  });

  test('by an orb', () => {
    const config = `version: 2.1
orbs: { aws-s3: circleci/aws-s3@3.0 }
jobs:
  push:
    docker: [{ image: cimg/node:20.1 }]
    parameters: { to: { type: string } }
    steps:
      - aws-s3/sync: { from: build, to: "s3://b/<< parameters.to >>" }
workflows:
  all:
    jobs:
      - push: { name: one, to: develop }
      - push: { name: two, to: production }
`;
    expect(found({ '.circleci/config.yml': config }).jobs).toEqual([
      'static-site-s3-cloudfront buckets=b prefixes=develop|production ?region @8',
    ]);
  });
});

describe('what is copied by its kind', () => {
  const upload = 's3-build-cache access=read-write bucket=b client=aws-cli prefixes=dist region=eu-west-1 sync=true @9';

  test.each([
    'aws s3 cp dist s3://b/dist --recursive --exclude "*" --include "*.dmg" --include "*.AppImage"',
    'aws s3 sync build s3://b/dist --exclude "*" --include "*.zip"',
    'aws s3 sync ./public/ s3://b/dist --exclude "*" --include "*.apk" --include "*.aab"',
  ])('archives and installers alone are no site: %s', (command) => {
    expect(jobsOf(command)).toEqual([upload]);
  });

  test.each([
    'aws s3 sync dist s3://b/dist --exclude "*" --include "*.html"',
    'aws s3 sync dist s3://b/dist --exclude "*.zip"',
    'aws s3 sync dist s3://b/dist --exclude "*" --include "*.js" --include "*.zip"',
  ])('pages are one: %s', (command) => {
    expect(jobsOf(command)).toEqual([
      'static-site-s3-cloudfront buckets=b command=sync prefixes=dist region=eu-west-1 @9',
    ]);
  });

  test.each(['shop/web/', './apps/website', 'client/html', 'shop/frontend/'])('a folder of pages: %s', (folder) => {
    expect(jobsOf(`aws s3 cp ${folder} s3://b/dist --recursive`)).toEqual([
      'static-site-s3-cloudfront buckets=b command=cp prefixes=dist region=eu-west-1 @9',
    ]);
  });

  test.each(['data/webhooks', 'models/website-data', 'reports/html-coverage'])('none: %s', (folder) => {
    expect(jobsOf(`aws s3 cp ${folder} s3://b/dist --recursive`)).toEqual([upload]);
  });
});
