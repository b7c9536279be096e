import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { postern } from '../../test/terminal.js';
import { yamlValue } from './yaml-value.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-first-'));
afterAll(() => rmSync(folder, { recursive: true }));

const workflow = `on: { push: { branches: [main] } }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: arn:aws:iam::111122223333:role/ship+deploy
          aws-region: eu-west-1
      - run: aws ecs update-service --cluster main --service web --force-new-deployment
      - run: aws ecs update-service --cluster \${{ vars.CLUSTER }} --service api --force-new-deployment
      - run: aws rds create-db-snapshot --db-instance-identifier a
`;

let count = 0;
function repository(text = workflow): string {
  const root = join(folder, `${(count += 1)} wärehouse`);
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/ship.yml'), text);
  return root;
}

test('init writes what it found, where each line came from, and what is open', async () => {
  const root = repository();
  const { code, stdout } = await postern(['init', root, '--no-input']);
  expect([code, stdout]).toEqual([0, expect.stringContaining(`Wrote ${join(root, 'postern.yaml')}: answer what`)]);
  const text = readFileSync(join(root, 'postern.yaml'), 'utf8');
  expect(text).toMatch(
    /^# Editors complete this file by its schema: run `postern schema --output \S+`, and write `.*\n/,
  );
  expect(text).toMatch(
    /\n {6}# \.github\/workflows\/ship\.yml:10, \.github\/workflows\/ship\.yml:11\n {6}- ecs-service-deployment:\n/,
  );
  expect(text).toMatch(/\n {10}# cluster: main # required: .*vars\.CLUSTER/);
  expect(text).toContain('#   .github/workflows/ship.yml:12 aws rds create-db-snapshot\n');
  expect(parse(text)).toMatchObject({
    version: 1,
    account: '111122223333',
    region: 'eu-west-1',
    roles: {
      'ship-deploy': {
        roleName: 'ship+deploy',
        trust: { 'github-actions': { branches: ['main'] } },
        permissions: [{ 'ecs-service-deployment': { services: ['web', 'api'] } }],
      },
    },
  });
  const built = await postern(['build', '--config', join(root, 'postern.yaml')]);
  expect([built.code, built.stderr]).toEqual([2, expect.stringMatching(/postern\.yaml:\d+:\d+: .*owner: missing/)]);
});

test('its answers, once given, build', async () => {
  const root = repository(workflow.replace('${{ vars.CLUSTER }}', 'main'));
  await postern(['init', root]);
  const file = join(root, 'postern.yaml');
  const answers =
    "        owner: acme\n        ownerId: '41000001'\n        repository: shop\n        repositoryId: '712000001'\n";
  const text = readFileSync(file, 'utf8')
    .replace(/^# account:.*$/m, "account: '111122223333'")
    .replace('      github-actions:\n', `      github-actions:\n${answers}`);
  writeFileSync(file, text);
  const { code, stdout } = await postern(['build', '--config', file]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('arn:aws:iam::111122223333:role/ship+deploy')]);
});

test('run again, it changes nothing and says what the file lacks', async () => {
  const root = repository();
  const file = join(root, 'postern.yaml');
  await postern(['init', root]);
  const before = readFileSync(file, 'utf8');
  const same = await postern(['init', root]);
  expect([same.code, same.stdout]).toEqual([
    0,
    expect.stringContaining(`${file} has all that was found in the CI files.\n`),
  ]);
  writeFileSync(join(root, '.github/workflows/ship.yml'), workflow.replace('--service web', '--service shop'));
  const changed = await postern(['init', root]);
  expect(changed.stdout).toMatch(
    /stays as it is; the CI files say besides:\n\nroles\.ship-deploy\.permissions\[0\].*ship\.yml:10 says/,
  );
  expect(changed.stdout).toContain('  services: [shop, api]\n');
  const pull = `${workflow}      - uses: docker/build-push-action@v6\n        with: { push: true, tags: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1' }\n`;
  writeFileSync(join(root, '.github/workflows/ship.yml'), pull);
  const more = await postern(['init', root]);
  expect(more.stdout).toMatch(
    /In the role ship\+deploy, a use case that is not in it:\n {6}# Does not configure .*\n.*\n {6}- ecr-docker-push:\n/,
  );
  writeFileSync(join(root, '.github/workflows/ship.yml'), workflow.replace('role/ship+deploy', 'role/other'));
  writeFileSync(file, 'version: 1\nroles:\n  x: { permissions: [ecr-docker-push] }\n');
  const other = await postern(['init', root]);
  expect(other.stdout).toMatch(/A role that is not in it:\n {2}other:\n {4}trust:\n/);
  expect(readFileSync(file, 'utf8')).toBe('version: 1\nroles:\n  x: { permissions: [ecr-docker-push] }\n');
  writeFileSync(file, before);
});

test('--check fails where the CI files and the file differ, either way, and writes nothing', async () => {
  const root = repository();
  const none = await postern(['init', root, '--check']);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('has no `postern.yaml` to check')]);
  const one = await postern(['init', join(root, '.github/workflows/ship.yml'), '--check']);
  expect([one.code, one.stderr]).toEqual([2, expect.stringContaining('--check: name the folder')]);
  await postern(['init', root]);
  const file = join(root, 'postern.yaml');
  expect((await postern(['init', root, '--check'])).code).toBe(0);
  const text = readFileSync(file, 'utf8');
  const more = `${text.replace('    permissions:\n', '    permissions:\n      - ecr-docker-push\n')}`;
  writeFileSync(file, more);
  const spare = await postern(['init', root, '--check']);
  expect([spare.code, spare.stdout]).toEqual([
    1,
    expect.stringMatching(/postern\.yaml:\d+:9: .*no job of the CI files is seen to need `ecr-docker-push`/),
  ]);
  writeFileSync(join(root, '.github/workflows/ship.yml'), workflow.replace('--service web', '--service shop'));
  writeFileSync(file, text);
  const missing = await postern(['init', root, '--check']);
  expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining('services: [shop, api]')]);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('it leaves a file alone that it cannot read, and writes none where nothing was found, or JSON was asked for', async () => {
  const root = repository();
  const file = join(root, 'postern.yaml');
  await postern(['init', root, '--json']);
  await postern(['init', join(root, '.github/workflows/ship.yml')]);
  expect(existsSync(file)).toBe(false);
  writeFileSync(join(root, 'postern.json'), '{"version":2}');
  const newer = await postern(['init', root]);
  expect([newer.code, newer.stderr]).toEqual([2, expect.stringContaining('postern.json:1:2: version: `2` is newer')]);
  expect(existsSync(file)).toBe(false);
  const empty = repository('on: push\njobs: { a: { runs-on: x, steps: [{ run: "true" }] } }\n');
  await postern(['init', empty]);
  expect(existsSync(join(empty, 'postern.yaml'))).toBe(false);
});

test.each([
  'plain',
  'a b',
  '',
  'true',
  'No',
  '~',
  '1',
  '1e3',
  '0x1',
  '*',
  '&a',
  '!x',
  '# x',
  'a: b',
  "it's",
  '"',
  'é',
  '\u2028',
  'a\nb',
  '- a',
  '${account}',
  '@x',
  '`',
  '{a}',
  'a,b',
  '2026-01-01',
  'null',
])('the value %j is read back as it was', (value) => {
  expect(parse(`a: ${yamlValue(value)}\nb: ${yamlValue([value, true])}\n`)).toEqual({ a: value, b: [value, true] });
});

test('the remote of the repository names it, and what else stands in the file of git is not printed', async () => {
  const root = repository();
  mkdirSync(join(root, '.git'));
  writeFileSync(
    join(root, '.git/config'),
    '[core]\r\n\tbare = false\r\n[remote "fork"]\r\n\turl = https://github.com/else/shop\r\n[remote "origin"]\r\n\turl = https://me:hush@github.com/acme/shop.git\r\n\tfetch = +refs/heads/*:refs/remotes/origin/*\r\n',
  );
  const { code, stdout } = await postern(['init', root, '--no-input']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('owner acme; repository shop')]);
  const text = readFileSync(join(root, 'postern.yaml'), 'utf8');
  expect(text).toContain('# the jobs sign in by a token; the repository is the remote `origin`\n');
  expect(parse(text)).toMatchObject({
    roles: { 'ship-deploy': { trust: { 'github-actions': { owner: 'acme', repository: 'shop' } } } },
  });
  expect(stdout + text).not.toContain('hush');
});

test('--check says what it does not compare, and takes a pattern for what it matches alone', async () => {
  const root = repository();
  await postern(['init', root]);
  const file = join(root, 'postern.yaml');
  const text = readFileSync(file, 'utf8');
  const same = await postern(['init', root, '--check']);
  expect([same.code, same.stdout]).toEqual([
    0,
    expect.stringContaining('Besides, 1 that no use case covers or nobody knows'),
  ]);
  writeFileSync(file, text.replace('services: [web, api]', "services: ['we*', 'ap?']"));
  expect((await postern(['init', root, '--check'])).code).toBe(0);
  writeFileSync(file, text.replace('services: [web, api]', "services: ['team-*']"));
  const other = await postern(['init', root, '--check']);
  expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('services: [web, api]')]);
});

test.each([
  ['{ branches: [main] }', 'on: { push: { branches: [main] } }', '', undefined],
  ["{ branches: ['m*'] }", 'on: { push: { branches: [main] } }', '', undefined],
  ['{ branches: [main] }', 'on: { push: { branches: [main, next] } }', '', 'branches: [main, next]'],
  ['{ tags: [v1] }', 'on: { push: { branches: [main] } }', '', 'branches: [main]'],
  ['{ branches: [main] }', 'on: { push: { branches: [main] } }', 'live', 'environments: [live]'],
  ['{ environments: [live] }', 'on: { push: { branches: [main] } }', 'live', undefined],
  ['{ environments: [live], branches: [next] }', 'on: { push: { branches: [main] } }', 'live', 'branches: [main]'],
  ['{ everyContext: true }', 'on: { push: { branches: [main] } }', 'live', undefined],
])('trust %s, and jobs %s %s', async (trust, on, environment, lacking) => {
  const named = environment === '' ? '' : `    environment: ${environment}\n`;
  const root = repository(workflow.replace(/^on: .*$/m, on).replace('    steps:\n', `${named}    steps:\n`));
  const file = join(root, 'postern.yaml');
  await postern(['init', root]);
  const text = readFileSync(file, 'utf8');
  const changed = text
    .replace(/(\n {6}github-actions:\n)( {8}[^#\n]*\n)+/, `\n      github-actions: ${trust}\n`)
    .replace(/\n {8}#[^\n]*/g, '');
  expect(changed).toContain(`github-actions: ${trust}`);
  writeFileSync(file, changed);
  const { code, stdout } = await postern(['init', root, '--check']);
  expect([code, stdout]).toEqual(
    lacking === undefined
      ? [0, expect.stringContaining('has what was found')]
      : [1, expect.stringContaining(`does not let in:\n  ${lacking}\n`)],
  );
});
