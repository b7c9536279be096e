import { expect, test } from 'vitest';
import { found } from './found.js';

const push = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web';
const ecr = (lines: string) => `ecr-docker-push account=123456789012 region=eu-west-1 repositories=web @${lines}`;

/** The same job in each CI system: log in to ECR and push an image. */
const systems: Readonly<Record<string, readonly [string, string]>> = {
  '.github/workflows/a.yml': [
    `on: push\nenv: { HOST: 123456789012.dkr.ecr.eu-west-1.amazonaws.com }\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          aws ecr get-login-password | docker login -u AWS --password-stdin $HOST\n          docker push $HOST/web:1\n`,
    ecr('8,9'),
  ],
  '.gitlab-ci.yml': [
    `variables: { HOST: 123456789012.dkr.ecr.eu-west-1.amazonaws.com, IMAGE: $HOST/web }\n.base:\n  before_script:\n    - aws ecr get-login-password | docker login -u AWS --password-stdin $HOST\na:\n  extends: .base\n  script:\n    - docker push $IMAGE:1\n`,
    ecr('4,8'),
  ],
  '.circleci/config.yml': [
    `version: 2.1\norbs: { aws-ecr: circleci/aws-ecr@9.0.0 }\ncommands:\n  ship:\n    parameters: { image: { type: string } }\n    steps:\n      - run: docker push << parameters.image >>:1\njobs:\n  a:\n    docker: [{ image: x }]\n    steps:\n      - aws-ecr/ecr-login: { region: eu-west-1 }\n      - ship: { image: ${push} }\nworkflows: { w: { jobs: [a] } }\n`,
    ecr('12,7'),
  ],
  'bitbucket-pipelines.yml': [
    `pipelines:\n  branches:\n    main:\n      - step:\n          script:\n            - aws ecr get-login-password | docker login -u AWS --password-stdin ${push.split('/')[0]}\n            - docker push ${push}:1\n`,
    ecr('6,7'),
  ],
  'buildspec.yml': [
    `version: 0.2\nenv: { variables: { IMAGE: ${push} } }\nphases:\n  build:\n    commands:\n      - aws ecr get-login-password | docker login -u AWS --password-stdin $IMAGE\n      - docker push $IMAGE:1\n`,
    ecr('6,7'),
  ],
  Jenkinsfile: [
    `pipeline {\n  agent any\n  environment { IMAGE = '${push}' }\n  stages { stage('a') { steps {\n    sh "aws ecr get-login-password | docker login -u AWS --password-stdin \${IMAGE}"\n    sh 'docker push $IMAGE:1'\n  } } }\n}\n`,
    ecr('5,6'),
  ],
  'azure-pipelines.yml': [
    `trigger: [main]\nvariables: { image: ${push} }\nsteps:\n  - script: |\n      aws ecr get-login-password | docker login -u AWS --password-stdin $(image)\n      docker push $(image):1\n`,
    ecr('5,6'),
  ],
  '.buildkite/pipeline.yml': [
    `env: { IMAGE: ${push} }\nsteps:\n  - label: a\n    plugins: [{ 'ecr#v2.9.0': { login: true } }]\n    command: docker push $$IMAGE:1\n`,
    ecr('4,5'),
  ],
};

test.each(Object.entries(systems))('%s', (path, [text, wanted]) => {
  expect(found({ [path]: text }).jobs).toEqual([wanted]);
  // The same with the line ends of Windows, and with the mark that some editors write.
  expect(found({ [path]: text.replaceAll('\n', '\r\n') }).jobs).toEqual([wanted]);
  if (path !== 'Jenkinsfile') expect(found({ [path]: `\ufeff${text}` }).jobs).toEqual([wanted]);
});

test.each(Object.entries(systems))('%s is known by what stands in it', (path, [text, wanted]) => {
  const end = path.endsWith('yml') ? 'yml' : 'groovy';
  expect(found({ [`pipeline-of-mine.${end}`]: text }).jobs).toEqual([wanted]);
});

test('scripts, targets of a Makefile and scripts of package.json are followed', () => {
  const files = {
    '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ./ci/ship.sh web\n      - run: make -C infra ship CLUSTER=main\n      - run: npm run --prefix app ship\n`,
    'ci/ship.sh': `#!/bin/bash\nset -e\naws s3 cp out.zip "s3://parts/$1/out.zip"\n`,
    'infra/Makefile': `SERVICE ?= api\nship: login\n\taws ecs update-service --cluster $(CLUSTER) --service $(SERVICE)\nlogin:\n\t@true\n`,
    'app/package.json': `{\n  "scripts": {\n    "ship": "aws ssm get-parameter --name /app/key"\n  }\n}\n`,
  };
  const { whole } = found(files);
  expect(whole.jobs.map(({ useCase, at }) => [useCase, ...at.map(({ file, line }) => `${file}:${line}`)])).toEqual([
    ['ecs-service-deployment', 'infra/Makefile:3', '.github/workflows/a.yml:7'],
    ['s3-build-cache', 'ci/ship.sh:3', '.github/workflows/a.yml:6'],
    ['secrets-read', 'app/package.json:3', '.github/workflows/a.yml:8'],
  ]);
  expect(whole.jobs[0]!.options).toMatchObject({ cluster: 'main', services: ['api'] });
});

test('actions and reusable workflows of the repository are followed with what they are given', () => {
  const files = {
    '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    with: { cluster: main }\n`,
    '.github/workflows/b.yml': `on:\n  workflow_call:\n    inputs: { cluster: { required: true, type: string } }\njobs:\n  b:\n    runs-on: x\n    steps:\n      - uses: ./.github/actions/ship\n        with: { where: "\${{ inputs.cluster }}" }\n`,
    '.github/actions/ship/action.yml': `inputs: { where: { required: true }, what: { default: web } }\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: aws ecs update-service --cluster \${{ inputs.where }} --service \${{ inputs.what }}\n`,
  };
  const { whole } = found(files);
  expect(whole.jobs).toMatchObject([
    { useCase: 'ecs-service-deployment', options: { cluster: 'main', services: ['web'] } },
  ]);
  expect(whole.jobs[0]!.at.map(({ file, line }) => `${file}:${line}`)).toEqual([
    '.github/actions/ship/action.yml:6',
    '.github/workflows/b.yml:8',
    '.github/workflows/a.yml:4',
  ]);
});

test.each(['\n', '\r\n'])('a script whose lines go on, with line ends %j', (end) => {
  const script = [
    'set -e',
    'aws s3 cp \\',
    '  out.zip \\',
    '  s3://parts/x/out.zip',
    'aws ssm get-parameter --name /a',
    '',
  ].join(end);
  const workflow = 'on: push\njobs: { a: { runs-on: x, steps: [{ run: bash ship.sh }] } }\n';
  const { whole } = found({ '.github/workflows/a.yml': workflow, 'ship.sh': script });
  expect(
    whole.jobs.map(({ useCase, options, at }) => [useCase, options['bucket'] ?? options['parameters'], at[0]]),
  ).toEqual([
    ['s3-build-cache', 'parts', { file: 'ship.sh', line: 2 }],
    ['secrets-read', ['/a'], { file: 'ship.sh', line: 5 }],
  ]);
});
