import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPair, buildRole, ecrDockerPush, githubActionsTrust, terraformRemoteStateS3 } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { postern } from '../../../test/terminal.js';
import { formats } from '../../formats/index.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-role-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shop = 'github-actions --owner acme --owner-id 41000001 --repository shop --repository-id 712000001';
const trust = `${shop} --environments production`;
const merge = 'gitlab --project-path acme/shop --access read';
const push = 'ecr-docker-push --repositories shop';
const state = 'terraform-remote-state-s3 --bucket acme-state --keys shop.tfstate';
const place = ['--account', '123456789012', '--region', 'eu-west-1'];
const one = ['role', '--trust', trust, '--permissions', push];
const pair = [
  'role',
  ...['--plan-trust', `${shop} --branches main`, '--plan-trust', `${shop} --pull-requests --access read`],
  ...['--apply-trust', trust, '--permissions', state, '--apply-permissions', push],
];
const options = { owner: 'acme', ownerId: '41000001', repository: 'shop', repositoryId: '712000001' };
const inCore = {
  trust: { entry: githubActionsTrust, options: { ...options, environments: ['production'] } },
  permissions: [{ entry: ecrDockerPush, options: { repositories: ['shop'] } }],
  account: '123456789012',
  region: 'eu-west-1',
};

interface PrintedDetails {
  readonly RoleDetailList: readonly Record<string, unknown>[];
  readonly Policies: readonly {
    readonly PolicyName: string;
    readonly PolicyVersionList: readonly { readonly Document: unknown }[];
  }[];
}

function documentsIn({ Policies }: PrintedDetails): unknown[] {
  return Policies.map(({ PolicyVersionList }) => PolicyVersionList[0]!.Document);
}

describe('a whole role', () => {
  test('is printed as AWS has it in the details of an account', async () => {
    const words = ['--boundary', '--name', 'deploy', '--path', '/ci/', '--max-session-duration', '7200'];
    const { code, stdout, stderr } = await postern([...one, ...place, ...words]);
    expect([code, stderr.split('\n')[0]]).toEqual([0, expect.stringMatching(/^deploy: 1 policy of \d+ characters/)]);
    const details = JSON.parse(stdout) as PrintedDetails;
    const expected = buildRole({ ...inCore, roleName: 'deploy', path: '/ci/', boundary: true });
    expect(details.RoleDetailList).toEqual([
      {
        RoleName: 'deploy',
        Path: '/ci/',
        Arn: 'arn:aws:iam::123456789012:role/ci/deploy',
        MaxSessionDuration: 7200,
        AssumeRolePolicyDocument: expected.trust,
        RolePolicyList: [],
        AttachedManagedPolicies: [{ PolicyName: 'deploy', PolicyArn: 'arn:aws:iam::123456789012:policy/ci/deploy' }],
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: expected.boundary!.arn },
      },
    ]);
    expect(documentsIn(details)).toEqual([expected.policies[0]!.document, expected.boundary!.policy!.document]);
    const asYaml = await postern([...one, ...place, ...words, '--format', 'yaml']);
    expect(parseYaml(asYaml.stdout)).toEqual(details);
  });

  test('is read by the linter, and diff finds it the same as itself', async () => {
    const file = join(folder, 'role.json');
    expect((await postern([...one, ...place, '--output', file])).code).toBe(0);
    const linted = await postern(['lint', file]);
    expect(linted.stdout).toContain('2 policies in 1 file: 0 errors');
    expect((await postern(['diff', file, file])).code).toBe(0);
  });

  test('is printed in every format, without a place where it may be open', async () => {
    for (const word of Object.keys(formats)) {
      const { code, stdout, stderr } = await postern([...one, '--boundary', '--format', word, ...place]);
      expect([word, code, stderr.includes('undefined'), stdout.length > 300]).toEqual([word, 0, false, true]);
      expect(stdout).not.toMatch(/\u0001|undefined|\[object/);
      const open = await postern([...one, '--boundary', '--format', word]);
      const needsPlace = ['json', 'yaml', 'aws-cli'].includes(word);
      expect([word, open.code]).toEqual([word, needsPlace ? 2 : 0]);
      if (needsPlace) expect(open.stderr).toMatch(/--region: missing/);
      else expect(open.stdout).not.toMatch(/\u0001|[\u00a4\u00ac\u00b6]/);
    }
  });

  test('that needs several policies is printed with all, attached', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `team/service-${index}`).join(' ');
    const large = ['role', '--trust', trust, '--permissions', `ecr-docker-push --repositories ${names}`, ...place];
    const { stdout } = await postern([...large, '--format', 'aws-cli']);
    expect(stdout.match(/^aws iam create-policy/gm)!.length).toBeGreaterThan(2);
    expect(stdout.match(/^aws iam attach-role-policy/gm)).toHaveLength(
      stdout.match(/^aws iam create-policy/gm)!.length,
    );
  });

  test('is explained, trust and permissions', async () => {
    const { stderr } = await postern([...one, ...place, '--explain']);
    expect(stderr).toMatch(/only tokens that were made/);
    expect(stderr).toMatch(/start uploading a layer/);
  });
});

describe('plan and apply', () => {
  test('are two roles, each with its own policies', async () => {
    const { code, stdout } = await postern([...pair, ...place, '--name', 'terraform', '--boundary']);
    expect(code).toBe(0);
    const details = JSON.parse(stdout) as PrintedDetails;
    const expected = buildPair({
      roleName: 'terraform',
      boundary: true,
      account: '123456789012',
      region: 'eu-west-1',
      permissions: [{ entry: terraformRemoteStateS3, options: { bucket: 'acme-state', keys: ['shop.tfstate'] } }],
      plan: {
        trust: [
          { entry: githubActionsTrust, options: { ...options, branches: ['main'] } },
          { entry: githubActionsTrust, options: { ...options, pullRequests: true, access: 'read' } },
        ],
      },
      apply: inCore,
    });
    expect(details.RoleDetailList.map(({ RoleName }) => RoleName)).toEqual(['terraform-plan', 'terraform-apply']);
    expect(documentsIn(details)).toEqual(
      [expected.plan, expected.apply].flatMap(({ policies, boundary }) => [
        ...policies.map(({ document }) => document),
        boundary!.policy!.document,
      ]),
    );
  });

  test('are printed in every format', async () => {
    for (const word of Object.keys(formats)) {
      const { code, stdout } = await postern([...pair, ...place, '--format', word]);
      expect([word, code]).toEqual([word, 0]);
      expect(stdout).toMatch(/plan/i);
      expect(stdout).toMatch(/apply/i);
    }
  });

  test('are refused where somebody gets into both', async () => {
    const both = ['role', '--plan-trust', trust, '--apply-trust', trust, '--permissions', state, ...place];
    const { code, stderr } = await postern(both);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^postern: --plan-trust: the trust policies do not exclude each other: who has .* gets into both/,
    );
  });
});

describe('a file', () => {
  const file = join(folder, 'role.yaml');
  const text = `trust:
  github-actions:
    owner: acme
    ownerId: "41000001"
    repository: shop
    repositoryId: "712000001"
    environments: [production]
permissions:
  - ecr-docker-push:
      repositories: [shop]
boundary: true
roleName: deploy
maxSessionDuration: 7200
account: "123456789012"
region: eu-west-1
`;

  test('gives the same role as flags, which replace what it says', async () => {
    writeFileSync(file, text);
    const flags = [...one, ...place, '--boundary', '--name', 'deploy', '--max-session-duration', '7200'];
    const [fromFile, fromFlags] = [await postern(['role', '--options', file]), await postern(flags)];
    expect(fromFile.code).toBe(0);
    expect(fromFile.stdout).toBe(fromFlags.stdout);
    const replaced = await postern(['role', '--options', file, '--name', 'other']);
    expect(replaced.stdout).toContain('"RoleName": "other"');
  });

  test('has plan and apply under their names', async () => {
    const github = (more: string) =>
      `{ github-actions: { owner: acme, ownerId: "41000001", repository: shop, repositoryId: "712000001", ${more} } }`;
    writeFileSync(
      file,
      `permissions: [{ terraform-remote-state-s3: { bucket: acme-state, keys: [shop.tfstate] } }]
plan: { trust: [${github('branches: [main]')}, ${github('pullRequests: true, access: read')}] }
apply: { trust: ${github('environments: [production]')}, permissions: [{ ecr-docker-push: { repositories: [shop] } }] }
account: "123456789012"
region: eu-west-1
`,
    );
    const [fromFile, fromFlags] = [await postern(['role', '--options', file]), await postern([...pair, ...place])];
    expect(fromFile.stderr).not.toMatch(/^postern/m);
    expect(fromFile.stdout).toBe(fromFlags.stdout);
  });

  test('is refused with every problem, each by its name in it', async () => {
    writeFileSync(
      file,
      'trust: { github-action: {} }\npermissions: [{ ecr-docker-push: [1] }, 7, { github-actions: {} }]\nrolName: x\nplan: {}\n',
    );
    const { code, stderr } = await postern(['role', '--options', file]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'postern: rolName: `rolName` is no part of a role, did you mean `roleName`?',
      'postern: trust.github-action: `github-action` is no trust entry, did you mean `github-actions`?',
      'postern: permissions[0].ecr-docker-push: `[1]` is no set of options: write them by name',
      'postern: permissions[1]: `7` is no use case: write its id, and its options under it',
      'postern: permissions[2].github-actions: `github-actions` is a trust entry: write it under `trust`',
      'postern: apply: missing: write `trust` under it, and `permissions` of its own',
    ]);
    writeFileSync(
      file,
      text.replace('repositories: [shop]', 'repositories: [Shop]').replace('deploy', 'ci-*').replace('7200', '60'),
    );
    expect((await postern(['role', '--options', file])).stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^postern: roleName: `ci-\*` holds a wildcard/),
      expect.stringMatching(/^postern: maxSessionDuration: `60` is no length of a session/),
      expect.stringMatching(
        /^postern: permissions\[0\]\.ecr-docker-push: repositories\[0\]: `Shop` is no ECR repository/,
      ),
    ]);
  });
});

describe('is refused', () => {
  test.each<[string, string[], RegExp[]]>([
    [
      'nothing at all',
      ['role'],
      [/^--trust: missing: say who may assume the role/, /^--permissions: missing: say what/],
    ],
    [
      'an entry that is none',
      ['role', '--trust', 'github --owner acme', '--permissions', 'ecr-docker-pusch'],
      [
        /^--trust: `github` is no trust entry/,
        /^--permissions: `ecr-docker-pusch` is no use case, did you mean `ecr-docker-push`\?/,
      ],
    ],
    [
      'an empty text',
      ['role', '--trust', ' ', '--permissions', push],
      [/^--trust: is empty: give an entry with its flags/],
    ],
    [
      'a quote that is open, with its place',
      ['role', '--trust', "github-actions --owner 'acme", '--permissions', push],
      [/^--trust: the quote ' at character 24 of `github-actions --owner 'acme` is not closed/],
    ],
    [
      'a flag of another entry',
      ['role', '--trust', `${trust} --region eu-west-1`, '--permissions', push, ...place],
      [/^--trust: `--region` is no flag of `postern trust github-actions`/],
    ],
    [
      'a word without a flag',
      ['role', '--trust', trust, '--permissions', 'ecr-docker-push shop', ...place],
      [/^--permissions: `shop` belongs to no flag of `postern generate ecr-docker-push`/],
    ],
    [
      'every problem of every part',
      [
        ...one,
        '--permissions',
        'ecr-docker-push --repositories UP',
        '--name',
        '*',
        '--path',
        'x',
        '--max-session-duration',
        '1h',
        '--boundary',
        'fence',
        ...place,
      ],
      [
        /^--name: `\*` holds a wildcard/,
        /^--path: `x` is no path/,
        /^--max-session-duration: `1h` is no number/,
        /^--boundary: `fence` is no ARN/,
        /^--permissions ecr-docker-push: --repositories: `UP` is no/,
      ],
    ],
    [
      'a provider of another account',
      [
        'role',
        '--trust',
        `${trust} --provider arn:aws:iam::999999999999:oidc-provider/token.actions.githubusercontent.com`,
        '--permissions',
        push,
        ...place,
      ],
      [/^--trust github-actions: `arn:.*` is in the account `999999999999` and the role in `123456789012`/],
    ],
    [
      'permissions that write for pull requests',
      [
        'role',
        ...['--trust', trust, '--trust', `${shop} --pull-requests --access read`],
        ...['--permissions', 'secrets-read --secrets app/db', '--permissions', push, ...place],
      ],
      [
        /^--permissions ecr-docker-push: can write by `ecr:InitiateLayerUpload`.* and the trust of `ci-role` lets pull requests in, .*role of their own/,
      ],
    ],
    [
      'permissions that write for a subject of a pull request that is customized',
      [
        'role',
        ...['--trust', `${shop} --custom-subjects repo:acme/shop:pull_request --access read`],
        ...['--permissions', push, ...place],
      ],
      [/^--permissions ecr-docker-push: can write by /],
    ],
    [
      'permissions that write for merge requests',
      ['role', '--trust', `${merge} --merge-requests`, '--permissions', push, ...place],
      [/^--permissions ecr-docker-push: can write by /],
    ],
    [
      'permissions that write for a subject of a merge request that is customized',
      [
        'role',
        ...['--trust', `${merge} --custom-subjects project_path:acme/shop:pipeline_source:merge_request_event`],
        ...['--permissions', push, ...place],
      ],
      [/^--permissions ecr-docker-push: can write by /],
    ],
    [
      'permissions that write for the one that plans',
      [
        ...['role', '--plan-trust', `${shop} --pull-requests --access read`, '--apply-trust', trust],
        ...['--permissions', state, '--plan-permissions', push, ...place],
      ],
      [/^--plan-permissions ecr-docker-push: can write by .* the trust of `ci-role-plan` lets pull requests in/],
    ],
    [
      'a trust of its own beside a pair',
      [...pair, '--trust', trust, ...place],
      [/^--trust: with plan and apply apart, each role has its own/],
    ],
    [
      'a format that is none',
      [...one, '--format', 'jsn', ...place],
      [/^--format: `jsn` is none of .*did you mean `json`\?/],
    ],
  ])('%s', async (_, words, problems) => {
    const { code, stdout, stderr } = await postern(words);
    expect([code, stdout]).toEqual([2, '']);
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.replace('postern: ', ''));
    expect(lines).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(lines[index]).toMatch(problem);
  });
});

test('help shows examples, and completion knows the entries', async () => {
  const { stdout } = await postern(['role', '--help']);
  expect(stdout).toContain('postern role --trust');
  expect(stdout).toContain('Plan and apply apart');
  expect((await postern(['complete', '--', 'role', '--trust', 'git'])).stdout).toContain('github-actions');
  expect((await postern(['complete', '--', 'role', '--permissions', 'ecr-d'])).stdout).toContain('ecr-docker-push');
});
