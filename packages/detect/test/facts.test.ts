import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const task = JSON.stringify({ family: 'web', executionRoleArn: role('exec'), taskRoleArn: role('ci/web') });
const render = `- id: task
  uses: aws-actions/amazon-ecs-render-task-definition@v1
  with: { task-definition: ./deploy/task.json, container-name: web, image: x }
- uses: aws-actions/amazon-ecs-deploy-task-definition@v2
  with: { task-definition: "\${{ steps.task.outputs.task-definition }}", service: web, cluster: main }
`;

/** What files beside the CI files add: the options that a job has by them. */
const facts: readonly (readonly [
  name: string,
  steps: string,
  files: Readonly<Record<string, string>>,
  useCase: string,
  options: Readonly<Record<string, unknown>>,
])[] = [
  [
    'the task definition that is rendered',
    render,
    { 'deploy/task.json': task },
    'ecs-service-deployment',
    { taskDefinitionFamilies: ['web'], passRoles: [role('exec'), role('ci/web')] },
  ],
  [
    'the task definition that is registered, below the folder of the step',
    '- run: aws ecs register-task-definition --cli-input-json file://task.json\n  working-directory: deploy\n- run: aws ecs update-service --cluster c --service s',
    { 'deploy/task.json': `\ufeff${task}`, 'task.json': '{}' },
    'ecs-service-deployment',
    { taskDefinitionFamilies: ['web'], passRoles: [role('exec'), role('ci/web')] },
  ],
  [
    'a task definition of which a part is filled in',
    render,
    { 'deploy/task.json': '{ "family": "${FAMILY}", "executionRoleArn": "arn:aws:iam::111122223333:role/exec" }' },
    'ecs-service-deployment',
    { taskDefinitionFamilies: undefined, passRoles: [role('exec')] },
  ],
  [
    'a task definition that is no JSON',
    render,
    { 'deploy/task.json': '{ "family": ' },
    'ecs-service-deployment',
    { passRoles: undefined },
  ],
  [
    'the configuration of ecspresso and its task definition',
    '- run: ecspresso deploy --config ecs/live.yml',
    {
      'ecs/live.yml':
        'region: eu-west-1\ncluster: main\nservice: "{{ must_env `SERVICE` }}"\ntask_definition: task.json\n',
      'ecs/task.json': task,
    },
    'ecs-service-deployment',
    { region: 'eu-west-1', cluster: 'main', services: undefined, taskDefinitionFamilies: ['web'] },
  ],
  [
    'the usual configuration of ecspresso',
    '- run: ecspresso deploy',
    { 'ecspresso.yml': 'cluster: main\nservice: web\n' },
    'ecs-service-deployment',
    { cluster: 'main', services: ['web'] },
  ],
  [
    'the qualifier of the nearest cdk.json',
    '- run: npx cdk deploy\n  working-directory: infra/app',
    {
      'cdk.json': '{ "context": { "@aws-cdk/core:bootstrapQualifier": "other" } }',
      'infra/cdk.json': '{ "app": "x", "context": { "@aws-cdk/core:bootstrapQualifier": "team1" } }',
    },
    'cdk-deploy',
    { qualifier: 'team1' },
  ],
  [
    'a cdk.json without a qualifier',
    '- run: npx cdk deploy',
    { 'cdk.json': '{ "app": "x" }' },
    'cdk-deploy',
    { qualifier: undefined },
  ],
  [
    'the backend of a project of Pulumi',
    '- run: pulumi up --yes\n  working-directory: infra',
    { 'infra/Pulumi.yaml': 'name: a\nbackend: { url: "s3://states/team?region=eu-west-1" }\n' },
    'pulumi-state-s3',
    { bucket: 'states', region: 'eu-west-1' },
  ],
  [
    'the same for the action of Pulumi',
    '- uses: pulumi/actions@v6\n  with: { command: up, work-dir: infra }',
    { 'infra/Pulumi.yaml': 'name: a\nbackend: { url: "s3://states" }\n' },
    'pulumi-state-s3',
    { bucket: 'states' },
  ],
  [
    'the images that a Dockerfile begins from',
    '- run: docker build -t web .',
    {
      Dockerfile:
        'ARG BASE=111122223333.dkr.ecr.eu-west-1.amazonaws.com/base\nFROM --platform=linux/amd64 ${BASE}:1 AS build\nFROM build AS more\nFROM node:22\nCOPY --from=111122223333.dkr.ecr.eu-west-1.amazonaws.com/tools:2 /a /a\n',
    },
    'ecr-image-pull',
    { repositories: ['base', 'tools'], account: '111122223333', region: 'eu-west-1' },
  ],
  [
    'the Dockerfile that an action builds',
    '- uses: docker/build-push-action@v6\n  with: { context: ./api, push: false }',
    { 'api/Dockerfile': 'from 111122223333.dkr.ecr.eu-west-1.amazonaws.com/base\r\n' },
    'ecr-image-pull',
    { repositories: ['base'] },
  ],
];

test.each(facts)('%s', (_, steps, files, useCase, options) => {
  const job = found({ ...workflow(steps), ...files }).whole.jobs.find((one) => one.useCase === useCase);
  expect(job).toBeDefined();
  for (const [name, value] of Object.entries(options)) expect([name, job!.options[name]]).toEqual([name, value]);
});

test.each([
  ['a Dockerfile of another registry', '- run: docker build .', { Dockerfile: 'FROM node:22\n' }],
  ['a build without a Dockerfile', '- run: docker build .', {}],
  ['a file above the repository', '- run: docker build -f ../../Dockerfile .', { Dockerfile: 'FROM node:22\n' }],
])('%s is no job', (_, steps, files) => {
  expect(found({ ...workflow(steps), ...files }).jobs).toEqual([]);
});

test('a project of Pulumi with another backend is listed as before', () => {
  const { jobs, notCovered } = found({ ...workflow('- run: pulumi up --yes'), 'Pulumi.yaml': 'name: a\n' });
  expect({ jobs, notCovered }).toEqual({ jobs: [], notCovered: ['pulumi up @6'] });
});
