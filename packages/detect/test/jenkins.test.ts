import { expect, test } from 'vitest';
import { found } from './found.js';

const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

/** Jenkinsfiles, and the jobs that they show. */
const files: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'an image that is built and pushed to a registry',
    `pipeline {\n  environment { NAME = 'web' }\n  stages { stage('a') { steps { script {\n    app = docker.build("\${NAME}:\${env.BUILD_NUMBER}")\n    docker.withRegistry("https://\${HOST}", 'ecr:eu-west-1:creds') { app.push() }\n  } } } }\n}\n`,
    ['ecr-docker-push region=eu-west-1 repositories=web ?account @4,5'],
  ],
  [
    'a registry that is named whole, in a scripted pipeline',
    `node {\n  docker.withRegistry('https://${registry}') {\n    docker.image('web').push('latest')\n  }\n}\n`,
    ['ecr-docker-push account=123456789012 region=eu-west-1 repositories=web @2,3'],
  ],
  [
    'another registry',
    `node {\n  docker.withRegistry('https://index.docker.io/v1/', 'hub') { docker.image('web').push() }\n}\n`,
    [],
  ],
  [
    'a script of several lines with named arguments',
    `pipeline { stages { stage('a') { steps { withAWS(region: 'eu-west-1', credentials: 'x') {\n  sh(returnStdout: true, script: """\n    aws ecs update-service \\\\\n      --cluster main --service web\n  """)\n} } } } }\n`,
    [
      'ecs-service-deployment client=aws-cli cluster=main newTaskDefinition=false region=eu-west-1 services=web ?account @3',
    ],
  ],
  [
    'withEnv',
    `node {\n  withEnv(["CLUSTER=main"]) {\n    sh 'aws ecs update-service --cluster $CLUSTER --service web --region eu-west-1'\n  }\n}\n`,
    [
      'ecs-service-deployment client=aws-cli cluster=main newTaskDefinition=false region=eu-west-1 services=web ?account @3',
    ],
  ],
  [
    'comments',
    `pipeline {\n  // sh 'aws s3 sync a s3://b'\n  /* sh 'aws s3 sync a s3://b' */\n  stages { stage('a') { steps { echo 'sh "aws s3 sync a s3://b"' } } }\n}\n`,
    [],
  ],
  ['a text without end', `pipeline { steps { sh 'aws s3 ls\n} }\n`, []],
];

test.each(files)('%s', (_, text, jobs) => {
  expect(found({ Jenkinsfile: text }).jobs).toEqual(jobs);
});

test('what GitLab deploys by a template of its own is told by its name', () => {
  const text =
    'include:\n  - template: AWS/Deploy-ECS.gitlab-ci.yml\nvariables: { CI_AWS_ECS_CLUSTER: main, CI_AWS_ECS_SERVICE: web, CI_AWS_ECS_TASK_DEFINITION: web }\n';
  expect(found({ '.gitlab-ci.yml': text }).jobs).toEqual([
    'ecs-service-deployment client=aws-cli cluster=main services=web taskDefinitionFamilies=web ?account ?region @2',
  ]);
});
