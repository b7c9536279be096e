import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, print } from '@postern/core';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern external ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shop = `owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001'`;
const whole = `version: 1
region: eu-west-1
environments:
  staging: { account: '111122223333' }
  production: { account: '444455556666', region: us-east-1 }
roles:
  deploy:
    trust: { github-actions: { ${shop}, environments: ['\${environment}'] } }
    permissions: { ecr-docker-push: { repositories: ['shop-\${environment}'] } }
    boundary: true
    path: /ci/
  terraform:
    environments: [production]
    plan: { trust: { github-actions: { ${shop}, branches: [dev] } } }
    apply: { trust: { github-actions: { ${shop}, environments: [production] } } }
    permissions: { terraform-remote-state-s3: { bucket: state, keys: [shop.tfstate] } }
`;
const file = join(folder, 'pöstern file.yaml');
writeFileSync(file, whole);
const ask = (query: object, at = file) =>
  postern(['terraform-external'], { stdin: JSON.stringify({ file: at, ...query }) });

test('a role of a file is answered with its parts as texts', async () => {
  const roles = loadConfig(parse(whole)).built.flatMap(({ given, roles: some }) =>
    some.map((role) => ({ environment: given.environment!, role })),
  );
  const queries = [
    { environment: 'staging', role: 'deploy' },
    { environment: 'production', role: 'deploy' },
    { role: 'terraform', half: 'plan' },
    { environment: 'production', role: 'terraform', half: 'apply' },
  ];
  for (const [index, query] of queries.entries()) {
    const { code, stderr, stdout } = await ask(query);
    expect([code, stderr]).toEqual([0, '']);
    const { role } = roles[index]!;
    expect(JSON.parse(stdout)).toEqual({
      name: role.roleName,
      path: role.path,
      max_session_duration: '3600',
      trust: print(role.trust, 0),
      policies: JSON.stringify(role.policies.map(({ document }) => document)),
      boundary: role.boundary?.policy === undefined ? '' : print(role.boundary.policy.document, 0),
      boundary_name: role.boundary?.policy?.name ?? '',
      boundary_arn: role.boundary?.arn ?? '',
    });
  }
});

test.each<[string, object, string]>([
  ['another role', { role: 'deplo' }, '`role`: `deplo` is no role of the file, did you mean `deploy`?'],
  ['another environment', { role: 'deploy', environment: 'prod' }, 'did you mean `production`?'],
  ['no environment', { role: 'deploy' }, 'give one as `environment`: `staging`, `production`'],
  ['no half', { role: 'terraform' }, 'give `half` as `plan` or `apply`'],
  ['a half of one role', { role: 'deploy', environment: 'staging', half: 'plan' }, 'leave `half` out'],
  ['a role that is no text', { role: 1 }, '`role` is no text'],
])('%s is refused', async (_, query, said) => {
  const { code, stderr, stdout } = await ask(query);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(said)]);
});

test('what is wrong with the file is said by line and column', async () => {
  const wrong = join(folder, 'wrong.yaml');
  writeFileSync(wrong, whole.replace('ecr-docker-push', 'ecr-docker-psuh').replace(/^ {2}staging.*\n/m, ''));
  const { code, stderr, stdout } = await ask({ role: 'deploy' }, wrong);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`${wrong}:8:20: roles.deploy.permissions.ecr-docker-psuh`);
  writeFileSync(wrong, whole.replaceAll(/ account: '\d+'(, )?/g, '').replace('    boundary: true\n', ''));
  expect((await ask({ role: 'deploy' }, wrong)).stderr).toMatch(/account.*missing/);
});
