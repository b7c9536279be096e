import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const login = '- id: login\n  uses: aws-actions/amazon-ecr-login@v2\n';

test('tags that docker/metadata-action makes are images', () => {
  const steps = `${login}- id: meta
  uses: docker/metadata-action@v5
  with:
    images: |
      \${{ steps.login.outputs.registry }}/acme/web
      ghcr.io/acme/web
- uses: docker/build-push-action@v6
  with:
    push: true
    tags: \${{ steps.meta.outputs.tags }}
`;
  expect(found(workflow(steps)).jobs).toEqual(['ecr-docker-push repositories=acme/web ?account ?region @7,9,14']);
});

test('ECR Public is no private registry', () => {
  const steps = `- id: login
  uses: aws-actions/amazon-ecr-login@v2
  with: { registry-type: public }
- run: docker push "\${{ steps.login.outputs.registry }}/a1b2c3d4/web:1"
`;
  const { jobs, notCovered } = found(workflow(steps));
  expect(jobs).toEqual([]);
  expect(notCovered).toEqual(['aws-actions/amazon-ecr-login to public.ecr.aws @7']);
});

test('the task AWSCLI is a call of the AWS CLI', () => {
  const text = `steps:
  - task: AWSCLI@1
    inputs:
      awsCredentials: aws
      regionName: eu-west-1
      awsCommand: ecs
      awsSubCommand: update-service
      awsArguments: --cluster $(cluster) --service web --force-new-deployment
variables: { cluster: main }
`;
  expect(found({ 'azure-pipelines.yml': text }).jobs).toEqual([
    'ecs-service-deployment client=aws-cli cluster=main newTaskDefinition=false region=eu-west-1 services=web ?account @2',
  ]);
});

test('what is public is read without permission', () => {
  expect(found(workflow('- run: aws s3 cp s3://public-data/a . --no-sign-request'))).toMatchObject({
    jobs: [],
    notCovered: [],
  });
});

test('each combination of a matrix of GitLab fills a backend', () => {
  const text = `plan:
  parallel: { matrix: [{ ENV: [dev, live] }] }
  script:
    - terraform init -backend-config="bucket=acme-$ENV" -backend-config=key=k
`;
  expect(found({ '.gitlab-ci.yml': text }).jobs).toEqual([
    'terraform-remote-state-s3 bucket=acme-dev|acme-live keys=k ?region @4',
  ]);
});

test('an orb signs in by the steps that it is given, and one archive is no site', () => {
  const text = `version: 2.1
orbs: { aws-s3: circleci/aws-s3@4.0, aws-cli: circleci/aws-cli@4.0, aws-ecs: circleci/aws-ecs@4.0 }
jobs:
  a:
    steps:
      - aws-s3/copy: { from: dist/a.zip, to: 's3://parts/x/a.zip' }
      - run: aws cloudfront create-invalidation --distribution-id E1 --paths /a
workflows:
  w:
    jobs:
      - a
      - aws-ecs/deploy_service_update:
          auth: [{ aws-cli/setup: { role_arn: 'arn:aws:iam::111122223333:role/ship', region: eu-west-1 } }]
          cluster: main
          service_name: web
          family: web
`;
  const { whole } = found({ '.circleci/config.yml': text });
  const told = whole.jobs.map(({ useCase, options, role }) => [
    useCase,
    options['bucket'] ?? options['buckets'] ?? null,
    options['region'] ?? null,
    role,
  ]);
  expect(told).toEqual([
    ['s3-build-cache', 'parts', null, 'config'],
    ['static-site-s3-cloudfront', null, null, 'config'],
    ['ecs-service-deployment', null, 'eu-west-1', 'ship'],
  ]);
});

test('origins are told without the signs that stand for expressions', () => {
  const step = '- run: aws ecs update-service --cluster "${C_${{ inputs.x }}:-$(jq ${{ inputs.y }} f)}" --service web';
  const { whole } = found(workflow(step));
  expect(JSON.stringify(whole)).not.toMatch(/[\ue000-\uf8ff]/);
  expect(whole.jobs[0]!.open).toContain('cluster');
});

test('a page that is copied onto itself for its headers is part of the site', () => {
  const copy =
    'aws s3 cp s3://www/index.html s3://www/index.html --metadata-directive REPLACE --cache-control max-age=0';
  const { jobs, notCovered, whole } = found(workflow(`- run: |\n    aws s3 sync dist s3://www --delete\n    ${copy}`));
  expect(jobs.map((job) => job.split(' ')[0])).toEqual(['static-site-s3-cloudfront']);
  expect(whole.jobs[0]?.options).toMatchObject({ buckets: ['www'], readBack: true });
  expect(notCovered).toEqual([]);
  // Where nothing is a site, it is a copy.
  expect(found(workflow(`- run: ${copy}`)).jobs[0]).toContain('s3-build-cache');
});

test.each(['AWS/Deploy-ECS', 'Jobs/Deploy/ECS'])("GitLab's template %s deploys to ECS", (template) => {
  const text = `include: [{ template: ${template}.gitlab-ci.yml }]\nvariables: { CI_AWS_ECS_CLUSTER: main, CI_AWS_ECS_SERVICE: web, CI_AWS_ECS_TASK_DEFINITION: web }\n`;
  const { jobs, notCovered } = found({ '.gitlab-ci.yml': text });
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatch(/^ecs-service-deployment .*cluster=main services=web taskDefinitionFamilies=web/);
  expect(notCovered).toEqual([]);
});

test.each(['aws-actions/closed-issue-message', 'aws-github-ops/handle-stale-discussions', 'aws/labeler'])(
  '%s works on GitHub alone',
  (name) => {
    const { jobs, notCovered } = found(workflow(`- uses: ${name}@v1`));
    expect([...jobs, ...notCovered]).toEqual([]);
  },
);
