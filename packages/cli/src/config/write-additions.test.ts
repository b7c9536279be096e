import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { detect } from '@postern/detect';
import { parse } from 'yaml';
import { postern } from '../../test/terminal.js';
import { writeAdditions, type Choose } from './write-additions.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-additions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ship = `      - run: aws ecs update-service --cluster main --service web --force-new-deployment\n`;
const more = `      - run: aws ecs update-service --cluster main --service api --force-new-deployment\n`;
const image = `      - uses: docker/build-push-action@v6\n        with: { push: true, tags: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1' }\n`;
function workflow(steps: string, { role = 'ship', on = 'branches: [main]', job = '' } = {}): string {
  return `on: { push: { ${on} } }
jobs:
  a:
    runs-on: ubuntu-latest
${job}    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: 'arn:aws:iam::111122223333:role/${role}', aws-region: eu-west-1 }
${steps}`;
}

let count = 0;
function repository(ci: string, text: string, name = 'postern.yaml') {
  const root = join(folder, `${(count += 1)} wärehouse`);
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/a.yml'), ci);
  const file = join(root, name);
  writeFileSync(file, text);
  return { root, file };
}

/** Whether a text is what another one is with lines or words put in, and nothing taken out. */
function isWithin(before: string, after: string): boolean {
  let at = 0;
  for (const character of after) if (character === before[at]) at += 1;
  return at === before.length;
}

async function added(ci: string, text: string, name?: string) {
  const { root, file } = repository(ci, text, name);
  const { code, stderr, stdout } = await postern(['init', root, '--write']);
  const after = readFileSync(file, 'utf8');
  expect([code, stderr]).toEqual([0, '']);
  expect(isWithin(text, after)).toBe(true);
  return { after, stdout, root, value: parse(after) as { roles: Record<string, Record<string, unknown>> } };
}

const trust = `    trust:
      github-actions: { owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001', branches: [main] }`;
const top = `# ours, by hand
version: 1 # the first
account: "111122223333"
region: 'eu-west-1'

roles:
`;
const deployed = `      - ecs-service-deployment: # the site
          cluster: main
          services: [ web ]   # one
          client: aws-cli
          newTaskDefinition: false`;
const usual = `${top}  ship:
${trust}
    permissions:
${deployed}
          # and no more

    # long enough
    maxSessionDuration: 3600
  other:   { permissions: [s3-build-cache] }
`;

describe('to a file that is there, all of which stays as it is written,', () => {
  test('a job of a role that is there is added below its others, with where it comes from', async () => {
    const { after, stdout } = await added(workflow(ship + image), usual);
    const comment = '          # and no more\n';
    const [before, behind] = after.split(comment) as [string, string];
    expect([before, behind]).toEqual([
      usual.split(comment)[0],
      expect.stringMatching(
        /^ {6}# Does not .*\n {6}# \.github\/workflows\/a\.yml:9\n {6}- ecr-docker-push:\n {10}repositories: \[shop\]\n\n {4}# long enough\n/,
      ),
    ]);
    expect(stdout).toContain(': one addition; see `git diff` and run `postern plan`.\n');
  });

  test('what an option lists besides is added to its list', async () => {
    const { after } = await added(workflow(ship + more), usual);
    expect(after).toBe(usual.replace('[ web ]', '[ web, api ]'));
  });

  test('a role is added below the others', async () => {
    const { after, value, root } = await added(workflow(image, { role: 'next' }), usual);
    expect(after.startsWith(usual)).toBe(true);
    expect(Object.keys(value.roles)).toEqual(['ship', 'other', 'next']);
    expect(value.roles['next']).toMatchObject({ permissions: [{ 'ecr-docker-push': { repositories: ['shop'] } }] });
    expect((await postern(['init', root, '--write'])).stdout).toContain('has all that was found in the CI files.');
  });

  test('all roles are added at once, where they do the same too', async () => {
    const ci = ['one', 'two', 'three'].map((role) => workflow(ship + image, { role }).replace(/^on: .*$/m, ''));
    const jobs = ci.map((text, index) => text.replace(/^\njobs:\n {2}a:/, `  a${index}:`)).join('');
    const { root, value } = await added(`on: { push: { branches: [main] } }\njobs:\n${jobs}`, usual);
    expect(Object.keys(value.roles)).toEqual(['ship', 'other', 'one', 'two', 'three']);
    expect((await postern(['init', root])).stdout).toContain('has all that was found in the CI files.');
  });

  test('a role that the file names for other jobs is not taken for that of these', async () => {
    const both = `${workflow(ship)}  b:\n${workflow(ship + image, { role: 'next' }).split('  a:\n')[1]!}`;
    const { after, value } = await added(both, usual);
    expect(after.startsWith(usual)).toBe(true);
    expect(value.roles['next']).toMatchObject({
      permissions: [{ 'ecr-docker-push': {} }, { 'ecs-service-deployment': {} }],
    });
  });

  const quiet = (steps: string) => workflow(steps);
  const forms: readonly (readonly [string, string, string])[] = [
    [
      'a list at the edge',
      `${top}  ship:\n${trust}\n    permissions:\n    - ecs-service-deployment: {cluster: main, services: [web], client: aws-cli, newTaskDefinition: false}\n    # of the session\n    path: /ci/\n`,
      '    - ecr-docker-push:\n        repositories: [shop]\n    # of the session\n',
    ],
    [
      'members by id',
      `${top}  ship:\n${trust}\n    permissions:\n      ecs-service-deployment: {cluster: main, services: [web], client: aws-cli, newTaskDefinition: false}`,
      '\n      ecr-docker-push:\n        repositories: [shop]',
    ],
    [
      'a list in brackets',
      `${top}  ship:\n${trust}\n    permissions: [{ecs-service-deployment: {cluster: main, services: [web], client: aws-cli, newTaskDefinition: false}}, ]`,
      '}}, { ecr-docker-push: { repositories: [shop] } }, ]',
    ],
    [
      'members in braces',
      `${top}  ship:\n${trust}\n    permissions: {ecs-service-deployment: {cluster: main, services: [web], client: aws-cli, newTaskDefinition: false}}\n`,
      'false}, ecr-docker-push: { repositories: [shop] }}\n',
    ],
    [
      'a list of lines in brackets',
      `${top}  ship:\n${trust}\n    permissions: [\n      {ecs-service-deployment: {cluster: main, services: [web], client: aws-cli, newTaskDefinition: false}} # the last\n    ]\n`,
      'false}},\n      { ecr-docker-push: { repositories: [shop] } } # the last\n    ]\n',
    ],
    [
      'four blanks a level',
      `${top}    ship:\n        trust:\n            github-actions: {branches: [main]}\n        permissions:\n            - ecs-service-deployment:\n                  cluster: main\n                  services: [web]\n                  client: aws-cli\n                  newTaskDefinition: false\n`,
      '\n            - ecr-docker-push:\n                repositories: [shop]\n',
    ],
  ];
  test.each(forms)('a use case is added to %s', async (_, text, expected) => {
    const { after, value } = await added(quiet(ship + image), text);
    expect(after).toContain(expected);
    expect(JSON.stringify(value.roles['ship'])).toContain('"ecr-docker-push":{"repositories":["shop"]}');
  });

  test.each([
    ['an id that stands alone', 'permissions: ecs-service-deployment'],
    ['ids in brackets', 'permissions: [ecs-service-deployment]'],
    ['an id in a list', 'permissions:\n      - ecs-service-deployment # the site'],
    ['a member without options', 'permissions:\n      ecs-service-deployment:\n        # services: # required'],
    [
      'a member of a list without options',
      'permissions:\n      - ecs-service-deployment:\n          # services: # required',
    ],
    ['a member of nothing in braces', 'permissions:\n      ecs-service-deployment: {}'],
  ])('options and a use case are added to %s', async (_, permissions) => {
    const { value, root } = await added(quiet(ship + image), `${top}  ship:\n${trust}\n    ${permissions}\n`);
    const said = JSON.stringify(value.roles['ship']!['permissions']);
    expect(said).toContain('"cluster":"main"');
    expect(said).toContain('"ecr-docker-push":{"repositories":["shop"]}');
    expect((await postern(['init', root, '--check'])).code).toBe(0);
  });

  test.each([
    ['none', ''],
    ['nothing behind the key', '\n    permissions:'],
    ['an empty list', '\n    permissions: []'],
  ])('a use case is added where there is %s', async (_, permissions) => {
    const text = `${top}  ship:\n${trust}${permissions}\n  other: { permissions: [s3-build-cache] }\n`;
    const { root } = await added(quiet(image), text);
    expect((await postern(['init', root, '--check'])).stdout).not.toContain('ecr-docker-push');
  });

  test('lines of Windows and a byte order mark stay', async () => {
    const text = `\ufeff${usual.replaceAll('\n', '\r\n')}`;
    const { after } = await added(workflow(ship + more + image), text);
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(after.startsWith('\ufeff# ours')).toBe(true);
    expect(after).toContain('[ web, api ]');
  });

  test.each([
    [
      'indented by a tab',
      (value: unknown) => `${JSON.stringify(value, null, '\t')}\n`,
      /\n\t\t\t"permissions": \[\n[^]*\n\t\t\t\t\{\n\t\t\t\t\t"ecr-docker-push": \{\n\t\t\t\t\t\t"repositories": \[\n/,
    ],
    [
      'on one line',
      (value: unknown) => JSON.stringify(value),
      /\}\}, \{"ecr-docker-push":\{"repositories":\["shop"\]\}\}\]/,
    ],
  ])('JSON %s stays JSON', async (_, print, expected) => {
    const { after } = await added(workflow(ship + more + image), print(parse(usual)), 'postern.json');
    expect(after).toMatch(expected);
    const value = JSON.parse(after) as { roles: { ship: { permissions: readonly object[] } } };
    expect(value.roles.ship.permissions).toMatchObject([
      { 'ecs-service-deployment': { services: ['web', 'api'] } },
      { 'ecr-docker-push': { repositories: ['shop'] } },
    ]);
  });

  test('a role of JSON has all that a role of YAML would', async () => {
    const yaml = await added(workflow(image, { role: 'next' }), usual);
    const json = await added(workflow(image, { role: 'next' }), JSON.stringify(parse(usual), null, 2), 'postern.json');
    expect(JSON.parse(json.after)).toMatchObject({ roles: { next: yaml.value.roles['next'] } });
    expect(json.after).toContain('\n    "next": {\n      "trust": {\n');
  });

  test('another region of a job is said, not taken for that of the file', async () => {
    const { value } = await added(
      workflow(image.replace('eu-west-1', 'us-east-1').replace('shop:1', 'shop:1'), {}).replace(
        'aws-region: eu-west-1',
        'aws-region: us-east-1',
      ),
      usual,
    );
    expect(JSON.stringify(value)).toContain('"ecr-docker-push":{"repositories":["shop"],"region":"us-east-1"}');
  });
});

describe('what lets a job in', () => {
  const named = (environments: string, own = '') => `version: 1
region: eu-west-1
environments:
  staging: { account: '111122223333' } # the first
  production: { account: '111122223333' }
roles:
  ship:
${own}    trust: { github-actions: { owner: acme, ownerId: '1', repository: shop, repositoryId: '2', environments: ${environments} } }
    permissions:
${deployed}
`;
  const live = (environment: string) => workflow(ship, { job: `    environment: ${environment}\n` });

  test('is an environment more', async () => {
    const { after } = await added(live('live'), named('[production]'));
    expect(after).toBe(named('[production, live]'));
  });

  test('is an environment more of the file, where its roles are made by environment', async () => {
    const { after } = await added(live('live'), named("['${environment}']"));
    expect(after).toBe(
      named("['${environment}']").replace(
        'roles:',
        '  live:\n    # account: # required where its roles are made\nroles:',
      ),
    );
    const own = await added(live('live'), named("['${environment}']", '    environments: [staging, production]\n'));
    expect(own.after).toContain('environments: [staging, production, live]');
    expect(own.after).toContain('\n  live:\n');
  });

  test('is not missed where one role is made for each environment', async () => {
    const both = `${live('staging')}  b:\n    runs-on: x\n    environment: production\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v5\n        with: { role-to-assume: 'arn:aws:iam::111122223333:role/ship', aws-region: eu-west-1 }\n${ship}`;
    const { root } = repository(both, named("['${environment}']"));
    expect((await postern(['init', root, '--check'])).code).toBe(0);
  });

  test('is never pull requests', async () => {
    const { root, file } = repository(
      workflow(ship).replace(/^on: .*$/m, 'on: { push: { branches: [main] }, pull_request: {} }'),
      usual,
    );
    const { code, stdout } = await postern(['init', root, '--write']);
    expect([code, readFileSync(file, 'utf8')]).toEqual([0, usual]);
    expect(stdout).toContain('  pullRequests: true\n  it would let code in that nobody has reviewed\n');
  });
});

describe('nothing is added', () => {
  test('where the file has an answer, or several places may be meant', async () => {
    const other = usual.replace('cluster: main', 'cluster: other');
    const { root, file } = repository(workflow(ship), other);
    const { code, stdout } = await postern(['init', root, '--write']);
    expect([code, readFileSync(file, 'utf8')]).toEqual([0, other]);
    expect(stdout).toContain('postern.yaml stays as it is.\n\nLeft to you, ');
    expect(stdout).toContain('  cluster: main\n  the file has an answer, and none is changed\n');
    const twice = usual.replace(deployed, `${deployed}\n${deployed}`);
    const again = repository(workflow(ship + more), twice);
    const said = await postern(['init', again.root, '--write']);
    expect([said.stdout, readFileSync(again.file, 'utf8')]).toEqual([
      expect.stringContaining('  several places of the file may be meant\n'),
      twice,
    ]);
  });

  test('without --write, which is named', async () => {
    const { root, file } = repository(workflow(ship + more), usual);
    const { code, stdout } = await postern(['init', root]);
    expect([code, readFileSync(file, 'utf8')]).toEqual([0, usual]);
    expect(stdout).toContain('\n`postern init --write` adds it, and changes nothing that is there.\n');
  });

  test.each([
    [['--check'], '`--check` writes nothing, and `--write` does: keep one'],
    [['--json'], '`--json` writes nothing, and `--write` does: keep one'],
  ])('with %s', async (flags, says) => {
    const { root, file } = repository(workflow(ship + more), usual);
    const { code, stderr } = await postern(['init', root, '--write', ...flags]);
    expect([code, stderr, readFileSync(file, 'utf8')]).toEqual([2, `postern: ${says}\n`, usual]);
  });

  test('to one CI file', async () => {
    const { root } = repository(workflow(ship + more), usual);
    const { code, stderr } = await postern(['init', join(root, '.github/workflows/a.yml'), '--write']);
    expect([code, stderr]).toEqual([2, 'postern: --write: name the folder of the repository, not one CI file\n']);
  });

  test.each([
    ['a role of the same name in other letters', usual.replace('  other: ', '  NEXT: ')],
    ['roles that are an alias', 'version: 1\nroles: &a { x: { permissions: [s3-build-cache] } }\n'],
  ])('where it would break the file: %s', async (_, text) => {
    const { root, file } = repository(workflow(image, { role: 'next' }), text);
    await postern(['init', root, '--write']);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('to a file that has changed meanwhile', async () => {
    const { root, file } = repository(workflow(ship + more), usual);
    const found = detect(new Map([['.github/workflows/a.yml', workflow(ship + more)]]));
    const io = {
      stdin: (async function* () {})(),
      stdout: { write: () => true },
      stderr: { write: () => true },
      env: {},
    };
    const choose: Choose = (all, _file, proposals) => {
      writeFileSync(file, `${usual}# mine\n`);
      return Promise.resolve({ found: all, proposals });
    };
    await expect(writeAdditions(root, 'postern.yaml', found, choose, io)).rejects.toThrow(
      'has changed meanwhile, and nothing was written: run it again',
    );
    expect(readFileSync(file, 'utf8')).toBe(`${usual}# mine\n`);
  });

  // Root may write all.
  test.skipIf(process.getuid?.() === 0)('to a file that may not be written', async () => {
    const { root, file } = repository(workflow(ship + more), usual);
    chmodSync(file, 0o444);
    const { code, stderr } = await postern(['init', root, '--write']);
    expect([code, stderr, readFileSync(file, 'utf8')]).toEqual([
      2,
      expect.stringContaining('cannot be written: the place is read-only'),
      usual,
    ]);
    expect(readdirSync(root).sort()).toEqual(['.github', 'postern.yaml']);
  });
});
