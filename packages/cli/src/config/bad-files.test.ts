import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern bad ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shop = `owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001'`;
const role = `\n    trust: { github-actions: { ${shop}, environments: [production] } }\n    permissions: { ecr-docker-push: { repositories: [shop] } }\n`;
const top = `version: 1\naccount: '111122223333'\nregion: eu-west-1\n`;
const good = `${top}roles:\n  a:${role}`;
const account = join(folder, 'account.json');
writeFileSync(account, '{"RoleDetailList":[{"RoleName":"a","Arn":"arn:aws:iam::111122223333:role/a"}]}');
const other = join(folder, 'good.yaml');
writeFileSync(other, good);

let count = 0;
/** A repository with a file, and a workflow for `init`. */
function repository(text: string | Uint8Array, name: string): { readonly root: string; readonly file: string } {
  const root = join(folder, `${(count += 1)} wärehouse`);
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  const workflow = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v5\n        with: { role-to-assume: 'arn:aws:iam::111122223333:role/a', aws-region: eu-west-1 }\n      - run: aws ecs update-service --cluster main --service web\n`;
  writeFileSync(join(root, '.github/workflows/a.yml'), workflow);
  execFileSync('git', ['init', '-q', root]);
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', root, ...author, 'commit', '-q', '--allow-empty', '-m', 'a']);
  const file = join(root, name);
  writeFileSync(file, text);
  return { root, file };
}

/** The commands that read the file. */
const commands: Readonly<
  Record<string, (file: string, root: string) => Promise<{ code: number; stdout: string; stderr: string }>>
> = {
  build: (file, root) => postern(['build', '--config', file, '--output', join(root, 'out')]),
  plan: (file) => postern(['plan', '--config', file, '--since', 'HEAD']),
  check: (file) => postern(['check', account, '--config', file]),
  diff: (file) => postern(['diff', other, file]),
  'init --check': (_, root) => postern(['init', root, '--check']),
  'terraform-external': (file) => postern(['terraform-external'], { stdin: JSON.stringify({ file, role: 'a' }) }),
};

const cases: readonly (readonly [what: string, text: string | Uint8Array, name: string, said: readonly string[]])[] = [
  ['a newer version', good.replace('version: 1', 'version: 2'), 'postern.yaml', [':1:1: version: `2` is newer']],
  ['two roles of one name', `${good}  a:${role}`, 'postern.yaml', [':8:3: `a` stands twice here']],
  [
    'an environment nobody uses',
    `${top}environments: { x: {}, y: {} }\nroles:\n  a:${role}    environments: [x]\n`,
    'postern.yaml',
    [':4:24: environments.y: no role is made'],
  ],
  [
    'an unknown provider, use case and option, all at once',
    `${top}roles:\r\n  a:\r\n    trust: gitlb\r\n    permissions: [ecr-docker-pusch, { ecr-image-pull: { repositorys: [a], repositories: 7 } }]\r\n`,
    'postern.yaml',
    [
      ':6:5: roles.a.trust: `gitlb` is no trust entry, did you mean `gitlab`?',
      ':7:19: roles.a.permissions[0]: `ecr-docker-pusch` is no use case, did you mean `ecr-docker-push`?',
      'did you mean `repositories`?',
      'roles.a.permissions[1].ecr-image-pull.repositories: `7` is no list',
    ],
  ],
  [
    'duplicate keys in JSON',
    '{"version":1,"roles":{"a":{},"a":{}}}',
    'postern.json',
    [':1:30: the key `a` stands twice'],
  ],
  ['tabs', 'version: 1\nroles:\n\ta: {}\n', 'postern.yaml', [':3:1: a tab stands where blanks are needed']],
  ['anchors', `${top}roles: &a { b: *a }\n`, 'postern.yaml', ['anchors and aliases are not taken']],
  ['nothing', '\ufeff\n', 'postern.yaml', ['is empty']],
];

describe.each(Object.entries(commands))('postern %s', (name, run) => {
  test.each(cases)('refuses %s by line and column, and writes nothing', async (_, text, file, said) => {
    const { file: path, root } = repository(text, file);
    const { code, stderr, stdout } = await run(path, root);
    expect([code, stdout], stderr).toEqual([2, '']);
    const lines = stderr
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('postern: '));
    // What `init` leaves open is answered by hand, so that it does not look at options.
    const wanted = name === 'init --check' ? said.filter((one) => !/repositories/.test(one)) : said;
    expect(lines, stderr).toHaveLength(wanted.length);
    for (const [index, line] of lines.entries()) expect(line).toContain(wanted[index]);
    for (const line of lines) expect(line).toMatch(/postern\.(yaml|json):\d+:\d+: /);
    expect(existsSync(join(root, 'out'))).toBe(false);
    expect(readdirSync(root).sort()).toEqual(['.git', '.github', file]);
  });

  test('refuses a huge file and one that is no text', async () => {
    for (const [text, said] of [
      [`${good}#${'x'.repeat(1024 * 1024)}\n`, 'is larger than 1 MiB'],
      [new Uint8Array([0xff, 0xfe, 0x00]), 'is not UTF-8 text'],
    ] as const) {
      const { file, root } = repository(text, 'postern.yaml');
      const { code, stderr, stdout } = await run(file, root);
      expect([name, code, stdout, stderr]).toEqual([name, 2, '', expect.stringContaining(said)]);
    }
  });
});

test('a folder that cannot be written leaves nothing half-written', async () => {
  const { file, root } = repository(
    `version: 1\nregion: eu-west-1\nenvironments: { a: { account: '111122223333' }, b: { account: '444455556666' } }\nroles:\n  a:${role}`,
    'postern.yaml',
  );
  const output = join(root, 'out');
  mkdirSync(output);
  writeFileSync(join(output, 'b'), 'in the way');
  const { code, stderr } = await postern(['build', '--config', file, '--output', output]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('there is a file of that name on the way')]);
  expect(readdirSync(output)).toEqual(['b']);
});
