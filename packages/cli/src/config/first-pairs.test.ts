import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { postern } from '../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-pairs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const backend = (key: string) =>
  `-backend-config=bucket=states -backend-config=key=${key} -backend-config=region=eu-west-1 -backend-config=use_lockfile=true`;

function workflow(plan: string, apply: string, role = '${{ secrets.ROLE }}'): string {
  const job = (name: string, condition: string, script: string) => `
  ${name}:
    if: github.event_name == '${condition}'
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: '${role}', aws-region: eu-west-1 }
      - run: ${script}`;
  return `on: { pull_request: {}, push: { branches: [main] } }
permissions: { id-token: write }
jobs:${job('plan', 'pull_request', plan)}${job('apply', 'push', apply)}
`;
}

let count = 0;
async function written(text: string) {
  const root = join(folder, String((count += 1)));
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  mkdirSync(join(root, '.git'));
  writeFileSync(join(root, '.git/config'), '[remote "origin"]\n\turl = git@github.com:acme/shop.git\n');
  writeFileSync(join(root, '.github/workflows/infra.yml'), text);
  expect((await postern(['init', root, '--no-input'])).code).toBe(0);
  return { root, file: readFileSync(join(root, 'postern.yaml'), 'utf8') };
}

const init = (key: string) => `terraform init ${backend(key)}`;

test('plans of pull requests and applies of the same state are a pair, which is what the CI files say', async () => {
  const { root, file } = await written(
    workflow(
      `${init('a')} && terraform plan`,
      `${init('a')} && terraform apply && aws ecs update-service --cluster c --service s --force-new-deployment`,
    ),
  );
  expect(file.replace(/^\s*#.*\n/gm, '')).toMatch(
    /^ {2}infra:\n {4}plan:\n {6}trust:\n {8}github-actions:\n[^]*?pullRequests: true\n {10}access: read\n[^]*?^ {4}apply:\n {6}trust:\n[^]*?branches: \[main\]\n[^]*?^ {6}permissions:\n {8}- ecs-service-deployment:\n[^]*?^ {4}permissions:\n {6}- terraform-remote-state-s3:\n {10}bucket: states\n {10}keys: \[a\]\n/m,
  );
  expect(file.match(/access:.*/g)).toEqual(['access: read']);
  expect(file).toContain('.github/workflows/infra.yml:10, .github/workflows/infra.yml:17');
  writeFileSync(join(root, 'postern.yaml'), file.replace(/^# account:.*$/m, "account: '111122223333'"));
  const { code, stdout } = await postern(['init', root, '--check']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('has what was found in the CI files')]);
  const built = await postern(['build', '--config', join(root, 'postern.yaml')]);
  expect(built.code).toBe(0);
  expect((JSON.parse(built.stdout) as { RoleDetailList: { RoleName: string }[] }).RoleDetailList).toMatchObject([
    { RoleName: 'infra-plan' },
    { RoleName: 'infra-apply' },
  ]);
});

test.each([
  ['another state', workflow(`${init('a')} && terraform plan`, `${init('b')} && terraform apply`)],
  [
    'a plan that does more',
    workflow(`${init('a')} && terraform plan && aws s3 ls s3://b/c/`, `${init('a')} && terraform apply`),
  ],
  [
    'a role that is there',
    workflow(`${init('a')} && terraform plan`, `${init('a')} && terraform apply`, 'arn:aws:iam::111122223333:role/tf'),
  ],
])('%s makes two roles', async (_, text) => {
  const { file } = await written(text);
  expect(file).not.toMatch(/^ {4}(plan|apply):/m);
  expect(file.match(/^ {2}[a-z]\S*:$/gm)).toHaveLength(2);
});
