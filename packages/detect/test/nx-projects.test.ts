import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const project = JSON.stringify(
  {
    name: 'shop-infra',
    targets: {
      deploy: {
        executor: 'nx:run-commands',
        options: { commands: ['cdk deploy --all'], cwd: 'apps/shop' },
        configurations: { live: { commands: [{ command: 'STAGE=live cdk deploy Live' }] } },
      },
      site: { command: 'aws s3 sync dist s3://b/site' },
      again: { command: 'nx run shop-infra:again' },
    },
  },
  null,
  2,
);
const jobsOf = (run: string, more: Readonly<Record<string, string>> = {}) =>
  found({ ...workflow(`- run: ${run}`), 'apps/shop/project.json': project, ...more }).jobs.map(
    (job) => job.split(' ?')[0],
  );

test.each([
  'npx nx run shop-infra:deploy',
  'npx nx run shop-infra:deploy:live',
  'npx nx deploy shop-infra -c live',
  'npx nx run-many -t deploy --configuration=live',
  'yarn nx affected --target=deploy',
  'npx nx run-many -t lint deploy --parallel=1',
  'npx nx run-many --targets=lint,deploy -p other shop-infra',
  'npx nx run-many -t deploy --projects=tag:infra',
  'npx nx run-many -t deploy --exclude other,more',
])('%s', (run) => {
  expect(jobsOf(run)).toEqual(['cdk-deploy mode=deploy']);
});

test('a command that stands alone', () => {
  expect(jobsOf('npx nx site shop-infra')).toEqual(['static-site-s3-cloudfront buckets=b command=sync prefixes=site']);
});

test('of many projects with a target each one is followed, wherever it stands', () => {
  const others = Object.fromEntries(
    Array.from({ length: 80 }, (_, index) => [
      `apps/a${index}/project.json`,
      '{"targets":{"lint":{"command":"eslint"}}}',
    ]),
  );
  expect(jobsOf('npx nx run-many -t deploy', others)).toEqual(['cdk-deploy mode=deploy']);
  const { jobs } = found({ ...workflow('- run: nx run-many -t deploy'), ...others, 'z/project.json': project });
  expect(jobs).toHaveLength(1);
});

test.each([
  ['of projects that are not chosen', 'npx nx run-many -t deploy -p other', {}],
  ['of a project that is excluded', 'npx nx affected -t deploy --exclude=shop-infra', {}],
  ['of another project', 'npx nx run other:deploy', {}],
  ['that calls itself', 'npx nx run shop-infra:again', {}],
  ['of a name of prototypes', 'npx nx run shop-infra:__proto__', {}],
  ['of a file that is no JSON', 'npx nx run a:deploy', { 'a/project.json': '{"targets": {"deploy"' }],
  [
    'that is no command',
    'npx nx run a:deploy',
    { 'a/project.json': '{"targets":{"deploy":{"options":{"commands":[1,null,{}]}}}}' },
  ],
])('a target %s runs nothing', (_, run, files) => {
  expect(jobsOf(run, files)).toEqual([]);
});
