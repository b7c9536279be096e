import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Log } from 'sarif';
import { afterAll, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern diff ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(text: string, name = 'roles.yaml'): string {
  const file = join(folder, `${(count += 1)} of many`, name);
  mkdirSync(dirname(file));
  writeFileSync(file, text);
  return file;
}

const shop = `owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001'`;
const whole = `version: 1
region: eu-west-1
environments:
  staging: { account: '111122223333' }
  production: { account: '444455556666' }
roles:
  deploy:
    trust: { github-actions: { ${shop}, environments: ['\${environment}'] } }
    permissions: { ecr-docker-push: { repositories: ['shop-\${environment}'] } }
  terraform:
    environments: [production]
    plan: { trust: { github-actions: { ${shop}, branches: [dev] } } }
    apply: { trust: { github-actions: { ${shop}, environments: [production] } } }
    permissions: { terraform-remote-state-s3: { bucket: state, keys: [shop.tfstate] } }
`;
const wider = whole.replace("['shop-${environment}']", "['shop-${environment}', base]");

interface ToldRoles {
  readonly roles: readonly {
    readonly name: string;
    readonly environment: string | null;
    readonly roleName: string;
    readonly change: string;
    readonly trust: { readonly relation: string };
    readonly permissions: { readonly relation: string };
  }[];
}

async function changesOf(...args: string[]) {
  const { code, stderr, stdout } = await postern(['diff', ...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as ToldRoles).roles.map(({ change, environment, permissions, roleName, trust }) =>
    [roleName, environment, change, trust.relation, permissions.relation].join(' '),
  );
}

test('two files of roles are compared role by role', async () => {
  expect(await changesOf(fileWith(whole), fileWith(wider))).toEqual([
    'deploy staging changed equal wider',
    'deploy production changed equal wider',
    'terraform-plan production same equal equal',
    'terraform-apply production same equal equal',
  ]);
  expect(await changesOf(`${fileWith(whole)}#terraform`, fileWith(whole))).toContain('deploy staging new wider wider');
  const text = await postern(['diff', fileWith(whole), fileWith(whole)]);
  expect([text.code, text.stdout]).toEqual([0, expect.stringContaining('both have the same roles')]);
  const fails = await postern(['diff', fileWith(whole), fileWith(wider), '--fail-on', 'wider', '--markdown']);
  expect([fails.code, fails.stdout]).toEqual([1, expect.stringMatching(/^### deploy in staging: changed\n/)]);
  const sarif = await postern(['diff', fileWith(whole), fileWith(wider), '--sarif']);
  const results = (JSON.parse(sarif.stdout) as Log).runs[0]!.results!;
  expect(new Set(results.map(({ ruleId }) => ruleId))).toEqual(new Set(['gained-access']));
  expect(results[0]!.message.text).toMatch(/^deploy in staging: changed: permissions: /);
});

test('a file is compared with what an account has, whichever is the first', async () => {
  const file = fileWith(whole);
  const production = await postern(['build', '--config', file, '--environment', 'production']);
  const account = fileWith(production.stdout, 'account.json');
  const same = ['deploy production', 'terraform-plan production', 'terraform-apply production'];
  expect(await changesOf(account, file)).toEqual(same.map((one) => `${one} same equal equal`));
  expect(await changesOf(file, account)).toEqual(same.map((one) => `${one} same equal equal`));
  const [narrower, ...others] = await changesOf(fileWith(wider), account);
  expect([narrower, others.length]).toEqual(['deploy production changed equal narrower', 2]);
  expect((await changesOf(account, fileWith(wider)))[0]).toBe('deploy production changed equal wider');
  const less = JSON.parse(production.stdout) as { RoleDetailList: object[] };
  const lacking = fileWith(JSON.stringify({ ...less, RoleDetailList: less.RoleDetailList.slice(0, 2) }), 'a.json');
  expect(await changesOf(lacking, file)).toEqual([
    `${same[0]!} same equal equal`,
    `${same[1]!} same equal equal`,
    `${same[2]!} changed wider wider`,
  ]);
  expect(await changesOf(`${file}#deploy`, account)).toEqual([`${same[0]!} same equal equal`]);
});

test('what the details of an account do not say is no difference, and nobody is said to have nothing', async () => {
  const file = fileWith(whole.replace('roles:\n  deploy:\n', '$&    maxSessionDuration: 7200\n'));
  const { stdout } = await postern(['build', '--config', file, '--environment', 'production']);
  const details = JSON.parse(stdout) as { RoleDetailList: Record<string, unknown>[] };
  const without = (part: string) => {
    const roles = details.RoleDetailList.map(({ [part]: _, ...role }) => role);
    return fileWith(JSON.stringify({ ...details, RoleDetailList: roles }), 'a.json');
  };
  const aws = await postern(['diff', file, without('MaxSessionDuration')]);
  expect([aws.code, aws.stdout]).toEqual([0, expect.stringContaining('both have the same roles')]);
  expect(aws.stderr).toContain('do not say how long a session may last, so `maxSessionDuration` is not compared');
  for (const part of ['AssumeRolePolicyDocument', 'RolePolicyList', 'AttachedManagedPolicies']) {
    const { code, stderr } = await postern(['diff', file, without(part)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`the details have no \`${part}\` that can be read`)]);
  }
});

test.each<[string, () => string[], RegExp]>([
  [
    'a file that is wrong',
    () => [fileWith(whole.replace('shop.tfstate', '')), fileWith(whole)],
    /roles\.yaml:14:\d+: /,
  ],
  [
    'a file that is no YAML',
    () => [fileWith(`${whole}- x\n`, 'postern.yaml'), fileWith(whole)],
    /postern\.yaml:\d+:\d+: /,
  ],
  [
    'a role that is none',
    () => [`${fileWith(whole)}#deplo`, fileWith(whole)],
    /`deplo` is no role of the file, did you/,
  ],
  [
    'an account of others',
    () => [
      fileWith(whole),
      fileWith('{"RoleDetailList":[{"RoleName":"a","Arn":"arn:aws:iam::999999999999:role/a"}]}', 'a.json'),
    ],
    /no role of .* is in the accounts/,
  ],
  ['a policy', () => [fileWith(whole), fileWith('{"Statement":[]}', 'a.json')], /these are no details of an account/],
  ['nothing', () => [fileWith(whole), 'none.json'], /there is no such file/],
])('%s is refused', async (_, args, said) => {
  const { code, stderr, stdout } = await postern(['diff', ...args()]);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(said)]);
});
