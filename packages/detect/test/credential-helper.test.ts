import { describe, expect, test } from 'vitest';
import { found } from './found.js';

const gitlab = (script: string, more = '') =>
  `build:\n${more}  script:\n${script
    .split('\n')
    .map((line) => `    - ${line}\n`)
    .join('')}`;
const jobsOf = (files: Readonly<Record<string, string>>) => found(files).jobs;
const kaniko = '/kaniko/executor --context . --destination $REPOSITORY:$CI_COMMIT_TAG';

describe('the credential helper of ECR, which a job sets up', () => {
  test.each([
    ['for every registry', `echo "{\\"credsStore\\":\\"ecr-login\\"}" > /kaniko/.docker/config.json`],
    ['in single quotes', `echo '{"credsStore":"ecr-login"}' > ~/.docker/config.json`],
    ['with printf', `printf '{"credsStore":"%s"}' ecr-login > $HOME/.docker/config.json`],
    ['as a text of its own', `cat > ~/.docker/config.json <<END\n      {"credsStore":"ecr-login"}\n      END`],
  ])('%s, makes what is pushed to a registry of a variable a push to ECR', (_, line) => {
    const text = `build:\n  script:\n    - |\n      ${line}\n    - ${kaniko}\n`;
    expect(jobsOf({ '.gitlab-ci.yml': text })).toEqual([
      expect.stringMatching(/^ecr-docker-push (?!.*repositories=).*\?repositories/),
    ]);
  });

  test('for one registry says its account and region', () => {
    const line = `'echo "{\\"credHelpers\\":{\\"111122223333.dkr.ecr.eu-west-1.amazonaws.com\\":\\"ecr-login\\"}}" > /kaniko/.docker/config.json'`;
    expect(jobsOf({ '.gitlab-ci.yml': gitlab(`${line}\n${kaniko}`) })).toEqual([
      expect.stringMatching(/^ecr-docker-push account=111122223333 region=eu-west-1 /),
    ]);
  });

  const committed = '{ "credHelpers": { "111122223333.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login" } }';
  test.each([
    ['by DOCKER_CONFIG', 'docker push $IMAGE', '  variables: { DOCKER_CONFIG: $CI_PROJECT_DIR/.docker }\n'],
    ['by a copy', 'cp .docker/config.json ~/.docker/config.json\ndocker push $IMAGE', ''],
    ['by a copy of its folder', 'cd .docker\ncp config.json ~/.docker/\ndocker push $IMAGE', ''],
  ])('is found in the configuration of the repository, %s', (_, script, more) => {
    const files = { '.gitlab-ci.yml': gitlab(script, more), '.docker/config.json': committed };
    expect(jobsOf(files)).toEqual([expect.stringMatching(/^ecr-docker-push account=111122223333 region=eu-west-1 /)]);
    expect(jobsOf({ ...files, '.docker/config.json': '{ "credsStore": "osxkeychain" }' })).toEqual([]);
  });

  test('shows no push where another registry is named, and none alone', () => {
    const line = `'echo "{\\"credsStore\\":\\"ecr-login\\"}" > ~/.docker/config.json'`;
    expect(jobsOf({ '.gitlab-ci.yml': gitlab(`${line}\ndocker push ghcr.io/acme/shop:1`) })).toEqual([]);
    expect(jobsOf({ '.gitlab-ci.yml': gitlab(line) })).toEqual([]);
    expect(jobsOf({ '.gitlab-ci.yml': gitlab(`'echo ecr-login > notes.txt'\ndocker push $IMAGE`) })).toEqual([]);
  });

  test('makes what is pulled a pull', () => {
    const line = `'echo "{\\"credsStore\\":\\"ecr-login\\"}" > ~/.docker/config.json'`;
    expect(jobsOf({ '.gitlab-ci.yml': gitlab(`${line}\ndocker pull $IMAGE`) })).toEqual([
      expect.stringMatching(/^ecr-image-pull /),
    ]);
  });
});
