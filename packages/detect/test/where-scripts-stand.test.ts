import { expect, test } from 'vitest';
import { found } from './found.js';

const update = (service: string) => `aws ecs update-service --cluster main --service ${service} --force-new-deployment`;
const ci = (...commands: readonly string[]) => ({
  '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${commands.map((one) => `      - run: ${one}\n`).join('')}`,
});

function services(files: Readonly<Record<string, string>>) {
  return found(files).whole.jobs.flatMap(({ options }) => [options['services'] ?? []].flat());
}

test.each([
  ['its folder', 'HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\nbash "$HERE/other.sh"'],
  [
    'its folder, with what is written elsewhere',
    'HERE=$(cd -P -- "$(dirname -- "$0")" >/dev/null 2>&1 && pwd -P)\n"$HERE/other.sh"',
  ],
  ['its folder, in two steps', 'HERE=$(cd "$(dirname "$0")"; pwd)\n. "$HERE/other.sh"'],
  ['its folder, cut from its name', 'source "${0%/*}/other.sh"'],
  ['its folder, cut from its source', 'source "${BASH_SOURCE%/*}/other.sh"'],
  ['its folder, at once', '"$(dirname "$0")/other.sh"'],
  ['the folder above, and back', 'UP="$(realpath "$(dirname "$0")/..")"\nsh "$UP/ci/other.sh"'],
  ['the folder above, by readlink', 'UP="$(dirname "$(dirname "$(readlink -f "$0")")")"\nsh "$UP/ci/other.sh"'],
  ['the checkout, as git says', 'bash "$(git rev-parse --show-toplevel)/ci/other.sh"'],
  ['a folder that it changes to', 'cd "$(dirname "$0")/.."\n./ci/other.sh'],
])('a script finds another one by %s', (_, text) => {
  expect(services({ ...ci('./ci/deploy.sh'), 'ci/deploy.sh': text, 'ci/other.sh': update('other') })).toEqual([
    'other',
  ]);
});

test('a file that is sourced has its own place, and who sources it keeps its own', () => {
  const files = {
    ...ci('ci/deploy.sh'),
    'ci/deploy.sh': '. ci/lib/all.sh\n"$(dirname "${BASH_SOURCE[0]}")/own.sh"\n"$(dirname "$0")/own.sh"',
    'ci/lib/all.sh': 'source "$(dirname "${BASH_SOURCE[0]}")/one.sh"\n"$(dirname "$0")/by-name.sh"',
    'ci/lib/one.sh': update('lib'),
    'ci/own.sh': update('own'),
    'ci/by-name.sh': update('by-name'),
  };
  expect(services(files)).toEqual(['lib', 'by-name', 'own']);
});

test('what a script of the CI file itself asks for is not known, and leads nowhere else', () => {
  const files = { ...ci('"$(dirname "$0")/other.sh"', 'bash $(which other.sh)'), 'other.sh': update('other') };
  expect(services(files)).toEqual([]);
});

test.each([
  ['bash deploy.sh -p -c', ['deploy']],
  ['bash -x deploy.sh -c x', ['deploy']],
  ['bash -o pipefail deploy.sh', ['deploy']],
  ['bash -eo pipefail -- deploy.sh', ['deploy']],
  [`bash -euo pipefail -c '${update('inline')}'`, ['inline']],
  [`sh -ec '${update('inline')}' deploy.sh`, ['inline']],
  ['bash -c', []],
])('%s', (command, expected) => {
  expect(services({ ...ci(`'${command.replaceAll("'", "''")}'`), 'deploy.sh': update('deploy') })).toEqual(expected);
});

test('a Makefile makes targets of its own, and of those in other folders', () => {
  const files = {
    ...ci('make ship NAME=web'),
    Makefile: `ship:\n\t$(MAKE) push NAME=$(NAME)\n\tcd app && $(MAKE) push\npush:\n\t${update('$(NAME)')}\n`,
    'app/Makefile': `push:\n\t${update('app')}\n`,
  };
  expect(services(files)).toEqual(['web', 'app']);
  const round = { ...ci('make a'), Makefile: `a:\n\t$(MAKE) b\nb:\n\t$(MAKE) a\n\t${update('b')}\n` };
  expect(services(round)).toEqual(['b']);
});

test.each(['ci/buildspec/deploy.yml', 'buildspecs/all/deploy.yaml', 'ci/deploy-buildspec.yml', 'buildspec-live.yml'])(
  '%s is a buildspec',
  (path) => {
    const text = `version: 0.2\nphases: { build: { commands: ['${update('web')}'] } }\n`;
    expect(services({ [path]: text })).toEqual(['web']);
  },
);

test.each([
  'test/fixtures/.github/workflows/ship.yml',
  'testdata/.gitlab-ci.yml',
  'tests/jenkins/web.jenkinsfile.txt',
  'docs/Jenkinsfile.md',
  'Jenkinsfile.bak',
  'Jenkinsfile.example',
])('%s is run by no CI system', (path) => {
  const text = path.includes('enkins')
    ? `pipeline { agent any\n stages { stage('a') { steps { sh '${update('web')}' } } } }\n`
    : path.includes('gitlab')
      ? `a:\n  script: ['${update('web')}']\n`
      : Object.values(ci(update('web')))[0]!;
  expect(found({ [path]: text }).whole.read).toEqual([]);
});

test('an action is not of AWS because of who wrote it', () => {
  const listed = (uses: string) =>
    found({ '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: ${uses}\n` })
      .notCovered;
  expect(listed('aws-friends/merit-badge@v1')).toEqual([]);
  expect(listed('someone/deploy-to-aws@v1')).toEqual(['someone/deploy-to-aws @6']);
  expect(listed('aws-actions/aws-codebuild-run-build@v1')).toEqual(['aws-actions/aws-codebuild-run-build @6']);
});
