import { describe, expect, test } from 'vitest';
import { detect } from '../src/index.js';

const backend = 'terraform { backend "s3" { bucket = "states", key = "k", region = "eu-west-1" } }'.replaceAll(
  ', ',
  '\n',
);
const keys =
  "{ aws-access-key-id: '${{ secrets.A }}', aws-secret-access-key: '${{ secrets.B }}', aws-region: eu-west-1 }";
const workflow = (...scripts: readonly string[]) => `on: { push: { branches: [main] } }
jobs:
  a:
    runs-on: x
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: ${keys}
${scripts.map((script) => `      - run: ${script}\n`).join('')}`;

function optionsOf(useCase: string, ...texts: readonly string[]) {
  const files = texts.map((text, place) => [`.github/workflows/${place}.yml`, text] as const);
  const { jobs } = detect(new Map([['backend.tf', backend], ...files]));
  return jobs.filter((job) => job.useCase === useCase).map(({ options }) => options);
}

/** Two orders of the same. */
const orders = <T>(one: T, other: T) => [
  [one, other],
  [other, one],
];

describe('what the jobs of one role are said to do is what the widest of them does', () => {
  test.each(orders('terraform plan', 'terraform apply'))('%s, then %s', (first, second) => {
    const texts = [first, second].map((run) => workflow('terraform init', run));
    expect(optionsOf('terraform-remote-state-s3', ...texts)).toMatchObject([{ bucket: 'states', access: 'apply' }]);
  });

  test.each(orders('pulumi preview', 'pulumi up'))('%s, then %s', (first, second) => {
    const login = 'pulumi login s3://states';
    const texts = [first, second].map((run) => workflow(login, `${run} --stack acme/shop/dev`));
    expect(optionsOf('pulumi-state-s3', ...texts).map(({ access }) => access)).toEqual(['update']);
  });

  test.each(orders('aws s3 cp s3://cache/x/a.tar .', 'aws s3 cp a.tar s3://cache/x/a.tar'))(
    '%s, then %s',
    (first, second) => {
      const apart = optionsOf('s3-build-cache', workflow(first), workflow(second));
      const together = optionsOf('s3-build-cache', workflow(first, second));
      for (const [options] of [apart, together])
        expect(options).toMatchObject({ bucket: 'cache', access: 'read-write' });
    },
  );

  test.each(
    orders(
      'aws cloudformation deploy --stack-name s --template-file t',
      'aws cloudformation describe-stacks --stack-name s',
    ),
  )('%s, then %s', (first, second) => {
    const [options] = optionsOf('cloudformation-deploy', workflow(first), workflow(second));
    expect(options!['access'] ?? 'deploy').toBe('deploy');
  });

  test.each(
    orders(
      'aws s3 sync --delete dist s3://site',
      'aws s3 cp dist/index.html s3://site/index.html --cache-control no-cache',
    ),
  )('%s, then %s: neither is said to be all', (first, second) => {
    const apart = optionsOf(
      'static-site-s3-cloudfront',
      workflow(first),
      workflow(second, 'aws cloudfront create-invalidation --distribution-id E1 --paths x'),
    );
    const together = optionsOf('static-site-s3-cloudfront', workflow(first, second));
    for (const [options] of [apart, together]) expect(options!['command']).not.toBe('cp');
  });
});

test('what differs, and of which neither holds the other, is two jobs of the role', () => {
  const aws = workflow('aws ecs update-service --cluster c --service s --force-new-deployment');
  const fabfuel = workflow('ecs deploy c s');
  for (const texts of orders(aws, fabfuel))
    expect(
      optionsOf('ecs-service-deployment', ...texts)
        .map(({ client }) => client)
        .sort(),
    ).toEqual(['aws-cli', 'fabfuel']);
});
