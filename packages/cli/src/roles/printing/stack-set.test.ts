import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type BuiltConfigRole } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-stack-set-'));
afterAll(() => rmSync(folder, { recursive: true }));

type ParameterTexts = ReadonlyMap<string, unknown>;
const none = Symbol('AWS::NoValue');

/** What CloudFormation makes of a template with these parameters. */
function deployed(template: Record<string, unknown>, values: ParameterTexts): Record<string, unknown> {
  const conditions = (template['Conditions'] ?? {}) as Record<string, unknown>;
  const holds = (condition: unknown): boolean => {
    const [[name, argument]] = Object.entries(condition as object) as [[string, never]];
    if (name === 'Condition') return holds(conditions[argument]);
    if (name === 'Fn::Or') return (argument as unknown[]).some(holds);
    if (name !== 'Fn::Equals') throw new Error(name);
    const [one, other] = (argument as unknown[]).map(value);
    return one === other;
  };
  const known = (name: string) => {
    if (name === 'AWS::NoValue') return none;
    if (values.has(name)) return values.get(name);
    if (Object.hasOwn(template['Resources'] as object, name)) return { Ref: name };
    throw new Error(`nothing is called ${name}`);
  };
  const value = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(value).filter((one) => one !== none);
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part);
    const [name, argument] = (entries.length === 1 ? entries[0] : ['', undefined]) as [string, never];
    if (name === 'Ref') return known(argument);
    if (name === 'Fn::If') {
      const [condition, yes, no] = argument as [string, unknown, unknown];
      if (!Object.hasOwn(conditions, condition)) throw new Error(`no condition is called ${condition}`);
      return value(holds(conditions[condition]) ? yes : no);
    }
    if (name === 'Fn::Sub')
      return (argument as string).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, inner: string) =>
        literal === '' ? String(known(inner)) : `\${${inner}}`,
      );
    return Object.fromEntries(entries.map(([key, one]) => [key, value(one)]).filter(([, one]) => one !== none));
  };
  const made = Object.entries(template['Resources'] as Record<string, { readonly Condition?: string }>).filter(
    ([, { Condition }]) => Condition === undefined || holds(conditions[Condition]),
  );
  return Object.fromEntries(made.map(([id, { Condition: _, ...resource }]) => [id, value(resource)]));
}

const suffixes: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };

function valuesOf(
  environment: string,
  { place: { account, region, partition = 'aws' } }: BuiltConfigRole['roles'][number],
) {
  return new Map<string, unknown>([
    ['Environment', environment],
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', partition],
    ['AWS::URLSuffix', suffixes[partition] ?? 'amazonaws.com'],
  ]);
}

let count = 0;
function fileWith(text: string): string {
  const file = join(folder, `${(count += 1)}.yaml`);
  writeFileSync(file, text);
  return file;
}

const github = (rest: string) =>
  `{ github-actions: { owner: acme, ownerId: '1', repository: shop, repositoryId: '2', ${rest} } }`;
const environments = `environments:
  staging: { account: '111122223333' }
  prod_eu: { account: '444455556666', region: us-east-1 }
  prod-eu: { account: '444455556666' }
`;
const files: Readonly<Record<string, string>> = {
  'accounts, regions and names': `${environments}roles:
  deploy:
    roleName: 'deploy-\${environment}'
    trust: ${github("environments: ['${environment}']")}
    permissions: { ecr-docker-push: { repositories: ['shop-\${environment}'] } }
    boundary: true
    path: /ci/
`,
  'roles that some environments have': `${environments}roles:
  deploy:
    environments: [staging, prod-eu]
    trust: ${github("environments: ['${environment}']")}
    permissions: [{ ecr-docker-push: { repositories: [shop] } }, { secrets-read: { secrets: ['\${environment}/key'] } }]
  tf:
    environments: [prod_eu]
    roleName: 'tf-\${environment}'
    plan: { trust: ${github('branches: [dev]')} }
    apply: { trust: ${github('branches: [main]')} }
    permissions: { terraform-remote-state-s3: { bucket: 'state-\${account}-\${region}', keys: [shop.tfstate] } }
`,
  'what no name says': `${environments}roles:
  deploy:
    environments:
      staging: { account: '777788889999' }
      prod_eu: { region: eu-central-1 }
      prod-eu: { account: '222233334444' }
    trust: ${github('branches: [main]')}
    permissions: { s3-build-cache: { bucket: 'a-\${account}', prefixes: ['x/\${region}'], access: read } }
`,
  'another partition': `environments:
  world: { account: '111122223333', region: eu-west-1 }
  china: { account: '444455556666', region: cn-north-1 }
roles:
  deploy:
    trust: ${github("environments: ['${environment}']")}
    permissions: { static-site-s3-cloudfront: { buckets: ['site-\${environment}'], wholeBucket: true, distributions: [E123456789ABCD] }, ecs-service-deployment: { cluster: main, services: [web], taskDefinitionFamilies: [web], passRoles: [web] } }
`,
  'many environments': `environments:
${Array.from({ length: 23 }, (_, index) => `  e${index}: { account: '${String(100000000000 + index)}' }`).join('\n')}
roles:
  deploy:
    environments: [${Array.from({ length: 21 }, (_, index) => `e${index}`).join(', ')}]
    trust: ${github("environments: ['${environment}']")}
    permissions: { ecr-docker-push: { repositories: [shop] } }
  all:
    trust: ${github('branches: [main]')}
    permissions: { ecr-docker-push: { repositories: ['\${environment}'] } }
`,
};

describe.each(Object.entries(files))('one template for all environments: %s', (_, roles) => {
  const text = `version: 1\nregion: eu-west-1\n${roles}`;

  test.each(['cloudformation', 'cloudformation-json'])(
    'makes in each what the template of that alone makes, as %s',
    async (format) => {
      const file = fileWith(text);
      const { code, stderr, stdout } = await postern(['build', '--config', file, '--format', format, '--stack-set']);
      expect(code, stderr).toBe(0);
      const template = parse(stdout) as Record<string, unknown>;
      const { built } = loadConfig(parse(text));
      const names = [...new Set(built.map(({ given }) => given.environment!))];
      for (const name of names.length > 5 ? [names[0]!, names.at(-1)!] : names) {
        const alone = await postern(['build', '--config', file, '--format', format, '--environment', name]);
        const own = built.filter(({ given }) => given.environment === name);
        const values = valuesOf(name, own[0]!.roles[0]!);
        const expected = deployed(parse(alone.stdout) as Record<string, unknown>, values);
        expect(deployed(template, values)).toEqual(expected);
        expect(Object.keys(expected).length).toBeGreaterThan(1);
      }
    },
  );

  test('is a template that CloudFormation takes', async () => {
    const { stdout } = await postern([
      'build',
      '--config',
      fileWith(text),
      '--format',
      'cloudformation-json',
      '--stack-set',
    ]);
    const template = JSON.parse(stdout) as Record<string, Record<string, Record<string, unknown>>>;
    const ids = ['Conditions', 'Resources', 'Outputs'].flatMap((section) => Object.keys(template[section] ?? {}));
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]{1,255}$/);
    const used = [...stdout.matchAll(/"Condition": "(\w+)"|"Fn::If": \[\s*"(\w+)"/g)].map(
      ([, one, other]) => one ?? other,
    );
    expect(new Set(used)).toEqual(new Set(Object.keys(template['Conditions'] ?? {})));
    for (const [, some] of stdout.matchAll(/"Fn::Or": (\[[^\]]*)/g))
      expect(some!.split('"Fn::Equals"').length - 1).toBeLessThanOrEqual(11);
    for (const { Description } of Object.values(template['Outputs']!)) expect(typeof Description).toBe('string');
    for (const { Type } of Object.values(template['Resources']!)) expect(typeof Type).toBe('string');
  });
});

test('postern itself reads it with the parameter', async () => {
  const file = fileWith(`version: 1\nregion: eu-west-1\n${files['accounts, regions and names']!}`);
  const output = join(folder, 'out');
  const { code, stderr } = await postern([
    'build',
    '--config',
    file,
    '--format',
    'cloudformation',
    '--stack-set',
    '--output',
    output,
  ]);
  expect([code, readdirSync(output)]).toEqual([0, ['stack-set.yaml']]);
  expect(stderr).toContain(
    'note: the stack of prod_eu: `aws cloudformation create-stack-instances --stack-set-name ci-roles --accounts 444455556666 --regions us-east-1 --parameter-overrides ParameterKey=Environment,ParameterValue=prod_eu`\n',
  );
  const template = readFileSync(join(output, 'stack-set.yaml'), 'utf8');
  expect(template).toContain(
    'Fn::Sub: "shop-${Environment}"'.replace('"shop', '"arn:aws:ecr:${AWS::Region}:${AWS::AccountId}:repository/shop'),
  );
  expect(stringify(parse(template))).not.toContain('111122223333');
});

test.each<[string, string, readonly string[], string]>([
  [
    'a format without stacks',
    `version: 1\n${files['what no name says']!}`,
    ['--format', 'json'],
    '--stack-set: `json` has no stacks: give `--format cloudformation` or `cloudformation-json`',
  ],
  [
    'a file without environments',
    `version: 1\naccount: '111122223333'\nregion: eu-west-1\nroles:\n  a: { trust: ${github('branches: [main]')}, permissions: { ecr-docker-push: { repositories: [shop] } } }\n`,
    ['--format', 'cloudformation'],
    '--stack-set: the file has no `environments`: write them, or leave `--stack-set` out',
  ],
  [
    'a role of no environment',
    `version: 1\nregion: eu-west-1\n${environments.replace(/ {2}prod[^]*/, '')}roles:\n  a: { trust: ${github('branches: [main]')}, permissions: { ecr-docker-push: { repositories: [shop] } } }\n  b: { environments: [], account: '111122223333', trust: ${github('branches: [main]')}, permissions: { ecr-docker-push: { repositories: [shop] } } }\n`,
    ['--format', 'cloudformation'],
    '--stack-set: the role `b` is made in no environment: choose the others with `--role`',
  ],
])('is refused for %s', async (_, text, flags, says) => {
  const { code, stderr, stdout } = await postern(['build', '--config', fileWith(text), '--stack-set', ...flags]);
  expect([code, stdout, stderr]).toEqual([2, '', `postern: ${says}\n`]);
});
