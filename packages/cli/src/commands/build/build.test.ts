import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  buildPair,
  buildRole,
  configSchema,
  ecrDockerPush,
  githubActionsTrust,
  terraformRemoteStateS3,
  trustEntries,
  useCases,
} from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { postern } from '../../../test/terminal.js';
import { formats } from '../../formats/index.js';

const folder = mkdtempSync(join(tmpdir(), 'postern build ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(text: string | Uint8Array, extension = 'yaml'): string {
  const file = join(folder, `${(count += 1)} with blanks`, `pöstern.${extension}`);
  mkdirSync(dirname(file));
  writeFileSync(file, text);
  return file;
}

const shop = `owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001'`;
const role = `
    trust: { github-actions: { ${shop}, environments: [production] } }
    permissions: { ecr-docker-push: { repositories: [shop] } }
`;
const top = `version: 1
account: '111122223333'
region: eu-west-1
`;
const whole = `# yaml-language-server: $schema=./postern.schema.json
version: 1
region: eu-west-1
environments:
  staging: { account: '111122223333' }
  production: { account: '444455556666', region: us-east-1 }
roles:
  shop-deploy:
    trust:
      github-actions: { ${shop}, environments: ['\${environment}'] }
    permissions:
      - ecr-docker-push: { repositories: ['shop-\${environment}'] }
    boundary: true
    path: /ci/
    maxSessionDuration: 7200
  terraform:
    environments: [production]
    plan:
      trust: { github-actions: { ${shop}, branches: [dev] } }
    apply:
      trust: { github-actions: { ${shop}, environments: [production] } }
    permissions:
      terraform-remote-state-s3: { bucket: 'state-\${account}-\${region}', keys: [shop.tfstate] }
`;

interface BuiltDetails {
  readonly RoleDetailList: readonly { readonly Arn: string; readonly AssumeRolePolicyDocument: unknown }[];
  readonly Policies: readonly { readonly PolicyVersionList: readonly { readonly Document: unknown }[] }[];
}

const options = { owner: 'acme', ownerId: '41000001', repository: 'shop', repositoryId: '712000001' };

describe('a file of roles', () => {
  test('gives each role in each of its environments, as core builds it', async () => {
    const { code, stdout } = await postern(['build', '--config', fileWith(whole)]);
    expect(code).toBe(0);
    const details = JSON.parse(stdout) as BuiltDetails;
    const deploy = (environment: string, account: string, region: string) =>
      buildRole({
        roleName: 'shop-deploy',
        path: '/ci/',
        boundary: true,
        account,
        region,
        trust: { entry: githubActionsTrust, options: { ...options, environments: [environment] } },
        permissions: [{ entry: ecrDockerPush, options: { repositories: [`shop-${environment}`] } }],
      });
    const pair = buildPair({
      roleName: 'terraform',
      account: '444455556666',
      region: 'us-east-1',
      permissions: [
        {
          entry: terraformRemoteStateS3,
          options: { bucket: 'state-444455556666-us-east-1', keys: ['shop.tfstate'] },
        },
      ],
      plan: { trust: { entry: githubActionsTrust, options: { ...options, branches: ['dev'] } } },
      apply: { trust: { entry: githubActionsTrust, options: { ...options, environments: ['production'] } } },
    });
    const expected = [
      deploy('staging', '111122223333', 'eu-west-1'),
      deploy('production', '444455556666', 'us-east-1'),
      pair.plan,
      pair.apply,
    ];
    expect(details.RoleDetailList.map(({ Arn }) => Arn)).toEqual([
      'arn:aws:iam::111122223333:role/ci/shop-deploy',
      'arn:aws:iam::444455556666:role/ci/shop-deploy',
      'arn:aws:iam::444455556666:role/terraform-plan',
      'arn:aws:iam::444455556666:role/terraform-apply',
    ]);
    expect(details.RoleDetailList.map((one) => one.AssumeRolePolicyDocument)).toEqual(
      expected.map(({ trust }) => trust),
    );
    expect(details.Policies.map(({ PolicyVersionList }) => PolicyVersionList[0]!.Document)).toEqual(
      expected.flatMap(({ policies, boundary }) => [
        ...policies.map(({ document }) => document),
        ...(boundary?.policy === undefined ? [] : [boundary.policy.document]),
      ]),
    );
  });

  test('is read as JSON, with a byte order mark, and with lines of Windows', async () => {
    const expected = await postern(['build', '--config', fileWith(whole)]);
    const others = [
      fileWith(JSON.stringify(parseYaml(whole)), 'json'),
      fileWith(`\ufeff${whole.replaceAll('\n', '\r\n')}`),
    ];
    for (const file of others) expect((await postern(['build', '--config', file])).stdout).toBe(expected.stdout);
    expect((await postern(['build', '--config', '-'], { stdin: whole })).stdout).toBe(expected.stdout);
  });

  test('is printed for one role in one environment in every format', async () => {
    const file = fileWith(whole);
    for (const word of Object.keys(formats)) {
      const args = ['build', '--config', file, '--role', 'terraform', '--environment', 'production', '--format', word];
      const { code, stdout } = await postern(args);
      expect([word, code, stdout.length > 300]).toEqual([word, 0, true]);
      expect(stdout).not.toMatch(/undefined|\[object|\$\{(account|region|environment)\}/);
    }
  });

  test('is written into a folder, one file an environment or a role, and only what changed', async () => {
    const output = join(folder, 'out put');
    for (const word of Object.keys(formats)) {
      const args = ['build', '--config', fileWith(whole), '--format', word, '--output', join(output, word)];
      const { code, stdout } = await postern(args);
      expect([word, code, stdout]).toEqual([word, 0, '']);
      const expected =
        word === 'cdk' || word === 'pulumi' ? ['shop-deploy.ts', 'terraform.ts'] : [expect.stringMatching(/^roles\./)];
      expect(readdirSync(join(output, word, 'production'))).toEqual(expected);
    }
    const file = join(output, 'json/staging/roles.json');
    const before = statSync(file).mtimeMs;
    const args = ['build', '--config', fileWith(whole.replace('/ci/', '/ci/').replace('keys: [shop', 'keys: [store'))];
    const again = await postern([...args, '--output', join(output, 'json')]);
    expect(again.stderr).toMatch(/wrote .*production.roles\.json\n1 of 2 files had not changed\n/);
    expect(statSync(file).mtimeMs).toBe(before);
  });

  test('gives a template whose names are apart', async () => {
    const names = ['deploy-plan', 'deploy_plan', 'deploy', '2nd'];
    const roles = names.map((name) => `  ${name}:${role}`).join('');
    const file = fileWith(`${top}roles:\n${roles}  x:\n    roleName: y\n${role.slice(1)}`);
    const { code, stdout } = await postern(['build', '--config', file, '--format', 'cloudformation-json']);
    expect(code).toBe(0);
    const { Resources } = JSON.parse(stdout) as { Resources: object };
    expect(Object.keys(Resources).filter((id) => id.endsWith('Role'))).toHaveLength(names.length + 1);
    for (const id of Object.keys(Resources)) expect(id).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
  });

  test('may leave the place open where the format has symbols for it', async () => {
    const file = fileWith(`version: 1\nroles:\n  deploy:${role}`);
    const template = await postern(['build', '--config', file, '--format', 'cloudformation']);
    expect([template.code, template.stdout]).toEqual([0, expect.stringContaining('${AWS::AccountId}')]);
    const json = await postern(['build', '--config', file]);
    expect([json.code, json.stdout]).toEqual([2, '']);
  });
});

const many = `${top}roles:
  a:
    trust: { github-action: {} }
    permissions: [ecr-docker-psuh, ecr-docker-push: { repositorys: [a], repositories: shop }]
    maxSessionDuration: 60
    boundry: true
`;

describe('what is wrong is said by line and column, all at once, and nothing is written', () => {
  test.each<[string, string | Uint8Array, string[]]>([
    [
      'a newer version',
      'version: 2\nroles: {}\nnew: 1\n',
      ['1:1: version: `2` is newer than this postern, which reads version 1: update postern'],
    ],
    ['no version', 'roles: {}\n', ['1:1: version: missing: write `version: 1` at the top of the file']],
    ['a version that is a text', "version: '1'\n", ['1:1: version: `1` is no version of the file']],
    [
      'two roles of one name',
      `${top}roles:\n  deploy:${role}  deploy:${role}`,
      ['8:3: `deploy` stands twice here: keep one'],
    ],
    [
      'two roles that are called the same',
      `${top}roles:\n  a:${role}    roleName: deploy\n  b:${role}    roleName: Deploy\n`,
      [
        '9:3: roles.b: `a` and `b` would each have a role `Deploy` in the account `111122223333`: give one of them another `roleName`',
      ],
    ],
    [
      'a pair and a role that are called the same',
      `${top}roles:\n  a-plan:${role}  a:\n    plan: { trust: { github-actions: { ${shop}, branches: [dev] } } }\n    apply: { trust: { github-actions: { ${shop}, environments: [production] } } }\n    permissions: { terraform-remote-state-s3: { bucket: state, keys: [a] } }\n`,
      ['would each have a role `a-plan`'],
    ],
    [
      'a boundary and a policy that are called the same',
      `${top}roles:\n  a:${role}    boundary: true\n  a-boundary:${role}`,
      ['9:3: roles.a-boundary: `a` and `a-boundary` would each have a managed policy `a-boundary`'],
    ],
    [
      'one account for two environments',
      `${top}environments: { staging: {}, production: {} }\nroles:\n  a:${role}`,
      ['write `${environment}` in its `roleName`'],
    ],
    [
      'an environment that nobody uses',
      `${top}environments: { staging: {}, production: {} }\nroles:\n  a:${role}    environments: [staging]\n`,
      ['4:30: environments.production: no role is made for `production`'],
    ],
    [
      'an environment that is not there',
      `${top}environments: { staging: {} }\nroles:\n  a:${role}    environments: [stagign]\n  b:${role}    roleName: c\n`,
      ['9:20: roles.a.environments[0]: `stagign` is no environment of the file, did you mean `staging`?'],
    ],
    [
      'many things',
      many,
      [
        '6:14: roles.a.trust.github-action: `github-action` is no trust entry, did you mean `github-actions`?',
        '7:19: roles.a.permissions[0]: `ecr-docker-psuh` is no use case, did you mean `ecr-docker-push`?',
        '7:55: roles.a.permissions[1].ecr-docker-push.repositorys: `repositorys` is no option of `ecr-docker-push`, did you mean `repositories`?',
        '7:73: roles.a.permissions[1].ecr-docker-push.repositories: `shop` is no list: write `repositories: [my-app]`',
        '8:5: roles.a.maxSessionDuration: `60` is no length of a session',
        '9:5: roles.a.boundry: `boundry` is no part of a role, did you mean `boundary`?',
      ],
    ],
    [
      'entries in the wrong place',
      `${top}roles:\n  a:\n    trust: [ecr-docker-push]\n    permissions: [github-actions, 5]\n`,
      [
        '6:13: roles.a.trust[0]: `ecr-docker-push` is a use case: write it under `permissions`',
        '7:19: roles.a.permissions[0]: `github-actions` is a trust entry: write it under `trust`',
        '7:35: roles.a.permissions[1]: `5` is no use case',
      ],
    ],
    [
      'duplicate keys in JSON',
      '{"version":1,"roles":{"a":{"trust":{},"trust":{}},"a":{}}}',
      [
        '1:39: the key `trust` stands twice in one object: keep one',
        '1:51: the key `a` stands twice in one object: keep one',
      ],
    ],
    [
      'tabs',
      'version: 1\r\nroles:\r\n\tdeploy: {}\r\n',
      ['3:1: a tab stands where blanks are needed: indent with blanks'],
    ],
    [
      'anchors that expand without end',
      `${top}a: &a [x, x, x]\nb: &b [*a, *a, *a]\nroles: *b\n`,
      ['4:7: anchors and aliases are not taken: write the value out'],
    ],
    ['several documents', `${top}---\n${top}`, ['the file holds several documents: keep one']],
    [
      'tags',
      'version: 1\nroles: !!python/object:os.system {}\n',
      ['2:8: `!!python/object:os.system` is a tag, and none is taken: write the value alone'],
    ],
    [
      'hostile names',
      `${top}__proto__: { version: 2 }\nroles:\n  __proto__:${role}  toString:\n    trust: { __proto__: {} }\n    permissions: { ecr-docker-push: { __proto__: x, repositories: [ab] } }\n    environments: { __proto__: {} }\n`,
      [
        '4:1: __proto__: `__proto__` is no part of the file',
        '6:3: roles.__proto__: `__proto__` is no name of a role here',
        '10:14: roles.toString.trust.__proto__: `__proto__` is no trust entry',
        '11:39: roles.toString.permissions.ecr-docker-push.__proto__: `__proto__` is no option',
        '12:21: roles.toString.environments.__proto__: `__proto__` is no name of an environment',
      ],
    ],
    [
      'names that would leave the folder',
      `${top}environments: { ../up: {} }\nroles:\n  ../../etc/passwd:${role}`,
      [
        '4:17: environments.../up: `../up` is no name of an environment',
        '6:3: roles.../../etc/passwd: `../../etc/passwd` is no name of a role',
      ],
    ],
    [
      'names that differ by case alone',
      `${top}roles:\n  a:${role}  A:${role}`,
      ['8:3: roles.A: `A` differs from `a` by case alone: rename one'],
    ],
    [
      'references to nothing',
      `${top}roles:\n  a:\n    trust: { github-actions: { ${shop}, environments: ['\${environment}'], branches: ['\${acount}', '\${', '\${env.X}'] } }\n    permissions: { ecr-docker-push: { repositories: ['\${account}'] } }\n`,
      [
        '`${environment}` stands for nothing here',
        '`${acount}` is no reference, did you mean `account`?',
        '`${` is no reference',
        '`${env.X}` is no reference',
      ],
    ],
    [
      'an account that is a number, and more of the place',
      `version: 1\naccount: 012345678901\nregion: [a]\npartition: awss\nroles:\n  a:${role}`,
      [
        '2:1: account: `12345678901` is a number',
        '3:1: region: `["a"]` is no region',
        '4:1: partition: `awss` is no partition, did you mean `aws`?',
      ],
    ],
    [
      'a region that nobody knows',
      `version: 1\naccount: '111122223333'\nregion: eu-wset-1\nroles:\n  a:${role}`,
      ['3:1: region: `eu-wset-1` is no region that is known, did you mean `eu-west-1`? or write its `partition` too'],
    ],
    [
      'a region of another partition',
      `${top}partition: aws-cn\nroles:\n  a:${role}`,
      ['3:1: region: `eu-west-1` is in the partition `aws`, and `aws-cn` is given: leave the partition out'],
    ],
    [
      'plan without apply',
      `${top}roles:\n  a:\n    plan: { trust: { github-actions: { ${shop}, branches: [dev] } }, foo: 1 }\n    permissions: { terraform-remote-state-s3: { bucket: state, keys: [a] } }\n`,
      [
        '5:3: roles.a.apply: missing: write `trust` under it',
        '6:140: roles.a.plan.foo: `foo` is no part of one of two roles',
      ],
    ],
    ['no roles', top, ['1:1: roles: missing']],
    ['a role that is nothing', `${top}roles: { a: null }\n`, ['4:10: roles.a: `null` is no role']],
    ['a role without anything', `${top}roles: { a: {} }\n`, ['roles.a.trust: missing', 'roles.a.permissions: missing']],
    ['a list', '- a\n', ['1:1: this is no set of roles']],
    ['too deep a list', `version: 1\nroles:\n  ${'- '.repeat(100_000)}\n`, ['nested too deep: flatten it']],
    ['too deep JSON', '['.repeat(100_000), ['1:1: nested more than 64 levels deep: flatten it']],
  ])('%s', async (_, text, expected) => {
    const file = fileWith(text);
    const output = join(dirname(file), 'out');
    const { code, stdout, stderr } = await postern(['build', '--config', file, '--output', output]);
    const lines = stderr.trimEnd().split('\n');
    expect([code, stdout, existsSync(output)]).toEqual([2, '', false]);
    expect(lines, stderr).toHaveLength(expected.length);
    for (const [index, line] of lines.entries()) expect(line).toContain(expected[index]);
    for (const line of lines) expect(line.startsWith(`postern: ${file}:`)).toBe(true);
  });

  test('of the command line', async () => {
    const file = fileWith(whole);
    const said = async (...args: string[]) => {
      const { code, stderr, stdout } = await postern(['build', '--config', file, ...args]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await said('--role', 'terrafrom')).toBe(
      'postern: --role: `terrafrom` is no role of the file, did you mean `terraform`?\n',
    );
    expect(await said('--role', 'terraform', '--environment', 'staging')).toBe(
      'postern: --environment: `staging` is no environment of the roles asked for: there are `production`\n',
    );
    expect(await said('--format', 'terraform')).toMatch(
      /^postern: there are 2 environments, and each has a file of its own: name a folder/,
    );
    expect(await said('--format', 'cdk', '--environment', 'production')).toMatch(
      /^postern: there are 2 roles, and a program makes one: name/,
    );
    expect(await said('--format', 'yml')).toMatch(/--format: `yml` is none of/);
    expect(await said('--output', file)).toMatch(
      /the folder .* cannot be made: there is a file of that name on the way/,
    );
    for (const [text, message] of [
      ['', 'is empty'],
      [new Uint8Array([255, 254]), 'is not UTF-8 text'],
    ] as const) {
      const { code, stderr } = await postern(['build', '--config', fileWith(text)]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
    const missing = await postern(['build', '--config', join(folder, 'nothing.yaml')]);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('there is no such file')]);
  });

  // Root may write all.
  test.skipIf(process.getuid?.() === 0)('of a folder that is read-only', async () => {
    const output = join(folder, 'read-only');
    mkdirSync(output);
    chmodSync(output, 0o555);
    const { code, stderr } = await postern(['build', '--config', fileWith(whole), '--output', output]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be made')]);
    expect(readdirSync(output)).toEqual([]);
  });
});

test('its schema knows every entry, and says what each option is', () => {
  const { $defs } = configSchema() as {
    $defs: Record<string, { properties: Record<string, { description: string }> }>;
  };
  for (const [part, entries] of [
    ['trust', trustEntries],
    ['permissions', useCases],
  ] as const) {
    for (const { id, options: own } of entries) {
      const { properties } = $defs[`${part}.${id}`]!;
      expect(Object.entries(properties).map(([name, { description }]) => [name, description])).toEqual(
        Object.entries(own).map(([name, { help }]) => [name, help]),
      );
    }
  }
  expect(readFileSync(new URL('../../../../core/build.mjs', import.meta.url), 'utf8')).toContain(
    'dist/postern.schema.json',
  );
});

test('a role that lets pull requests in and writes is refused, where it stands in the file', async () => {
  const text = (access: string) => `version: 1
account: '123456789012'
region: eu-west-1
roles:
  check:
    trust:
      - github-actions: { ${shop}, pullRequests: true, access: read }
    permissions:
      - terraform-remote-state-s3: { bucket: states, keys: [a.tfstate], lock: lockfile, access: ${access} }
      - ${access === 'plan' ? 'ecr-image-pull' : 'ecr-docker-push'}: { repositories: [shop] }
`;
  const writes = await postern(['build', '--config', fileWith(text('apply'))]);
  expect([writes.code, writes.stdout]).toEqual([2, '']);
  expect(writes.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/:9:\d+: roles\.check\.permissions\[0\].*: can write by .* lets pull requests in/),
    expect.stringMatching(/:10:\d+: roles\.check\.permissions\[1\].*: can write by .* lets pull requests in/),
  ]);
  const reads = await postern(['build', '--config', fileWith(text('plan'))]);
  expect([reads.code, reads.stderr]).toEqual([0, expect.not.stringContaining('can write')]);
});
