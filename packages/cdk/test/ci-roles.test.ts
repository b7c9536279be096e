import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { loadConfig, type Role } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CiRoles } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'postern roles ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(text: string | Uint8Array, extension = 'yaml'): string {
  const file = join(folder, `${(count += 1)} with blanks`, `pöstern.${extension}`);
  mkdirSync(dirname(file));
  writeFileSync(file, text);
  return file;
}

function stackIn(account?: string, region = 'eu-west-1'): Stack {
  const app = new App({ builtinCloudFormationValidation: false } as ConstructorParameters<typeof App>[0]);
  return new Stack(app, 'Stack', account === undefined ? {} : { env: { account, region } });
}

const shop = `owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001'`;
const whole = `version: 1
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

type CfnResource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

/** The template with what CloudFormation fills in. */
function resourcesOf(stack: Stack, account: string): CfnResource[] {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, CfnResource> };
  const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
  const filled = JSON.parse(JSON.stringify(Resources), (_, value: unknown): unknown => {
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = (value ?? {}) as Record<string, unknown>;
    if (Ref === 'AWS::Partition') return 'aws';
    if (Array.isArray(attribute) && String(attribute[0]).startsWith('PosternProvider')) return provider;
    return Array.isArray(joined) ? (joined[1] as string[]).join('') : value;
  }) as Record<string, CfnResource>;
  return Object.values(filled);
}

function documentsOf(stack: Stack, account: string): unknown[] {
  const resources = resourcesOf(stack, account);
  const of = (type: string, property: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties[property]);
  return [...of('AWS::IAM::Role', 'AssumeRolePolicyDocument'), ...of('AWS::IAM::ManagedPolicy', 'PolicyDocument')];
}

/** What `postern build` makes of the file in an environment. */
function expected(text: string, environment?: string): Role[] {
  const { built, problems } = loadConfig(parse(text));
  expect(problems).toEqual([]);
  return built.filter(({ given }) => given.environment === environment).flatMap(({ roles }) => roles);
}

function documentsIn(roles: readonly Role[]): unknown[] {
  return [
    ...roles.map(({ trust }) => trust),
    ...roles.flatMap(({ boundary, policies }) => [
      ...policies.map(({ document }) => document),
      ...(boundary?.policy === undefined ? [] : [boundary.policy.document]),
    ]),
  ];
}

describe('the roles of a file', () => {
  test.each([
    ['staging', '111122223333'],
    ['production', '444455556666'],
  ])('are those of postern build in %s', (environment, account) => {
    const stack = stackIn(account);
    const roles = CiRoles.fromFile(stack, 'Ci', fileWith(whole), { environment });
    expect(documentsOf(stack, account)).toEqual(documentsIn(expected(whole, environment)));
    const [deploy] = resourcesOf(stack, account).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(deploy!.Properties).toMatchObject({ RoleName: 'shop-deploy', Path: '/ci/', MaxSessionDuration: 7200 });
    expect(roles.role('shop-deploy').boundaryPolicy).toBeDefined();
    expect([...roles.roles.keys(), ...roles.pairs.keys()]).toEqual(
      environment === 'production' ? ['shop-deploy', 'terraform'] : ['shop-deploy'],
    );
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('are read from JSON, with a byte order mark, and with lines of Windows', () => {
    for (const file of [
      fileWith(JSON.stringify(parse(whole)), 'json'),
      fileWith(`\ufeff${JSON.stringify(parse(whole), null, 2)}`, 'json'),
      fileWith(`\ufeff${whole.replaceAll('\n', '\r\n')}`),
    ]) {
      const stack = stackIn('444455556666');
      CiRoles.fromFile(stack, 'Ci', file, { environment: 'production' });
      expect(documentsOf(stack, '444455556666')).toEqual(documentsIn(expected(whole, 'production')));
    }
  });

  test('are in the account and the region of the stack where the file says none', () => {
    const open = whole
      .replace(/^region.*\nenvironments:\n.*\n.*\n/m, '')
      .replace(/ +environments: \[production\]\n/, '');
    const text = open.replaceAll('${environment}', 'production').replace('state-${account}-${region}', 'state');
    const stack = stackIn('777788889999', 'us-west-2');
    CiRoles.fromFile(stack, 'Ci', fileWith(text));
    const placed = `account: '777788889999'\nregion: us-west-2\n${text}`;
    expect(documentsOf(stack, '777788889999')).toEqual(documentsIn(expected(placed)));
  });

  test('warn where nobody knows whether the stack is in their account', () => {
    const stack = stackIn();
    CiRoles.fromFile(stack, 'Ci', fileWith(whole), { environment: 'production' });
    expect(documentsOf(stack, '444455556666')).toEqual(documentsIn(expected(whole, 'production')));
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Ci',
      Match.stringLikeRegexp('nobody knows where the stack will be'),
    );
  });

  test('are found by their names', () => {
    const roles = CiRoles.fromFile(stackIn('444455556666'), 'Ci', fileWith(whole), { environment: 'production' });
    expect(roles.pair('terraform').plan.trustDocument.Statement).toHaveLength(1);
    expect(() => roles.role('terraform')).toThrow('`terraform` is a pair for plan and apply: ask for it as that');
    expect(() => roles.pair('shop-deploy')).toThrow('`shop-deploy` is one role: ask for it as that');
    expect(() => roles.role('shop-deplo')).toThrow('did you mean `shop-deploy`?');
    expect(() => roles.role('toString')).toThrow('there are `shop-deploy`');
  });
});

const top = `version: 1\naccount: '111122223333'\nregion: eu-west-1\n`;
const role = `\n    trust: { github-actions: { ${shop}, environments: [production] } }\n    permissions: { ecr-docker-push: { repositories: [shop] } }\n`;

describe('what is wrong is said by line and column, all at once, and nothing is made', () => {
  test.each<[string, string | Uint8Array, string[]]>([
    ['a newer version', 'version: 2\nroles: {}\n', [':1:1: version: `2` is newer than this postern']],
    ['two roles of one name', `${top}roles:\n  a:${role}  a:${role}`, [':8:3: `a` stands twice here: keep one']],
    [
      'many things',
      `${top}environments: { staging: {}, production: {} }\nroles:\n  a:\n    environments: [staging]\n    trust: { github-action: {} }\n    permissions: [ecr-docker-psuh, ecr-docker-push: { repositories: shop }]\n`,
      [
        ':4:30: environments.production: no role is made for `production`',
        ':8:14: roles.a.trust.github-action: `github-action` is no trust entry, did you mean `github-actions`?',
        ':9:19: roles.a.permissions[0]: `ecr-docker-psuh` is no use case, did you mean `ecr-docker-push`?',
        ':9:55: roles.a.permissions[1].ecr-docker-push.repositories: `shop` is no list',
      ],
    ],
    [
      'duplicate keys in JSON',
      '{"version":1,"roles":{"a":{},"a":{}}}',
      [':1:30: the key `a` stands twice in one object: keep one'],
    ],
    ['tabs', 'version: 1\nroles:\n\ta: {}\n', [':3:1: a tab stands where blanks are needed']],
    ['anchors', `${top}roles: &a\n  b: *a\n`, ['anchors and aliases are not taken']],
    ['a huge file', `${top}#${'x'.repeat(1024 * 1024)}\n`, ['it is larger than 1 MiB: divide it into several files']],
    ['no text', new Uint8Array([255, 254, 0]), ['it is not UTF-8 text']],
    ['nothing', '', [':1:1: the file is empty']],
    [
      'a file for another account',
      `${top}roles:\n  a:${role}`.replace('1111', '9999'),
      [':2:1: account: `a` is in `999922223333`, and the stack is in `111122223333`'],
    ],
  ])('%s', (_, text, lines) => {
    const stack = stackIn('111122223333');
    const file = fileWith(text);
    const make = () => CiRoles.fromFile(stack, 'Ci', file);
    expect(make).toThrow(/^Stack\/Ci: /);
    const said = messageOf(make).replace('Stack/Ci: ', '').split('\n');
    expect(said).toHaveLength(lines.length);
    for (const [index, line] of said.entries()) {
      expect(line).toContain(lines[index]!.startsWith(':') ? `${file}${lines[index]!}` : lines[index]!);
    }
    expect(stack.node.children).toEqual([]);
  });

  test('of the environment that is asked for', () => {
    const make = (text: string, environment?: string | null) =>
      messageOf(() =>
        CiRoles.fromFile(stackIn(), 'Ci', fileWith(text), environment === undefined ? {} : { environment }),
      );
    expect(make(whole, 'prod')).toContain('`prod` is no environment of it, did you mean `production`?');
    expect(make(whole)).toContain('choose one as `environment`: `staging`, `production`');
    expect(make(whole, null)).toContain('choose one as `environment`: `staging`, `production`');
    expect(make(whole, '__proto__')).toContain('`__proto__` is no environment of it: there are');
    const once = `${top}roles:\n  a:${role}`;
    expect(make(once, 'production')).toContain('it has no environments');
    const mixed = `${top}environments: { staging: {} }\nroles:\n  a:${role}  b:${role}    environments: []\n`;
    expect(make(mixed)).toContain('or `null` for the roles of none');
    const stack = stackIn('111122223333');
    expect([...CiRoles.fromFile(stack, 'Ci', fileWith(mixed), { environment: null }).roles.keys()]).toEqual(['b']);
  });

  test('of a file that cannot be read', () => {
    const said = (file: string) => messageOf(() => CiRoles.fromFile(stackIn(), 'Ci', file));
    expect(said(join(folder, 'none.yaml'))).toContain('there is no such file, check the path');
    expect(said(folder)).toContain('it is a directory, name a file in it');
  });

  // Root may read all.
  test.skipIf(process.getuid?.() === 0)('of a file that may not be read', () => {
    const file = fileWith(whole);
    chmodSync(file, 0o000);
    expect(messageOf(() => CiRoles.fromFile(stackIn(), 'Ci', file))).toContain('permission denied');
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
