import { trustEntries } from '@postern/core';
import { expect, test } from 'vitest';
import { found } from './found.js';

const signIn = (role: string) => `      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: '${role}', aws-region: eu-west-1 }
`;
const deploy = (service: string) => `      - run: aws ecs update-service --cluster main --service ${service}\n`;
const job = (name: string, more: string, steps: string) => `  ${name}:\n    runs-on: x\n${more}    steps:\n${steps}`;
const workflow = (on: string, ...jobs: string[]) => ({
  '.github/workflows/ship.yml': `on: ${on}\npermissions: { id-token: write }\njobs:\n${jobs.join('')}`,
});
const arn = 'arn:aws:iam::111122223333:role/ci/ship';

function roles(files: Readonly<Record<string, string>>) {
  return found(files).whole.roles.map(({ name, trust, jobs }) => [name, trust.signsIn, trust.options, jobs.length]);
}

test('jobs that take on one role are one role, and it keeps its name', () => {
  const files = workflow(
    '{ push: { branches: [main], tags: [v1] } }',
    job('a', '', signIn(arn) + deploy('web')),
    job('b', '', signIn(arn) + deploy('api')),
  );
  expect(roles(files)).toEqual([['ship', 'oidc', { account: '111122223333', branches: ['main'], tags: ['v1'] }, 1]]);
  expect(found(files).whole.jobs[0]!.options['services']).toEqual(['web', 'api']);
});

test('pull requests never share a role with what deploys, though they name the same', () => {
  const files = workflow(
    '{ push: { branches: [main] }, pull_request: {} }',
    job('a', "    if: github.event_name == 'push'\n", signIn(arn) + deploy('web')),
    job(
      'b',
      "    if: github.event_name == 'pull_request'\n",
      signIn(arn) + '      - run: aws ssm get-parameter --name /a\n',
    ),
  );
  expect(roles(files)).toEqual([
    ['ship', 'oidc', { account: '111122223333', branches: ['main'] }, 1],
    ['ship-pull-requests', 'oidc', { account: '111122223333', pullRequests: true }, 1],
  ]);
});

test('environments are roles of their own where the role is not named', () => {
  const keys = `    env: { AWS_ACCESS_KEY_ID: '\${{ secrets.AWS_ACCESS_KEY_ID }}' }\n`;
  const files = workflow(
    '{ push: { branches: [main] } }',
    job('a', `    environment: try\n${keys}`, deploy('web')),
    job('b', `    environment: live\n${keys}`, deploy('web')),
  );
  expect(roles(files)).toEqual([
    ['ship-try', 'keys', { environments: ['try'], branches: ['main'] }, 1],
    ['ship-live', 'keys', { environments: ['live'], branches: ['main'] }, 1],
  ]);
});

test('a role that is taken on by another one is told, and what is behind it runs under it', () => {
  const files = workflow(
    'push',
    job(
      'a',
      '',
      signIn(arn) +
        '      - run: |\n          aws sts assume-role --role-arn arn:aws:iam::444455556666:role/other --role-session-name x\n          aws ecs update-service --cluster main --service web\n',
    ),
  );
  const { whole, notCovered } = found(files);
  expect(whole.jobs).toMatchObject([{ useCase: 'ecs-service-deployment', role: 'other' }]);
  expect(notCovered).toEqual(['sts:AssumeRole of arn:aws:iam::444455556666:role/other @10']);
});

test.each([
  [
    '.gitlab-ci.yml',
    'a:\n  id_tokens: { T: { aud: x } }\n  script: [aws ssm get-parameter --name /a]\n  rules: [{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }]\n',
    'gitlab',
    { mergeRequests: true },
  ],
  [
    'bitbucket-pipelines.yml',
    'pipelines: { branches: { main: [{ step: { oidc: true, script: [aws ssm get-parameter --name /a] } }] } }\n',
    'bitbucket-pipelines',
    {},
  ],
  [
    '.circleci/config.yml',
    'version: 2.1\njobs: { a: { steps: [{ run: aws ssm get-parameter --name /a }] } }\nworkflows: { w: { jobs: [{ a: { filters: { branches: { only: main } } } }] } }\n',
    'circleci',
    { branches: ['main'] },
  ],
  [
    'buildspec.yml',
    'version: 0.2\nphases: { build: { commands: [aws ssm get-parameter --name /a] } }\n',
    'codebuild',
    {},
  ],
  [
    'azure-pipelines.yml',
    'trigger: [main]\nsteps: [{ script: aws ssm get-parameter --name /a }]\n',
    'azure-devops',
    {},
  ],
  [
    '.buildkite/pipeline.yml',
    'steps: [{ command: aws ssm get-parameter --name /a, branches: main }]\n',
    'buildkite',
    { branches: ['main'] },
  ],
  ['Jenkinsfile', "node { sh 'aws ssm get-parameter --name /a' }\n", 'jenkins-oidc', {}],
])('%s: the provider is a trust entry, and its options are', (path, text, provider, options) => {
  const [role] = found({ [path]: text }).whole.roles;
  expect(role!.trust).toMatchObject({ provider, options });
  const entry = trustEntries.find(({ id }) => id === provider)!;
  expect(Object.keys(role!.trust.options).filter((name) => !Object.hasOwn(entry.options, name))).toEqual([]);
  expect(role!.trust.open.length).toBeGreaterThan(0);
});

test('the ARN of a role says its account and partition; a name, and one of several, says none', () => {
  const trusts = (...lines: string[]) =>
    roles(workflow('{ push: { branches: [main] } }', job('a', '', lines.join('') + deploy('web')))).map(
      ([, , options]) => options,
    );
  expect(trusts(signIn('arn:aws-us-gov:iam::444455556666:role/ship'))).toEqual([
    { account: '444455556666', partition: 'aws-us-gov', branches: ['main'] },
  ]);
  expect(trusts(signIn('ship'))).toEqual([{ branches: ['main'] }]);
  expect(trusts(signIn('arn:aws:iam::${{ vars.ACCOUNT }}:role/ship'))).toEqual([{ branches: ['main'] }]);
});

test('an environment without a name, and a branch that is left out, are none that a trust policy names', () => {
  const files = workflow(
    "{ push: { branches: ['**', '!main'], tags: ['v*', '!v0*'] }, workflow_dispatch: { inputs: { place: { default: '' } } } }",
    job('a', "    environment: '${{ inputs.place }}'\n", signIn(arn) + deploy('web')),
  );
  expect(roles(files)).toEqual([['ship', 'oidc', { account: '111122223333', branches: ['**'], tags: ['v*'] }, 1]]);
  expect(found(files).whole.roles[0]!.trust).not.toHaveProperty('environments');
  const buildkite = {
    '.buildkite/pipeline.yml': `steps: [{ command: '${deploy('web').trim().slice(7)}', branches: 'main !next' }]\n`,
  };
  expect(roles(buildkite)).toEqual([['pipeline', 'unknown', { branches: ['main'] }, 1]]);
});

test('keys of another name are those of another user', () => {
  const keys = (id: string) =>
    `      - uses: aws-actions/configure-aws-credentials@v5\n        with: { aws-access-key-id: '\${{ ${id} }}', aws-secret-access-key: x, aws-region: eu-west-1 }\n`;
  const of = (...ids: readonly string[]) =>
    roles(
      workflow(
        '{ push: { branches: [main] } }',
        ...ids.map((id, at) => job(`j${at}`, '', keys(id) + deploy(`s${at}`))),
      ),
    ).map(([name, signsIn, , count]) => [name, signsIn, count]);
  expect(of('secrets.SITE_KEY', 'secrets.API_KEY')).toEqual([
    ['ship', 'keys', 1],
    ['ship-2', 'keys', 1],
  ]);
  expect(of('secrets.SITE_KEY', 'secrets.SITE_KEY')).toEqual([['ship', 'keys', 1]]);
  // The usual name is what the environment of a job holds too.
  const usual = `    env: { AWS_ACCESS_KEY_ID: '\${{ secrets.AWS_ACCESS_KEY_ID }}' }\n`;
  const files = workflow(
    'push',
    job('a', usual, deploy('a')),
    job('b', '', keys('secrets.AWS_ACCESS_KEY_ID') + deploy('b')),
  );
  expect(roles(files).map(([name]) => name)).toEqual(['ship']);
});

test.each([
  "aws(credentialsId: 'ci', accessKeyVariable: 'A', secretKeyVariable: 'B')",
  "[$class: 'AmazonWebServicesCredentialsBinding', credentialsId: 'ci']",
  "string(credentialsId: 'ci', variable: 'AWS_ACCESS_KEY_ID'), string(credentialsId: 'x', variable: 'AWS_SECRET_ACCESS_KEY')",
  "usernamePassword(credentialsId: 'ci', usernameVariable: 'AWS_ACCESS_KEY_ID', passwordVariable: 'AWS_SECRET_ACCESS_KEY')",
])('withCredentials([%s]) of Jenkins are keys', (bindings) => {
  const inside = `withCredentials([${bindings}]) { sh 'aws ecs update-service --cluster main --service web' }`;
  expect(roles({ Jenkinsfile: `node {\n  ${inside}\n}\n` })).toEqual([['Jenkinsfile', 'keys', {}, 1]]);
});

test('what withCredentials binds to other names are no keys of AWS', () => {
  const inside = `withCredentials([string(credentialsId: 'x', variable: 'TOKEN')]) { sh 'aws ecs update-service --cluster main --service web' }`;
  expect(roles({ Jenkinsfile: `node {\n  ${inside}\n}\n` })).toEqual([['Jenkinsfile', 'unknown', {}, 1]]);
});
