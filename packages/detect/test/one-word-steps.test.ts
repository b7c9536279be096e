import { expect, test } from 'vitest';
import { found } from './found.js';

const jenkins = (steps: string, more = '') =>
  found({ Jenkinsfile: `pipeline {\n  agent any\n${more}  stages { stage('a') { steps {\n${steps}\n  } } }\n}\n` });
const azure = (steps: string) => found({ 'azure-pipelines.yml': `trigger: [main]\nsteps:\n${steps}\n` });
const circle = (steps: string, orbs = '') =>
  found({
    '.circleci/config.yml': `version: 2.1\n${orbs}jobs:\n  a:\n    docker: [{ image: x }]\n    steps:\n${steps}\n`,
  });

test('a step of Jenkins whose result is kept is a step', () => {
  const { jobs } = jenkins(
    `def outs = cfnUpdate(stack: 'net', file: 'net.yml')\ndef id = sh(script: "aws ecs update-service --cluster c --service s", returnStdout: true)`,
  );
  expect(jobs.map((job) => job.split(' ')[0])).toEqual(['cloudformation-deploy', 'ecs-service-deployment']);
  expect(jobs[0]).toContain('stacks=net');
});

test('a shell step of Jenkins without brackets names its script', () => {
  expect(jenkins(`sh label: 'ship', script: 'aws s3 cp a.zip s3://parts/a/a.zip'`).jobs).toEqual([
    's3-build-cache access=read-write bucket=parts client=aws-cli prefixes=a ?region @4',
  ]);
});

test('parameters of a Jenkinsfile are what they may be', () => {
  const more = `  parameters {\n    string(name: 'CLUSTER', defaultValue: 'main', description: 'where')\n    choice(name: 'SERVICE', choices: ['web', 'api'], description: 'what')\n  }\n`;
  const { whole } = jenkins('sh "aws ecs update-service --cluster ${params.CLUSTER} --service ${SERVICE}"', more);
  expect(whole.jobs[0]?.options).toMatchObject({ cluster: 'main', services: ['web', 'api'] });
  // A secret that is bound is no parameter.
  const bound = jenkins(
    `withCredentials([string(credentialsId: 'x', variable: 'CLUSTER')]) {\nsh 'aws ecs update-service --cluster $CLUSTER --service web'\n}`,
  );
  expect(bound.whole.jobs[0]?.open).toContain('cluster');
});

test('a bundle that Jenkins uploads is no site, and what it uploads before an invalidation is', () => {
  expect(jenkins(`s3Upload(file: 'target/a.jar', bucket: 'parts/web')`).jobs).toEqual([
    's3-build-cache access=read-write bucket=parts prefixes=web ?region @4',
  ]);
  const site = jenkins(
    `s3Upload(file: 'public', bucket: 'www', path: '')\ncfInvalidate(distribution: 'E1', paths: ['/*'])`,
  );
  expect(site.jobs).toHaveLength(1);
  expect(site.jobs[0]).toMatch(/^static-site-s3-cloudfront buckets=www distributions=E1 /);
});

test('publishers and steps of Jenkins that no entry covers are told', () => {
  const { jobs, notCovered } = jenkins(
    `step([$class: 'AWSCodeDeployPublisher', applicationName: 'a'])\ninvokeLambda(functionName: 'f')\nsnsPublish(topicArn: 't')\nstep([$class: 'JUnitResultArchiver', testResults: 'a'])`,
  );
  expect(jobs).toEqual([]);
  expect(notCovered).toEqual(['AWSCodeDeployPublisher @4', 'invokeLambda @5', 'snsPublish @6']);
});

test('tasks of the AWS Toolkit for Azure DevOps', () => {
  const task = (name: string, inputs: string) =>
    azure(`  - task: ${name}@1\n    inputs: { awsCredentials: x, ${inputs} }`);
  expect(task('SecretsManagerGetSecret', 'regionName: eu-west-1, secretIdOrName: prod/db').jobs[0]).toContain(
    'secrets-read region=eu-west-1 secrets=prod/db',
  );
  expect(task('SystemsManagerGetParameter', 'regionName: eu-west-1, parameterName: /a/b').jobs[0]).toContain(
    'secrets-read parameters=/a/b',
  );
  expect(task('ECRPullImage', 'regionName: eu-west-1, repository: web').jobs[0]).toContain('ecr-image-pull');
  expect(task('LambdaNETCoreDeploy', 'command: deployFunction, functionName: f').jobs[0]).toContain(
    'lambda-code-deploy functions=f',
  );
  expect(task('LambdaNETCoreDeploy', 'command: deployServerless, stackName: f')).toMatchObject({
    jobs: [],
    notCovered: ['LambdaNETCoreDeploy @3'],
  });
  expect(task('BeanstalkDeployApplication', 'applicationName: a').notCovered).toEqual([
    'BeanstalkDeployApplication @3',
  ]);
  expect(task('S3Upload', 'bucketName: www, sourceFolder: dist').jobs[0]).toContain(
    'static-site-s3-cloudfront buckets=www',
  );
  expect(task('S3Upload', 'bucketName: parts, sourceFolder: drop').jobs[0]).toContain('s3-build-cache');
});

test('the older last step of CircleCI is followed, and a command of its name is that command', () => {
  const steps = `      - deploy:\n          command: ecs-deploy -c main -n web -i x`;
  expect(circle(steps).jobs[0]).toMatch(/^ecs-service-deployment client=ecs-deploy cluster=main services=web /);
  const own = 'commands: { deploy: { steps: [{ run: aws s3 cp a s3://parts/b/c }] } }\n';
  expect(circle('      - deploy', own).jobs[0]).toContain('s3-build-cache');
  const sam = circle('      - s/build', 'orbs: { s: circleci/aws-sam-serverless@6.0.0 }\n');
  expect(sam.notCovered).toEqual([]);
});

test('the bucket of a pipe may have a folder behind it', () => {
  const pipe = (bucket: string) =>
    found({
      'bitbucket-pipelines.yml': `pipelines:\n  default:\n    - step:\n        script:\n          - pipe: atlassian/aws-s3-deploy:1.1.0\n            variables: { S3_BUCKET: ${bucket}, LOCAL_PATH: build }\n`,
    }).whole.jobs[0]?.options;
  expect(pipe('www/docs')).toMatchObject({ buckets: ['www'], prefixes: ['docs'] });
  expect(pipe('www')).toMatchObject({ buckets: ['www'] });
});

test('Docker Compose of Buildkite names the service before the image', () => {
  const text = (push: string) =>
    `steps:\n  - plugins:\n      - ecr#v2.9.0: { login: true }\n      - docker-compose#v5.0.0:\n          push: ${push}\n`;
  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1';
  for (const push of [`app:${image}`, `['app:${image}']`])
    expect(found({ '.buildkite/pipeline.yml': text(push) }).jobs).toEqual([
      'ecr-docker-push account=123456789012 region=eu-west-1 repositories=web @3,4',
    ]);
});

test('an artifact that Buildkite sends to a bucket of S3', () => {
  const text = (to: string) => `steps:\n  - command: buildkite-agent artifact upload "log/*" ${to}\n`;
  expect(found({ '.buildkite/pipeline.yml': text('s3://logs/a/b') }).jobs[0]).toContain(
    's3-build-cache access=read-write bucket=logs',
  );
  expect(found({ '.buildkite/pipeline.yml': text('') }).jobs).toEqual([]);
});
