import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

/** What steps of Pulumi come to: what is known of `pulumi-state-s3`. */
const steps: readonly (readonly [step: string, known: readonly string[]])[] = [
  ['- run: pulumi login s3://state && pulumi up --yes --stack dev', ['access=update bucket=state']],
  [
    "- run: pulumi login 's3://state/team/one?region=eu-west-1&awssdk=v2'\n- run: pulumi preview -s dev",
    ['access=preview bucket=state root=team/one/.pulumi'],
  ],
  ["- run: pulumi login 's3://state?region=eu-west-1'", ['bucket=state']],
  ['- run: pulumi login --cloud-url s3://state/ && pulumi refresh --yes', ['access=update bucket=state']],
  [
    '- run: pulumi preview && pulumi up -y\n  env: { PULUMI_BACKEND_URL: s3://state/team/ }',
    ['access=update bucket=state root=team/.pulumi'],
  ],
  ['- run: pulumi login s3://state && pulumi destroy -y && pulumi stack rm dev', ['access=remove bucket=state']],
  [
    '- run: pulumi login s3://state && pulumi stack rm dev --yes --remove-backups',
    ['access=remove bucket=state removeBackups=true'],
  ],
  [
    '- run: pulumi login s3://state && pulumi stack change-secrets-provider awskms://alias/state',
    ['access=update bucket=state changeSecretsProvider=true'],
  ],
  [
    '- uses: pulumi/actions@v6\n  with: { command: up, stack-name: dev, cloud-url: s3://state/team }',
    ['access=update bucket=state root=team/.pulumi'],
  ],
  [
    '- uses: pulumi/actions@v6\n  with: { command: preview, stack-name: dev }\n  env: { PULUMI_BACKEND_URL: s3://state }',
    ['access=preview bucket=state'],
  ],
  [
    '- uses: pulumi/actions@v6\n  with: { command: destroy, remove: true, stack-name: dev, cloud-url: s3://state }',
    ['access=remove bucket=state'],
  ],
  ['- run: pulumi up --yes', []],
  ['- run: pulumi login gs://state && pulumi up --yes', []],
  ['- uses: pulumi/actions@v6\n  with: { command: up, stack-name: acme/app/dev }', []],
];

test.each(steps)('%s', (step, known) => {
  const { jobs } = found(workflow(step));
  expect(
    jobs.map((job) =>
      job
        .split(' ')
        .filter((word) => word.includes('=') && !word.startsWith('region='))
        .join(' '),
    ),
  ).toEqual(known);
});

test('Pulumi without a backend in S3 is told as not covered', () => {
  expect(found(workflow('- run: pulumi up --yes')).notCovered).toEqual(['pulumi up @6']);
});

test.each([
  ["- run: pulumi login 's3://state/team?region=eu-west-1&awssdk=v2'", 'region=eu-west-1'],
  ["- run: pulumi login 's3://state?awssdk=v2&region=eu-north-1'", 'region=eu-north-1'],
  ["- run: pulumi login 's3://state?myregion=eu-north-1'", '?region'],
  ['- run: pulumi login s3://state', '?region'],
])('the region of %s', (step, region) => {
  expect(found(workflow(step)).jobs[0]!.split(' ')).toContain(region);
});
