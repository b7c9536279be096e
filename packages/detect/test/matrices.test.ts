import { describe, expect, test } from 'vitest';
import { found } from './found.js';

const update = (service: string) => `aws ecs update-service --cluster main --service ${service} --force-new-deployment`;

/** What the services and buckets of the jobs are said to be. */
function told(files: Readonly<Record<string, string>>) {
  const { jobs } = found(files).whole;
  const of = (name: string) => jobs.flatMap(({ options }) => [options[name] ?? []].flat());
  return { services: of('services'), buckets: of('buckets'), regions: of('region') };
}

describe('a matrix of Buildkite', () => {
  test.each([
    ['a list', `matrix: [web, api]`, '{{matrix}}', ['web', 'api']],
    ['a list, with blanks', `matrix: [web, api]`, '{{ matrix }}', ['web', 'api']],
    ['a list under setup', `matrix: { setup: [web, api] }`, '{{matrix}}', ['web', 'api']],
    ['names', `matrix: { setup: { app: [web, api], os: [linux] } }`, '{{matrix.app}}', ['web', 'api']],
    [
      'adjustments',
      `matrix: { setup: { app: [web] }, adjustments: [{ with: { app: batch } }, { with: { app: off }, skip: true }] }`,
      '{{ matrix.app }}',
      ['web', 'batch'],
    ],
    [
      'adjustments of a list',
      `matrix: { setup: [web], adjustments: [{ with: batch }] }`,
      '{{matrix}}',
      ['web', 'batch'],
    ],
  ])('of %s', (_, matrix, name, expected) => {
    const inCommand = `steps:\n  - command: '${update(name)}'\n    ${matrix}\n`;
    expect(told({ '.buildkite/pipeline.yml': inCommand }).services).toEqual(expected);
    const inEnv = `steps:\n  - command: ${update('$APP')}\n    env: { APP: '${name}' }\n    ${matrix}\n`;
    expect(told({ '.buildkite/pipeline.yml': inEnv }).services).toEqual(expected);
  });

  test('is no text of the command where it is not known', () => {
    const text = `steps:\n  - command: '${update('{{matrix.app}}')}'\n    matrix: { setup: { os: [linux] } }\n`;
    const { jobs } = found({ '.buildkite/pipeline.yml': text });
    expect(jobs).toEqual([
      expect.stringMatching(/^ecs-service-deployment client=aws-cli cluster=main (?!.*\{\{).*\?services/),
    ]);
  });

  test('leaves templates of plugins alone', () => {
    const text = `steps:\n  - command: aws s3 sync dist s3://site\n    plugins: [{ 'cache#v1': { key: '{{ checksum "a" }}' } }]\n`;
    expect(told({ '.buildkite/pipeline.yml': text }).buckets).toEqual(['site']);
  });
});

describe('Azure Pipelines', () => {
  test('follows the matrix of a job, and one of a parameter as far as it is known', () => {
    const text = `jobs:\n  - job: a\n    strategy:\n      maxParallel: 2\n      matrix:\n        one: { app: web }\n        two: { app: api }\n    steps:\n      - script: ${update('$(app)')}\n      - bash: aws s3 sync dist s3://$APP-site\n`;
    expect(told({ 'azure-pipelines.yml': text })).toMatchObject({
      services: ['web', 'api'],
      buckets: ['web-site', 'api-site'],
    });
    const open = text.replace(/ {6}matrix:\n.*\n.*\n/, "      matrix: $[ dependencies.a.outputs['x.y'] ]\n");
    expect(told({ 'azure-pipelines.yml': open }).services).toEqual([]);
  });

  test.each([
    ['texts', 'default: [web, api]', '${{ app }}'],
    ['objects', 'default: [{ name: web }, { name: api }]', '${{ app.name }}'],
  ])('follows `each` over a parameter of %s', (_, given, name) => {
    const text = `parameters:\n  - name: apps\n    type: object\n    ${given}\njobs:\n  - \${{ each app in parameters.apps }}:\n      - job: a\n        steps:\n          - script: ${update(name)}\n`;
    expect(told({ 'azure-pipelines.yml': text }).services).toEqual(['web', 'api']);
  });

  test('follows `each` over what a template is given', () => {
    const files = {
      'azure-pipelines.yml': 'steps:\n  - template: ci/deploy.yml\n    parameters: { apps: [web, api] }\n',
      'ci/deploy.yml': `parameters: { apps: [] }\nsteps:\n  - \${{ each app in parameters.apps }}:\n      - script: ${update('${{ app }}')}\n`,
    };
    expect(told(files).services).toEqual(['web', 'api']);
  });
});

describe('Jenkins', () => {
  test('follows the axes of a matrix', () => {
    const text = `pipeline { agent none\n stages { stage('a') { matrix {\n  axes { axis { name 'APP'\n values 'web', 'api' } }\n  excludes { exclude { axis { name 'APP'\n values 'api' } } }\n  stages { stage('b') { steps { sh "${update('${APP}')}" } } }\n } } } }\n`;
    expect(told({ Jenkinsfile: text }).services).toEqual(['web', 'api']);
  });

  test.each([
    ['each with a name', `['web', 'api'].each { app -> sh "${update('${app}')}" }`],
    ['each', `['web', 'api'].each { sh "${update('${it}')}" }`],
    ['a list with a name', `def apps = ['web', 'api']\n apps.each { app -> sh "${update('${app}')}" }`],
    ['for in', `for (app in ['web', 'api']) { sh "${update('${app}')}" }`],
    ['for in a list with a name', `def apps = ['web', 'api']\n for (String app : apps) { sh "${update('${app}')}" }`],
  ])('follows %s', (_, script) => {
    expect(told({ Jenkinsfile: `node { stage('a') {\n ${script}\n } }\n` }).services).toEqual(['web', 'api']);
  });

  test('a map of an axis is no list of texts', () => {
    const text = `node { [a: 'web', b: 'api'].each { name, app -> sh "${update('${app}')}" } }\n`;
    expect(found({ Jenkinsfile: text }).jobs).toEqual([expect.stringContaining('?services')]);
  });
});

describe('a batch of CodeBuild', () => {
  const phases = (command: string) => `phases:\n  build:\n    commands:\n      - ${command}\n`;

  test.each([
    [
      'a graph',
      'build-graph:\n    - identifier: a\n      env: { variables: { APP: web } }\n    - identifier: b\n      depend-on: [a]\n      env: { variables: { APP: api } }',
    ],
    [
      'a list',
      'build-list:\n    - identifier: a\n      env: { variables: { APP: web } }\n    - identifier: b\n      env: { variables: { APP: api } }',
    ],
    [
      'a matrix',
      'build-matrix:\n    static: { ignore-failure: false, env: { type: LINUX_CONTAINER } }\n    dynamic: { env: { variables: { APP: [web, api] } } }',
    ],
  ])('of %s sets variables', (_, batch) => {
    const text = `version: 0.2\nbatch:\n  fast-fail: false\n  ${batch}\n${phases(update('$APP'))}`;
    expect(told({ 'buildspec.yml': text }).services).toEqual(['web', 'api']);
  });

  test('sets what the buildspec has another value of', () => {
    const text = `version: 0.2\nenv: { variables: { APP: web } }\nbatch:\n  build-list:\n    - identifier: a\n    - identifier: b\n      env: { variables: { APP: api } }\n${phases(update('$APP'))}`;
    expect(told({ 'buildspec.yml': text }).services).toEqual(['web', 'api']);
  });

  test('names other buildspecs, which are read with its variables, and no loop', () => {
    const files = {
      'buildspec.yml': `version: 0.2\nbatch:\n  build-graph:\n    - identifier: a\n      buildspec: ci/site.yml\n      env: { variables: { SITE: site } }\n    - identifier: b\n      buildspec: ci/../ci/gone.yml\n    - identifier: c\n      buildspec: ../outside.yml\n    - identifier: d\n      buildspec: buildspec.yml\n`,
      'ci/site.yml': `version: 0.2\n${phases('aws s3 sync dist s3://$SITE')}`,
    };
    expect(told(files).buckets).toEqual(['site']);
    expect(found(files).whole.jobs[0]!.at).toEqual([{ file: 'ci/site.yml', line: 5 }]);
  });

  test('names the buildspecs of a matrix', () => {
    const files = {
      'buildspec.yml': 'version: 0.2\nbatch:\n  build-matrix:\n    dynamic: { buildspec: [ci/a.yml, ci/b.yml] }\n',
      'ci/a.yml': `version: 0.2\n${phases('aws s3 sync dist s3://a-site')}`,
      'ci/b.yml': `version: 0.2\n${phases('aws s3 sync dist s3://b-site')}`,
    };
    expect(told(files).buckets).toEqual(['a-site', 'b-site']);
  });
});

test('a step that logs in to ECR and runs a service of Docker Compose pulls, and pushes where it says so', () => {
  const step = (config: string) =>
    `steps:\n  - plugins:\n      - 'ecr#v2.9.0': { login: true }\n      - 'docker-compose#v5.0.0': { ${config} }\n`;
  const names = (config: string) =>
    found({ '.buildkite/pipeline.yml': step(config) }).whole.jobs.map(({ useCase, certain }) => [useCase, certain]);
  expect(names('run: tests')).toEqual([['ecr-image-pull', false]]);
  expect(names('push: "app:123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"')).toEqual([['ecr-docker-push', true]]);
});

test('what looks at an image that the job pulls is part of that', () => {
  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1';
  const text = `a:\n  script:\n    - docker pull ${image}\n    - aws ecr describe-images --repository-name shop\n    - aws ecr describe-image-scan-findings --repository-name shop\n`;
  const { jobs, notCovered } = found({ '.gitlab-ci.yml': text });
  expect([jobs, notCovered]).toEqual([
    [expect.stringMatching(/^ecr-image-pull .*checkExisting=true .*scanFindings=true /)],
    [],
  ]);
});
