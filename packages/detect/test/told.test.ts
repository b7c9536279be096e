import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

/** What is told of a step besides its options. */
const steps: readonly (readonly [step: string, seen: Readonly<Record<string, string | readonly string[]>>])[] = [
  ['- run: terragrunt plan', { commands: 'plan' }],
  ['- run: terragrunt run-all apply --terragrunt-non-interactive', { commands: 'apply' }],
  ['- run: terragrunt run --all -- destroy', { commands: 'destroy' }],
  ['- run: terragrunt run --all --non-interactive plan -no-color', { commands: 'plan' }],
  ['- run: terragrunt plan-all && terragrunt apply-all', { commands: ['plan', 'apply'] }],
  [
    '- uses: cds-snc/terraform-plan@v3\n  with: { terragrunt: true, directory: live }',
    { commands: 'plan', directory: 'live' },
  ],
  ['- run: cdk deploy --all', { stacks: '*', commands: 'deploy' }],
  ['- run: cdk destroy --all --force', { stacks: '*', commands: 'destroy' }],
  ['- run: cdk deploy web "api-*"', { stacks: ['web', 'api-*'], commands: 'deploy' }],
  ['- run: cdk deploy', { commands: 'deploy' }],
  ['- run: aws s3 cp app.tar s3://b/releases/app.tar', { key: 'releases/app.tar' }],
  ['- run: aws s3 sync parts s3://b/releases/$GITHUB_SHA/', { prefix: 'releases/*/' }],
  ['- run: aws s3 rm --recursive s3://b/pull/$NUMBER/', { prefix: 'pull/*/', access: 'delete' }],
  ['- run: aws s3 rm s3://b/a/old.tar', { key: 'a/old.tar', access: 'delete' }],
  [
    '- run: aws s3 cp app.zip s3://b/app.zip\n- run: aws elasticbeanstalk create-application-version --application-name a',
    { key: 'app.zip', partOf: 'elastic-beanstalk' },
  ],
  [
    '- run: aws s3 cp app.zip s3://b/app.zip\n- run: aws deploy create-deployment --application-name a',
    { key: 'app.zip', partOf: 'codedeploy' },
  ],
  [
    '- run: aws lambda publish-layer-version --layer-name l\n- run: aws lambda publish-version --function-name f',
    { layer: 'l', operations: ['lambda:PublishLayerVersion', 'lambda:PublishVersion'] },
  ],
];

test.each(steps)('%s', (step, seen) => {
  const { jobs } = found(workflow(step)).whole;
  expect(jobs).toHaveLength(1);
  expect(jobs[0]!.seen).toEqual(seen);
});

test('a folder is copied as its whole prefix, and a file into one', () => {
  const prefixes = (step: string) => found(workflow(step)).whole.jobs.map(({ options }) => options);
  const common = { bucket: 'b', client: 'aws-cli' };
  expect(prefixes('- run: aws s3 sync parts s3://b/site/v2/')).toEqual([
    { ...common, access: 'read-write', prefixes: ['site/v2'], sync: true },
  ]);
  expect(prefixes('- run: aws s3 cp --recursive s3://b/site/v2 .')).toEqual([
    { ...common, access: 'read', prefixes: ['site/v2'], sync: true },
  ]);
  expect(prefixes('- run: aws s3 cp a.tar s3://b/site/v2')).toEqual([
    { ...common, access: 'read-write', prefixes: ['site'] },
  ]);
});

test('a state in S3 is told on the line of its address, and what the program makes on the line of the step', () => {
  const step = '- uses: pulumi/actions@v6\n  with:\n    command: up\n    stack-name: web\n    cloud-url: s3://states';
  const { whole, notCovered } = found(workflow(step));
  expect(whole.jobs.map(({ at }) => at.map(({ line }) => line))).toEqual([[10]]);
  expect(notCovered).toEqual([
    'pulumi/actions: pulumi-state-s3 gives the state alone, and not what the program makes @6',
  ]);
});

test('what is written where an account is, and is none, is asked for', () => {
  const account = (text: string) => {
    const { options, open } = found(workflow(`- run: docker push ${text}.dkr.ecr.eu-west-1.amazonaws.com/web:1`)).whole
      .jobs[0]!;
    return [options['account'], open.includes('account')];
  };
  expect(account('111122223333')).toEqual(['111122223333', false]);
  expect(account('"ACCOUNT_OF_$(date)"')).toEqual([undefined, true]);
});

test('a variable that is named by another one, and read later, is not known', () => {
  const text = String.raw`version: 2.1
jobs:
  a:
    docker: [{ image: x }]
    steps:
      - run: |
          echo "export CLUSTER=\$$(echo $STAGE | tr a-z A-Z)_CLUSTER" >> $BASH_ENV
          echo 'export SERVICE=$WEB' >> $BASH_ENV
          echo "export WEB=web" >> $BASH_ENV
      - run: aws ecs update-service --cluster $CLUSTER --service web --region eu-west-1
workflows: { w: { jobs: [a] } }
`;
  const [job] = found({ '.circleci/config.yml': text }).whole.jobs;
  expect([job!.options['cluster'], job!.open.includes('cluster')]).toEqual([undefined, true]);
});
