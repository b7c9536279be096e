import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const uses = (name: string, inputs: string) => `- uses: ${name}@v1\n  with: { ${inputs} }`;

/** Actions that others publish, with the inputs that their own action.yml declares. */
const actions: readonly (readonly [step: string, jobs: readonly string[]])[] = [
  [
    uses('geekcell/github-action-aws-ecs-run-task', 'task-definition: migrate, cluster: main, subnet-ids: a'),
    [
      'ecs-run-task client=geekcell cluster=main readLogs=live taskDefinitionFamilies=migrate ?account ?logGroups ?region @6',
    ],
  ],
  [
    uses('geekcell/github-action-aws-ecs-run-task', "task-definition: migrate, cluster: main, tail-logs: 'false'"),
    ['ecs-run-task client=geekcell cluster=main taskDefinitionFamilies=migrate ?account ?region @6'],
  ],
  [
    uses('yyoshiki41/ecs-run-task-action', 'task-definition: a.json, task-definition-family: migrate, cluster: main'),
    ['ecs-run-task client=aws-cli cluster=main register=true taskDefinitionFamilies=migrate ?account ?region @6'],
  ],
  [
    uses('brunocascio/ecs-deploy', 'cluster: main, service: web, task: web-task, region: eu-west-1'),
    [
      'ecs-service-deployment client=fabfuel cluster=main region=eu-west-1 services=web taskDefinitionFamilies=web-task ?account @6',
    ],
  ],
  [
    uses('silinternational/ecs-deploy', 'cluster: main, service_name: web, region: eu-west-1'),
    [
      'ecs-service-deployment client=ecs-deploy cluster=main region=eu-west-1 services=web ?account ?taskDefinitionFamilies @6',
    ],
  ],
  [
    uses('cloudposse/github-action-deploy-ecspresso', 'cluster: main, application: web, region: eu-west-1'),
    ['ecs-service-deployment cluster=main region=eu-west-1 services=web ?account ?taskDefinitionFamilies @6'],
  ],
  [
    uses(
      'whoan/docker-build-with-cache-action',
      'registry: 111122223333.dkr.ecr.eu-west-1.amazonaws.com, image_name: web',
    ),
    ['ecr-docker-push account=111122223333 region=eu-west-1 repositories=web @6'],
  ],
  [uses('whoan/docker-build-with-cache-action', 'registry: ghcr.io, image_name: web'), []],
  [uses('mr-smithers-excellent/docker-build-push', 'registry: docker.io, image: web'), []],
  [
    uses('jwalton/gh-ecr-push', 'image: web:1, region: eu-west-1'),
    ['ecr-docker-push region=eu-west-1 repositories=web ?account @6'],
  ],
  [
    uses('jwalton/gh-ecr-push', 'image: web:1, region: eu-west-1, direction: pull'),
    ['ecr-image-pull region=eu-west-1 repositories=web ?account @6'],
  ],
  [
    uses('Jonelantha/Gatsby-S3-Action', 'dest-s3-bucket: www, cloudfront-id-to-invalidate: E1ABCDEFGHIJKL'),
    [
      'static-site-s3-cloudfront buckets=www deleteRemoved=true distributions=E1ABCDEFGHIJKL ?account ?prefixes ?region @6',
    ],
  ],
  [
    uses('keithweaver/aws-s3-github-action', 'command: cp, source: a.tar, destination: "s3://b/c/a.tar"'),
    ['s3-build-cache access=read-write bucket=b client=aws-cli prefixes=c ?region @6'],
  ],
  [
    uses('dkershner6/aws-ssm-getparameters-action', 'parameterPairs: "/a/one = ONE, /a/two=TWO"'),
    ['secrets-read call=get-parameters parameters=/a/one|/a/two ?account ?region @6'],
  ],
  [uses('dflook/tofu-plan', 'path: infra'), ['terraform-remote-state-s3? access=plan ?bucket ?keys ?region @6']],
  [
    `${uses('dflook/terraform-plan', 'path: infra')}\n${uses('dflook/terraform-apply', 'path: infra')}`,
    ['terraform-remote-state-s3? access=apply ?bucket ?keys ?region @6,8'],
  ],
  [uses('docker://public.ecr.aws/docker/library/alpine', 'args: ls'), []],
  [uses('AWS-Actions/Amazon-ECR-Login', 'a: b'), ['ecr-docker-push? ?account ?region ?repositories @6']],
];

test.each(actions)('%s', (step, jobs) => {
  expect(found(workflow(step)).jobs).toEqual(jobs);
});

test('an orb that pushes to ECR Public is told as that', () => {
  const config = `version: 2.1
orbs: { ecr: circleci/aws-ecr@8.0.0 }
workflows: { w: { jobs: [{ ecr/build-and-push-image: { public-registry: true, repo: web } }] } }
`;
  const { jobs, notCovered } = found({ '.circleci/config.yml': config });
  expect({ jobs, notCovered }).toEqual({
    jobs: [],
    notCovered: ['circleci/aws-ecr/build-and-push-image to public.ecr.aws @3'],
  });
});

test('a login whose output only names an image is no push, and is listed', () => {
  const steps = `- id: login
  uses: aws-actions/amazon-ecr-login@v2
- uses: aws-actions/amazon-ecs-render-task-definition@v1
  with: { task-definition: task.json, container-name: web, image: "\${{ steps.login.outputs.registry }}/web:1" }
- uses: aws-actions/amazon-ecs-deploy-task-definition@v2
  with: { task-definition: task.json, service: web, cluster: main }
`;
  const { jobs, notCovered } = found(workflow(steps));
  expect(jobs.map((job) => job.split(' ')[0])).toEqual(['ecs-service-deployment']);
  expect(notCovered).toEqual(['aws-actions/amazon-ecr-login @7']);
});
