import { describe, expect, test } from 'vitest';
import { found } from './found.js';

const update = (service: string) => `aws ecs update-service --cluster main --service ${service} --force-new-deployment`;
const ci = (...commands: readonly string[]) =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${commands.map((one) => `      - run: ${one}\n`).join('')}`;

function services(command: string, files: Readonly<Record<string, string>>) {
  const { jobs } = found({ '.github/workflows/a.yml': ci(command), ...files }).whole;
  return jobs.flatMap(({ options }) => [options['services'] ?? []].flat());
}

describe('just', () => {
  const justfile = `set dotenv-load
cluster := "main"
export REGION := 'eu-west-1'
alias d := deploy

# the first
default: (lint "x") && report
    @${update('first')}

[private]
lint word:
  true

report:
\t-@${update('report')}

deploy service stage='test': lint
    aws ecs update-service --cluster {{ cluster }} --service {{service}}-{{ stage }} \\
        --force-new-deployment

all +names:
    #!/usr/bin/env bash
    set -e
    for name in {{ names }}; do
      ${update('"$name"')}
    done

python:
    #!/usr/bin/env python3
    import os
    os.system("${update('no')}")

shown $SERVICE:
    ${update('$SERVICE')}
`;

  test.each([
    ['just', ['report', 'first']],
    ['just deploy web live', ['web-live']],
    ['just deploy web', ['web-test']],
    ['just d web', ['web-test']],
    ['just all web api', ['web', 'api']],
    ['just python', []],
    ['just shown web', ['web']],
    ['just lint x deploy web live', ['web-live']],
    ['just -f justfile deploy web', ['web-test']],
    ['just nothing', []],
  ])('%s', (command, expected) => {
    expect(services(command, { justfile }).sort()).toEqual([...expected].sort());
  });

  test('variables are set on the line, and the file of a folder above is taken', () => {
    const { jobs } = found({
      '.github/workflows/a.yml': ci('cd infra/live && just cluster=other deploy web'),
      justfile,
    });
    expect(jobs).toEqual([expect.stringMatching(/cluster=other .*services=web-test .*@18,6$/)]);
  });

  test('what it calculates is not known, and no text of the command', () => {
    const file = `name := \`git describe\`\ndeploy:\n    ${update('{{ name }}')}\n`;
    const { jobs } = found({ '.github/workflows/a.yml': ci('just deploy'), Justfile: file });
    expect(jobs).toEqual([expect.stringMatching(/^ecs-service-deployment (?!.*\{\{).*\?services/)]);
  });

  test('a recipe that runs itself ends', () => {
    expect(services('just a', { justfile: `a: b\n    ${update('web')}\n    just a\nb: a\n    true\n` })).toEqual([
      'web',
    ]);
  });
});

describe('task', () => {
  const taskfile = `version: '3'
vars: { CLUSTER: main, NAME: 'web-{{.STAGE}}', STAGE: test, HASH: { sh: git rev-parse HEAD } }
env: { REGION: eu-west-1 }
includes:
  site: ./site
  other: { taskfile: ci/Taskfile.yml, dir: ci }
tasks:
  default: ${update('first')}
  list:
    - ${update('listed')}
  deploy:
    deps: [login]
    vars: { SERVICE: '{{.SERVICE}}' }
    cmds:
      - ${update('{{.SERVICE}}')}
      - cmd: ${update('{{ .CLI_ARGS }}')}
        silent: true
  login: { cmds: ['true'] }
  both:
    cmds:
      - task: deploy
        vars: { SERVICE: api }
  hash: { cmds: ['${update('{{.HASH}}')}'] }
  again: { cmds: [{ task: again }, '${update('again')}'] }
  shown: { env: { SERVICE: shown }, cmds: ['${update('$SERVICE')}'] }
`;
  const files = {
    'Taskfile.yml': taskfile,
    'site/Taskfile.yml': `version: '3'\ntasks:\n  deploy: ${update('site')}\n`,
    'ci/Taskfile.yml': `version: '3'\ntasks:\n  deploy: ./deploy.sh\n`,
    'ci/deploy.sh': `${update('script')}\n`,
  };

  test.each([
    ['task', ['first']],
    ['task list', ['listed']],
    ['task deploy SERVICE=web -- api', ['web', 'api']],
    ['task hash', []],
    ['task again', ['again']],
    ['task shown', ['shown']],
    ['task site:deploy', ['site']],
    ['task other:deploy', ['script']],
    ['task -d . list', ['listed']],
    ['task gone', []],
    ['go-task list', ['listed']],
  ])('%s', (command, expected) => {
    expect([...new Set(services(command, files))].sort()).toEqual([...expected].sort());
  });

  test('a task gives another one its variables', () => {
    expect(services('task both', files)).toContain('api');
  });

  test('the line in the file and the one that calls it are told', () => {
    const { jobs } = found({ '.github/workflows/a.yml': ci('task list'), ...files });
    expect(jobs).toEqual([expect.stringMatching(/@10,6$/)]);
  });
});

describe('make', () => {
  const makefile = (more = '') =>
    `${more}all: one two\none:\n\tcd modules/one && ../up.sh\n\t./up.sh\ntwo:\n\tcd modules/two && ../up.sh\n`;
  const files = (more?: string) => ({
    Makefile: makefile(more),
    'modules/up.sh': update('module'),
    'up.sh': update('top'),
    'modules/one/up.sh': update('inner'),
  });

  test('runs each line of a recipe in a shell of its own', () => {
    expect(services('make all', files())).toEqual(['module', 'top']);
    expect(services('make two', files())).toEqual(['module']);
  });

  test('runs a recipe in one shell where the file says so', () => {
    expect(services('make one', files('.ONESHELL:\n'))).toEqual(['module', 'inner']);
  });
});

describe('a workspace', () => {
  const packages = {
    'package.json': JSON.stringify({ name: 'root', scripts: { ship: update('root') } }),
    'packages/web/package.json': JSON.stringify({
      name: 'web',
      scripts: { ship: update('web'), 'ship:all': update('all') },
    }),
    'packages/api/package.json': JSON.stringify({ name: 'api', scripts: { ship: update('api'), test: 'vitest' } }),
  };

  test.each([
    'npx lerna run ship --stream',
    'yarn lerna run ship --scope web',
    'npx turbo run ship --filter=web',
    'pnpm turbo ship',
    'yarn turbo run ship --filter=web',
    'npx nx run-many -t ship --all',
    'npx nx run-many --target=ship',
    'npm run ship --workspaces --if-present',
    'npm run ship -ws',
    'pnpm -r run ship',
    'pnpm --recursive --parallel ship',
    'yarn workspaces run ship',
    'yarn workspaces foreach -A --topological run ship',
  ])('%s runs the script of its packages', (command) => {
    expect(services(command, packages).sort()).toEqual(['api', 'web']);
  });

  test.each([
    'npx lerna bootstrap',
    'npx turbo run build',
    'npx nx run-many',
    'npx nx graph',
    'pnpm -r install',
    'yarn workspaces list',
  ])('%s runs none of them', (command) => {
    expect(services(command, packages)).toEqual([]);
  });

  test('of which a script names itself ends', () => {
    const round = {
      ...packages,
      'packages/web/package.json': JSON.stringify({ scripts: { ship: 'npx lerna run ship' } }),
    };
    expect(services('npx lerna run ship', round)).toEqual(['api']);
  });
});
