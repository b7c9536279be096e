import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';
import { run } from '../../index.js';

const folder = mkdtempSync(join(tmpdir(), 'postern accounts ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(text: string | Uint8Array, extension = 'json'): string {
  const file = join(folder, `${(count += 1)} détails.${extension}`);
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
    boundary: true
    path: /ci/
  terraform:
    environments: [production]
    plan: { trust: { github-actions: { ${shop}, branches: [dev] } } }
    apply: { trust: { github-actions: { ${shop}, environments: [production] } } }
    permissions: { terraform-remote-state-s3: { bucket: state, keys: [shop.tfstate] } }
`;
const config = fileWith(whole, 'yaml');

interface WrittenDocument {
  Statement: {
    Sid?: string;
    Effect?: string;
    Action?: string[];
    Resource?: string[];
    Principal?: object;
    Condition?: object;
  }[];
}
interface AccountFile {
  RoleDetailList: {
    RoleName: string;
    Arn: string;
    Path: string;
    MaxSessionDuration: number;
    AssumeRolePolicyDocument: WrittenDocument | string;
    RolePolicyList: { PolicyName: string; PolicyDocument: WrittenDocument | string }[];
    AttachedManagedPolicies: { PolicyName: string; PolicyArn: string }[];
    PermissionsBoundary?: { PermissionsBoundaryArn: string };
  }[];
  Policies: {
    Arn: string;
    PolicyVersionList: { IsDefaultVersion: boolean; VersionId?: string; Document: WrittenDocument | string }[];
  }[];
}

const texts = new Map<string, string>();
beforeAll(async () => {
  for (const environment of ['staging', 'production']) {
    texts.set(environment, (await postern(['build', '--config', config, '--environment', environment])).stdout);
  }
});

function details(environment: string, change: (details: AccountFile) => void = () => undefined): string {
  const found = JSON.parse(texts.get(environment)!) as AccountFile;
  change(found);
  return JSON.stringify(found);
}

const check = (...args: string[]) => postern(['check', ...args, '--config', config]);

interface ToldAccounts {
  readonly accounts: readonly {
    readonly account: string;
    readonly environments: readonly string[];
    readonly roles: number;
    readonly findings: readonly { readonly kind: string; readonly role: string; readonly message: string }[];
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

async function findingsOf(environment: string, change: (details: AccountFile) => void) {
  const { code, stderr, stdout } = await check(fileWith(details(environment, change)), '--json');
  const told = JSON.parse(stdout) as ToldAccounts;
  return {
    code,
    stderr,
    found: told.accounts.flatMap(({ findings }) => findings.map(({ kind, role }) => [kind, role])),
    told,
  };
}

describe('roles of a file against accounts', () => {
  test('that have what it says', async () => {
    for (const args of [
      [fileWith(details('production'))],
      [fileWith(JSON.stringify(JSON.parse(details('production')), null, 4))],
      [fileWith(`\ufeff${JSON.stringify(JSON.parse(details('production')), null, 2).replaceAll('\n', '\r\n')}`)],
      [fileWith(details('staging')), fileWith(details('production'))],
      [fileWith(`${details('staging')}\r\n\r\n${details('production')}`)],
    ]) {
      const { code, stdout } = await check(...args);
      expect([code, stdout]).toEqual([
        0,
        expect.stringMatching(/^444455556666 \(production\): 3 roles of the file, as it says$/m),
      ]);
    }
    const both = await postern(['build', '--config', config]);
    const one = await postern(['check', '-', '--config', config], { stdin: both.stdout });
    expect([one.code, one.stderr]).toEqual([0, '']);
    const yaml = await postern(['build', '--config', config, '--format', 'yaml']);
    expect((await check(fileWith(yaml.stdout, 'yaml'))).code).toBe(0);
  });

  test('with documents as IAM answers them: URL-encoded, inline, and managed by AWS', async () => {
    const { code, found } = await findingsOf('staging', ({ Policies, RoleDetailList: [role] }) => {
      const [own] = Policies;
      role!.AssumeRolePolicyDocument = encodeURIComponent(JSON.stringify(role!.AssumeRolePolicyDocument));
      const document = own!.PolicyVersionList[0]!.Document as WrittenDocument;
      const [first, ...rest] = document.Statement;
      role!.RolePolicyList = [
        { PolicyName: 'x', PolicyDocument: encodeURIComponent(JSON.stringify({ ...document, Statement: [first] })) },
      ];
      own!.Arn = role!.AttachedManagedPolicies[0]!.PolicyArn = 'arn:aws:iam::aws:policy/Own';
      own!.PolicyVersionList = [
        { VersionId: 'v1', IsDefaultVersion: false, Document: { ...document, Statement: [] } },
        { VersionId: 'v2', IsDefaultVersion: true, Document: { ...document, Statement: rest } },
      ];
    });
    expect([code, found]).toEqual([0, []]);
  });

  test.each<[string, string, (details: AccountFile) => void, string[][]]>([
    ['a role that is not there', 'staging', (one) => void one.RoleDetailList.pop(), [['missing-role', 'deploy']]],
    [
      'a permission that it lacks',
      'staging',
      ({ Policies: [policy] }) =>
        void (policy!.PolicyVersionList[0]!.Document as WrittenDocument).Statement[1]!.Action!.shift(),
      [['missing-permission', 'deploy']],
    ],
    [
      'a permission that it has besides',
      'staging',
      ({ RoleDetailList: [role] }) =>
        void role!.RolePolicyList.push({
          PolicyName: 'more',
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] }],
          },
        }),
      [['extra-permission', 'deploy']],
    ],
    [
      'somebody else who gets in',
      'staging',
      ({ RoleDetailList: [role] }) => {
        const { Statement } = role!.AssumeRolePolicyDocument as WrittenDocument;
        const text = JSON.stringify(Statement[0]).replaceAll('environment:staging', 'environment:other');
        Statement.push({ ...(JSON.parse(text) as object), Sid: 'Other' });
      },
      [['extra-trust', 'deploy']],
    ],
    [
      'nobody who gets in',
      'staging',
      ({ RoleDetailList: [role] }) => {
        role!.AssumeRolePolicyDocument = JSON.parse(
          JSON.stringify(role!.AssumeRolePolicyDocument).replaceAll('environment:staging', 'environment:other'),
        ) as WrittenDocument;
      },
      [
        ['missing-trust', 'deploy'],
        ['extra-trust', 'deploy'],
      ],
    ],
    [
      'no boundary',
      'staging',
      ({ RoleDetailList: [role] }) => void delete role!.PermissionsBoundary,
      [['missing-boundary', 'deploy']],
    ],
    [
      'another boundary',
      'staging',
      ({ RoleDetailList: [role] }) =>
        void (role!.PermissionsBoundary!.PermissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/other'),
      [['other-boundary', 'deploy']],
    ],
    [
      'a boundary that lets more through',
      'staging',
      ({ Policies }) =>
        void (Policies.at(-1)!.PolicyVersionList[0]!.Document = {
          Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
        }),
      [['missing-boundary', 'deploy']],
    ],
    [
      'another session, and another path',
      'staging',
      ({ RoleDetailList: [role] }) => {
        role!.MaxSessionDuration = 43_200;
        role!.Path = '/';
      },
      [
        ['other-setting', 'deploy'],
        ['other-setting', 'deploy'],
      ],
    ],
    [
      'a policy that is attached and not in the details',
      'staging',
      ({ RoleDetailList: [role] }) =>
        void role!.AttachedManagedPolicies.push({ PolicyName: 'P', PolicyArn: 'arn:aws:iam::aws:policy/P' }),
      [['unknown', 'deploy']],
    ],
    [
      'a policy that is none',
      'staging',
      ({ Policies: [policy] }) => void (policy!.PolicyVersionList[0]!.Document = '{"Statement":"x"}'),
      [['unknown', 'deploy']],
    ],
    [
      'a role that trusts a CI system and nobody claims',
      'production',
      ({ RoleDetailList }) => {
        const [role] = RoleDetailList;
        const gitlab = JSON.stringify(role).replaceAll('token.actions.githubusercontent.com', 'gitlab.com');
        const eks = gitlab.replaceAll('gitlab.com', 'oidc.eks.eu-west-1.amazonaws.com/id/ABC');
        RoleDetailList.push(
          { ...role!, RoleName: 'old-deploy', Arn: 'arn:aws:iam::444455556666:role/old-deploy' },
          { ...(JSON.parse(gitlab) as (typeof RoleDetailList)[number]), RoleName: 'gitlab' },
          { ...(JSON.parse(eks) as (typeof RoleDetailList)[number]), RoleName: 'pod' },
        );
      },
      [
        ['unclaimed-role', 'old-deploy'],
        ['unclaimed-role', 'gitlab'],
      ],
    ],
  ])('%s', async (_, environment, change, expected) => {
    const { code, found, told } = await findingsOf(environment, change);
    const distinct = [...new Map(found.map((one) => [one.join(), one])).values()];
    const wanted = [...new Map(expected.map((one) => [one.join(), one])).values()];
    expect([code, distinct], JSON.stringify(told)).toEqual([1, wanted]);
    expect(found.length).toBeGreaterThanOrEqual(expected.length);
  });

  type Changed = Record<string, unknown>;
  const changedRole = (part: string, value: unknown) => (details: AccountFile) =>
    void Object.assign(details.RoleDetailList[0] as object as Changed, { [part]: value });
  const strange = (trust: unknown) => (details: AccountFile) =>
    void details.RoleDetailList.push({
      ...details.RoleDetailList[0]!,
      RoleName: 'strange',
      AssumeRolePolicyDocument: trust as string,
    });

  test.each<[string, (details: AccountFile) => void, string]>([
    ['no trust policy', changedRole('AssumeRolePolicyDocument', undefined), 'deploy'],
    ['no inline policies', changedRole('RolePolicyList', undefined), 'deploy'],
    ['inline policies that are no list', changedRole('RolePolicyList', 'none'), 'deploy'],
    ['an inline policy that is none', changedRole('RolePolicyList', ['x']), 'deploy'],
    ['no attached policies', changedRole('AttachedManagedPolicies', { PolicyArn: 'x' }), 'deploy'],
    ['a boundary that is a text', changedRole('PermissionsBoundary', 'x'), 'deploy'],
    ['a boundary without ARN', changedRole('PermissionsBoundary', {}), 'deploy'],
    ['a role of others without trust policy', strange(undefined), 'strange'],
    ['a role of others whose trust policy is a text', strange('x'), 'strange'],
    [
      'a role of others whose condition is none',
      strange({ Statement: [{ Effect: 'Allow', Condition: 'x' }] }),
      'strange',
    ],
  ])('that have %s are not said to be as the file says, nor to lack it', async (_, change, role) => {
    const { code, found, told } = await findingsOf('staging', change);
    const distinct = new Set(found.map((one) => one.join()));
    expect([code, [...distinct]], JSON.stringify(told)).toEqual([1, [`unknown,${role}`]]);
  });

  test('are compared without the length of their sessions where AWS gives the details, which is said', async () => {
    const { code, found, stderr } = await findingsOf('production', ({ RoleDetailList }) => {
      for (const role of RoleDetailList as object[] as Changed[]) delete role['MaxSessionDuration'];
    });
    const note = /^note: these details do not say how long sessions may last.*`maxSessionDuration` was not compared/;
    expect([code, found, stderr]).toEqual([0, [], expect.stringMatching(note)]);
    const { stderr: other } = await findingsOf('production', () => undefined);
    expect(other).not.toContain('sessions');
  });

  test('are told apart by --fail-on', async () => {
    const extra = fileWith(
      details('staging', ({ RoleDetailList: [role] }) => {
        role!.RolePolicyList = [
          { PolicyName: 'm', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }] } },
        ];
      }),
    );
    expect((await check(extra)).code).toBe(1);
    expect((await check(extra, '--fail-on', 'extra')).code).toBe(1);
    expect((await check(extra, '--fail-on', 'missing')).code).toBe(0);
  });

  test('whose account the file leaves open are compared with every account', async () => {
    const open = fileWith(
      `version: 1\nregion: eu-west-1\nroles:\n  a:\n    trust: { github-actions: { ${shop}, environments: [p] } }\n    permissions: { ecr-docker-push: { repositories: [shop] } }\n`,
      'yaml',
    );
    const placed = fileWith(
      `account: '777788889999'\nversion: 1\n${'region: eu-west-1\nroles:\n  a:\n    trust: '}{ github-actions: { ${shop}, environments: [p] } }\n    permissions: { ecr-docker-push: { repositories: [shop] } }\n`,
      'yaml',
    );
    const { stdout } = await postern(['build', '--config', placed]);
    const { code, stderr } = await postern(['check', fileWith(stdout), '--config', open]);
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('is told', () => {
  const changed = () =>
    fileWith(
      details('production', ({ RoleDetailList }) => {
        RoleDetailList[0]!.RoleName = 'renamed|<b>';
        RoleDetailList[1]!.MaxSessionDuration = 7200;
      }),
    );

  test('as a table, as Markdown, and as SARIF with the place in the file', async () => {
    const file = changed();
    const table = await check(file);
    expect(table.code).toBe(1);
    expect(table.stdout).toMatch(/444455556666 \(production\): 3 roles of the file, 3 findings\n/);
    expect(table.stdout).toMatch(/deploy .*missing-role/);
    expect(table.stderr).toMatch(/^note: no details of 111122223333 \(staging\) were given/);
    const { stdout: markdown } = await check(file, '--markdown');
    expect(markdown).toContain('| `renamed\\|\\<b\\>` | unclaimed-role |');
    const { stdout: sarif } = await check(file, '--sarif');
    const [result] = (JSON.parse(sarif) as Log).runs;
    expect(
      result!.results!.map(({ level, locations, ruleId }) => [
        ruleId,
        level,
        locations![0]!.physicalLocation!.region!.startLine,
      ]),
    ).toEqual([
      ['missing-role', 'error', 7],
      ['other-setting', 'error', 12],
      ['unclaimed-role', 'warning', 1],
    ]);
  });
});

describe('many accounts', () => {
  test('are read one by one, in shares, and one bad one stops nothing', async () => {
    const lines = [details('staging'), '{"RoleDetailList":', '[]', details('production'), 'x', '{"Foo":1}'];
    const { code, stderr, stdout } = await check(fileWith(lines.join('\n'), 'jsonl'), '--json');
    expect(code).toBe(2);
    const told = JSON.parse(stdout) as ToldAccounts;
    expect(told.accounts.map(({ account }) => account)).toEqual(['111122223333', '444455556666']);
    expect(told.summary).toMatchObject({ accounts: 2, roles: 4, unread: 4 });
    expect(stderr.split('\n').filter((line) => /détails\.jsonl:[2356]`: /.test(line))).toHaveLength(4);
    expect(stderr).toMatch(/4 of 6 accounts could not be read\n$/);
    const first = await check(fileWith([lines[1], lines[0]].join('\n'), 'jsonl'), '--json');
    expect([first.code, (JSON.parse(first.stdout) as ToldAccounts).summary]).toEqual([
      2,
      expect.objectContaining({ accounts: 1, unread: 1 }),
    ]);
    const shares = await Promise.all(
      ['1/2', '2/2'].map(async (shard) => {
        const good = fileWith(`${details('staging')}\n${details('production')}\n`, 'jsonl');
        return (JSON.parse((await check(good, '--json', '--shard', shard)).stdout) as ToldAccounts).accounts.map(
          ({ account }) => account,
        );
      }),
    );
    expect(shares).toEqual([['111122223333'], ['444455556666']]);
  });

  test('from a stream are told one after the other, with progress on a terminal', async () => {
    const line = new TextEncoder().encode(
      `${details('staging', (one) => {
        const [role] = one.RoleDetailList;
        for (let index = 0; index < 40; index += 1) {
          one.RoleDetailList.push({
            ...role!,
            RoleName: `other-${index}`,
            AssumeRolePolicyDocument: {
              Statement: [{ Effect: 'Allow', Principal: { Service: ['ec2.amazonaws.com'] } }],
            },
          });
        }
        one.RoleDetailList.splice(0, 1);
      })}\n`,
    );
    const accounts = 300;
    async function* stdin() {
      for (let index = 0; index < accounts; index += 1) yield line;
    }
    let [written, progress] = [0, ''];
    const io = {
      stdin: stdin(),
      stdout: { write: (text: string) => (written += text.length) },
      stderr: { write: (text: string) => (progress += text), isTTY: true },
      env: {},
    };
    expect(await run(['check', '-', '--config', config, '--json'], io, '0')).toBe(1);
    expect(written).toBeGreaterThan(accounts * 100);
    expect(progress).toContain('\r300 accounts');
  });
});

describe('is refused', () => {
  test.each<[string, () => string[], RegExp]>([
    ['no account', () => [], /`--config` compares with accounts: name what/],
    [
      'flags of one policy',
      () => ['a.json', '--use-case', 'ecr-docker-push', '--fix'],
      /`--use-case`, `--fix` is about one policy/,
    ],
    ['two formats', () => ['a.json', '--json', '--markdown'], /`--json` and `--markdown` exclude each other/],
    ['a file that is not there', () => ['none.json'], /`none\.json`: it cannot be read: there is no such file/],
    ['an empty file', () => [fileWith('')], /it is empty: give what `aws iam/],
    ['no details', () => [fileWith('{"Version":"2012-10-17","Statement":[]}')], /these are no details of an account/],
    ['a text', () => [fileWith('a: [')], /neither JSON nor YAML/],
    ['a page of several', () => [fileWith('{"RoleDetailList":[],"IsTruncated":true}')], /one page of several/],
    ['a list that is none', () => [fileWith('{"RoleDetailList":{}}')], /`RoleDetailList` should be a list/],
    [
      'no list of roles',
      () => [fileWith('{"Policies":[]}')],
      /`RoleDetailList` is missing, so its roles are not known/,
    ],
    [
      'a role that is none',
      () => [fileWith('{"RoleDetailList":["x"]}')],
      /`RoleDetailList\[0\]` has no name and ARN of a role/,
    ],
    [
      'a role without ARN',
      () => [fileWith('{"RoleDetailList":[{"RoleName":"a","Arn":"x"}]}')],
      /`RoleDetailList\[0\]` has no name and ARN of a role/,
    ],
    ['details of no account', () => [fileWith('{"RoleDetailList":[]}')], /no ARN in it says which account/],
    ['a share that is none', () => [fileWith('{}'), '--shard', '3/2'], /--shard: `3\/2` is no share/],
    [
      'details of another account alone',
      () => [fileWith('{"RoleDetailList":[{"RoleName":"a","Arn":"arn:aws:iam::999999999999:role/a"}]}')],
      /no role of .* is in the accounts of these details: they are of `999999999999`/,
    ],
    [
      'duplicate keys',
      () => [fileWith('{"RoleDetailList":[],"RoleDetailList":[]}')],
      /the key `RoleDetailList` stands twice/,
    ],
  ])('%s', async (_, args, said) => {
    const { code, stderr } = await check(...args());
    expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
  });

  test('a file of roles, by line and column', async () => {
    const wrong = fileWith(whole.replace('ecr-docker-push', 'ecr-docker-psuh'), 'yaml');
    const { code, stderr } = await postern(['check', fileWith(details('staging')), '--config', wrong]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${wrong}:9:20: roles.deploy.permissions`)]);
  });

  test('several policies without --config', async () => {
    const { code, stderr } = await postern(['check', 'a', 'b', '--use-case', 'ecr-docker-push']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('`b` is too much')]);
  });
});
