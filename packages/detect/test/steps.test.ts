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
