import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-same-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** What `init --check` says of a job that deploys with these names, where the file has those. */
async function checked(given: Readonly<Record<string, string>>, told: Readonly<Record<string, string>> = {}) {
  const root = join(folder, String((count += 1)));
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  const { cluster = 'main', executionRoleArn = 'arn:aws:iam::111122223333:role/team/shop-task' } = told;
  writeFileSync(
    join(root, 'task.json'),
    JSON.stringify({ family: 'shop', executionRoleArn, containerDefinitions: [{ name: 'shop', image: 'x' }] }),
  );
  writeFileSync(
    join(root, '.github/workflows/a.yml'),
    `on: { push: { branches: [main] } }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: 'arn:aws:iam::111122223333:role/ship', aws-region: eu-west-1 }
      - run: |
          aws ecs register-task-definition --cli-input-json file://task.json
          aws ecs update-service --cluster ${cluster} --service web --task-definition shop
`,
  );
  await postern(['init', root, '--no-input']);
  const file = join(root, 'postern.yaml');
  let text = readFileSync(file, 'utf8');
  for (const [name, value] of Object.entries(given)) {
    const before = text;
    text = text.replace(new RegExp(`^(\\s*)${name}: .*$`, 'm'), `$1${name}: ${value}`);
    expect(text).not.toBe(before);
  }
  writeFileSync(file, text);
  const { code, stdout } = await postern(['init', root, '--check']);
  return { code, stdout };
}

const clusterArn = (account: string, region = 'eu-west-1', partition = 'aws') =>
  `arn:${partition}:ecs:${region}:${account}:cluster/main`;

describe('a resource by name and by ARN is one', () => {
  test.each([
    ['a role by its name', { passRoles: '[team/shop-task]' }, {}],
    ['a role among patterns', { passRoles: "['team/*']" }, {}],
    ['a role by the pattern of an ARN', { passRoles: "['arn:aws:iam::111122223333:role/team/*']" }, {}],
    ['a cluster by its ARN', { cluster: `'${clusterArn('111122223333')}'` }, {}],
    ['a cluster by { arn }', { cluster: `{ arn: '${clusterArn('111122223333')}' }` }, {}],
    ['a cluster by its ARN in the CI files', { cluster: 'main' }, { cluster: clusterArn('111122223333') }],
  ])('%s', async (_, given, told) => {
    expect(await checked(given, told)).toEqual({
      code: 0,
      stdout: expect.stringContaining('has what was found') as unknown,
    });
  });
});

describe('others are told', () => {
  const role = "  passRoles: ['arn:aws:iam::111122223333:role/team/shop-task']\n";
  test.each([
    ['a role of another name', { passRoles: '[shop-task]' }, {}, role],
    ['a role of another account', { passRoles: "['arn:aws:iam::444455556666:role/team/shop-task']" }, {}, role],
    ['a cluster of another account', { cluster: `'${clusterArn('444455556666')}'` }, {}, '  cluster: main\n'],
    ['a cluster of another region', { cluster: `'${clusterArn('111122223333', 'eu-west-2')}'` }, {}, 'cluster: main'],
    [
      'a cluster of another partition',
      { cluster: `'${clusterArn('111122223333', 'eu-west-1', 'aws-cn')}'` },
      {},
      'main',
    ],
    ['an ARN of another kind', { cluster: "'arn:aws:ecs:eu-west-1:111122223333:service/main'" }, {}, 'cluster: main'],
    [
      'a role in the CI files of another account',
      { passRoles: '[shop-task]' },
      { executionRoleArn: 'arn:aws:iam::444455556666:role/shop-task' },
      "passRoles: ['arn:aws:iam::444455556666:role/shop-task']",
    ],
  ])('%s', async (_, given, told, says) => {
    expect(await checked(given, told)).toEqual({ code: 1, stdout: expect.stringContaining(says) as unknown });
  });
});
