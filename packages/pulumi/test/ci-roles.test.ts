import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { loadConfig, print, type Role } from '@postern/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CiRoles, type CiRole } from '../src/index.js';

const place = { account: '444455556666', region: 'ap-south-1' };
const registered: { type: string; name: string; inputs: Record<string, unknown> }[] = [];

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      registered.push({ type, name, inputs: inputs as Record<string, unknown> });
      return { id: `${name}-id`, state: { name, ...inputs, arn: `arn:aws:iam::${place.account}:x/${name}` } };
    },
    call({ token }) {
      if (token.endsWith('getCallerIdentity')) return { accountId: place.account };
      return token.endsWith('getRegion') ? { region: place.region } : { partition: 'aws' };
    },
  }),
);

const folder = mkdtempSync(join(tmpdir(), 'postern roles ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(text: string | Uint8Array, extension = 'yaml'): string {
  const file = join(folder, `${(count += 1)} with blanks`, `pöstern.${extension}`);
  mkdirSync(dirname(file));
  writeFileSync(file, text);
  return file;
}

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
const textsOf = async ({ policyJsons, trustJson }: CiRole) => Promise.all([trustJson, ...policyJsons].map(valueOf));
const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

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
const open = `version: 1
roles:
  a:
    trust: { github-actions: { ${shop}, environments: [production] } }
    permissions: { ecr-docker-push: { repositories: [shop] } }
`;

function expected(text: string, environment?: string): string[][] {
  const { built, problems } = loadConfig(parse(text));
  expect(problems).toEqual([]);
  return built.filter(({ given }) => given.environment === environment).flatMap(({ roles }) => roles.map(documentsOf));
}

function documentsOf({ policies, trust }: Role): string[] {
  return [trust, ...policies.map(({ document }) => document)].map((document) => print(document, 0));
}

describe('the roles of a file', () => {
  test('are those of postern build', async () => {
    for (const file of [
      fileWith(whole),
      fileWith(JSON.stringify(parse(whole)), 'json'),
      fileWith(`\ufeff${whole.replaceAll('\n', '\r\n')}`),
    ]) {
      registered.length = 0;
      const roles = CiRoles.fromFile('ci', file, { environment: 'production', tags: { team: 'a' } });
      const { apply, plan } = roles.pair('terraform');
      const texts = await Promise.all([roles.role('shop-deploy'), plan, apply].map(textsOf));
      expect(texts).toEqual(expected(whole, 'production'));
      await settled();
      const made = registered.filter(({ type }) => type === 'aws:iam/role:Role');
      expect(new Map(made.map(({ inputs, name }) => [name, inputs['name']]))).toEqual(
        new Map([
          ['ci-shop-deploy', 'shop-deploy'],
          ['ci-terraform-plan', 'terraform-plan'],
          ['ci-terraform-apply', 'terraform-apply'],
        ]),
      );
      const deploy = made.find(({ name }) => name === 'ci-shop-deploy');
      expect(deploy!.inputs).toMatchObject({ path: '/ci/', maxSessionDuration: 7200, tags: { team: 'a' } });
    }
  });

  test('are in the place of the provider where the file says none', async () => {
    const role = CiRoles.fromFile('open', fileWith(open)).role('a');
    expect([await textsOf(role)]).toEqual(expected(`account: '${place.account}'\nregion: ${place.region}\n${open}`));
  });

  test('are found by their names', () => {
    const roles = CiRoles.fromFile('named', fileWith(whole), { environment: 'production' });
    expect(() => roles.role('terraform')).toThrow('`terraform` is a pair for plan and apply: ask for it as that');
    expect(() => roles.role('toString')).toThrow('`toString` is no role of the file in this environment: there are');
  });
});

describe('what is wrong is said by line and column, and nothing is made', () => {
  test.each<[string, string | Uint8Array, string | undefined, string[]]>([
    ['a newer version', 'version: 2\nroles: {}\n', undefined, [':1:1: version: `2` is newer than this postern']],
    [
      'many things',
      open.replace('github-actions', 'github-action').replace('repositories: [shop]', 'repositories: 1'),
      undefined,
      [
        ':4:14: roles.a.trust.github-action: `github-action` is no trust entry, did you mean `github-actions`?',
        ':5:39: roles.a.permissions.ecr-docker-push.repositories: `1` is no list',
      ],
    ],
    ['duplicate keys in JSON', '{"version":1,"version":1}', undefined, [':1:14: the key `version` stands twice']],
    ['a huge file', `${open}#${'x'.repeat(1024 * 1024)}\n`, undefined, ['it is larger than 1 MiB']],
    ['no text', new Uint8Array([255, 254, 0]), undefined, ['it is not UTF-8 text']],
    ['an environment that is none', whole, 'prod', ['did you mean `production`?']],
    ['no environment', whole, undefined, ['choose one as `environment`: `staging`, `production`']],
  ])('%s', async (_, text, environment, lines) => {
    await settled();
    registered.length = 0;
    const file = fileWith(text);
    let said = '';
    try {
      CiRoles.fromFile('ci', file, environment === undefined ? {} : { environment });
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toMatch(/^ci: /);
    expect(said.split('\n')).toHaveLength(lines.length);
    for (const [index, line] of said.replace('ci: ', '').split('\n').entries()) {
      expect(line).toContain(lines[index]!.startsWith(':') ? `${file}${lines[index]!}` : lines[index]!);
    }
    await settled();
    expect(registered).toEqual([]);
  });

  test('another account than that of the provider', async () => {
    const before = process.listeners('unhandledRejection');
    const found: Error[] = [];
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (reason) => found.push(reason as Error));
    CiRoles.fromFile('elsewhere', fileWith(whole), { environment: 'staging' });
    await settled();
    process.removeAllListeners('unhandledRejection');
    for (const listener of before) process.on('unhandledRejection', listener);
    expect(found.map(({ message }) => message).join('\n')).toMatch(
      /elsewhere: .*:4:14: environments\.staging\.account: `shop-deploy` is in `111122223333`, and the provider works in `444455556666`/,
    );
  });
});
