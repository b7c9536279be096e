import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const run = (command: string, env = '') =>
  found(workflow(`- run: ${command}\n${env === '' ? '' : `  env: { ${env} }`}`));

test.each([
  `pack build ${host}/web:1 --publish --builder paketobuildpacks/builder`,
  `./mvnw -B compile jib:build -Djib.to.image=${host}/web:1`,
  `./gradlew jib --image=${host}/web`,
  `mvn spring-boot:build-image -Dspring-boot.build-image.imageName=${host}/web:1 -Dspring-boot.build-image.publish=true`,
])('%s pushes to ECR', (command) => {
  expect(run(command).jobs).toEqual(['ecr-docker-push account=123456789012 region=eu-west-1 repositories=web @6']);
});

test('ko and Helm name the repository themselves', () => {
  const wanted = ['ecr-docker-push account=123456789012 region=eu-west-1 ?repositories @6'];
  expect(run('ko build --bare ./cmd/web', `KO_DOCKER_REPO: ${host}/web`).jobs).toEqual(wanted);
  expect(run(`helm push web-1.tgz oci://${host}/charts`).jobs).toEqual(wanted);
});

test.each([
  'pack build ghcr.io/me/web:1 --publish',
  `pack build ${host}/web:1`,
  'mvn jib:build -Djib.to.image=docker.io/me/web',
  'ko build ./cmd/web',
  'helm push web-1.tgz oci://ghcr.io/me/charts',
  `mvn spring-boot:build-image -Dspring-boot.build-image.imageName=${host}/web:1`,
])('%s pushes nothing to ECR', (command) => {
  expect(run(command).jobs).toEqual([]);
});

test.each(['npx cdk deploy', 'sam deploy', 'terraform init', 'serverless deploy', 'aws s3 cp a s3://b/c/d'])(
  '%s against a stand-in is no job of AWS',
  (command) => {
    const there = run(command, 'AWS_ENDPOINT_URL: http://localhost:4566');
    expect([...there.jobs, ...there.notCovered]).toEqual([]);
    const { jobs, notCovered } = run(command, 'AWS_REGION: eu-west-1');
    expect(jobs.length + notCovered.length).toBe(1);
  },
);

test('variables that rules of GitLab set hold what one of them says', () => {
  const text = (more: string) =>
    `variables: { BUCKET: base }\nship:\n  rules:\n    - if: $CI_COMMIT_BRANCH == "main"\n      variables: { BUCKET: live }\n    - if: $CI_COMMIT_BRANCH == "next"\n      variables: { BUCKET: next }\n    - if: $CI_COMMIT_TAG\n      variables: { BUCKET: gone }\n      when: never\n${more}  script: ['aws s3 sync public s3://$BUCKET --delete']\n`;
  const buckets = (more: string) => found({ '.gitlab-ci.yml': text(more) }).whole.jobs[0]?.options['buckets'];
  expect(buckets('')).toEqual(['live', 'next']);
  expect(buckets('    - when: manual\n')).toEqual(['live', 'next', 'base']);
  const pipeline = `workflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n      variables: { BUCKET: tagged }\n`;
  const job = (own: string) => `${pipeline}ship:\n${own}  script: ['aws s3 sync public s3://$BUCKET --delete']\n`;
  const inPipeline = (own: string) => found({ '.gitlab-ci.yml': job(own) }).whole.jobs[0]?.options['buckets'];
  expect(inPipeline('')).toEqual(['tagged']);
  expect(inPipeline('  variables: { BUCKET: own }\n')).toEqual(['own']);
});

test('settings of a backend that a step takes in one input', () => {
  const step = (config: string) =>
    found(workflow(`- uses: dflook/terraform-plan@v1\n  with:\n    path: infra\n    backend_config: ${config}`)).whole
      .jobs[0]?.options;
  const wanted = { bucket: 'state', keys: ['web'], region: 'eu-west-1' };
  expect(step('bucket=state,key=web,region=eu-west-1')).toMatchObject(wanted);
  expect(step('|\n      bucket=state\n      key=web\n      region=eu-west-1')).toMatchObject(wanted);
});
