import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  differencesOf,
  drawFiles,
  fromBuild,
  fromCdkFile,
  fromExternal,
  fromPulumiFile,
  mockFileProvider,
  type GeneratedConfig,
  type Made,
} from '../src/config-files.js';
import { mutateText, mutations, trustMutations } from '../src/mutate.js';
import { root } from '../src/pack.js';
import { roleCells } from '../src/roles.js';
import { postern } from '../src/targets.js';
import { applyConfiguration, terraformVersion } from '../src/terraform.js';

const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const { cells } = await roleCells();
const files = drawFiles(cells, 25, seed);
const folder = mkdtempSync(join(tmpdir(), 'postern-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each target made of each file. */
const results = new Map<string, Map<GeneratedConfig, Made>>();
const built = new Map<GeneratedConfig, Made>();

beforeAll(async () => {
  await mockFileProvider();
  const targets: Readonly<Record<string, (file: GeneratedConfig, path: string) => Made | Promise<Made>>> = {
    'cdk, place of the stack': (file, path) => fromCdkFile(file, path, false),
    'cdk, tokens': (file, path) => fromCdkFile(file, path, true),
    pulumi: fromPulumiFile,
    'terraform external': fromExternal,
  };
  for (const target of Object.keys(targets)) results.set(target, new Map());
  for (const [index, file] of files.entries()) {
    const path = join(folder, `${index} ${file.text.startsWith('{') ? 'postern.json' : 'postern.yaml'}`);
    writeFileSync(path, file.text);
    built.set(file, await fromBuild(file));
    for (const [target, make] of Object.entries(targets)) results.get(target)!.set(file, await make(file, path));
  }
}, 600_000);

test('every target makes the roles of a file as postern build prints them', () => {
  const differences = [...results].flatMap(([target, made]) =>
    files.flatMap((file, index) =>
      differencesOf(built.get(file)!, made.get(file)!).map((text) => `${target}, file ${index}: ${text}`),
    ),
  );
  const documents = [...built.values()].reduce((sum, made) => sum + made.size, 0);
  console.log(
    `files of roles: ${files.length} with ${documents} roles and policies in ${results.size} targets (POSTERN_SEED=${seed}); ${differences.length} differences`,
  );
  expect(differences).toEqual([]);
});

test('files of both forms were drawn, with pairs and boundaries', () => {
  expect(new Set(files.map(({ text }) => text.startsWith('{')))).toEqual(new Set([true, false]));
  expect(files.some(({ roles }) => roles.some(({ isPair }) => isPair))).toBe(true);
  expect([...built.values()].some((made) => [...made.keys()].some((key) => /boundary|fence/.test(key)))).toBe(true);
});

test.each([
  ...Object.keys(mutations).map((name) => ['policy', name] as const),
  ...Object.keys(trustMutations).map((name) => ['role', name] as const),
])('a target that goes wrong with a %s is seen: %s', (sort, name) => {
  let tried = 0;
  for (const made of results.values()) {
    for (const [file, all] of made) {
      const found = [...all].find(([key]) => key.startsWith(sort));
      const [key, value] = found!;
      const document = sort === 'role' ? (value as { trust: unknown }).trust : value;
      const text = mutateText(JSON.stringify(document), name, sort === 'role' ? trustMutations : mutations);
      if (text === undefined) continue;
      tried += 1;
      const changed: unknown = JSON.parse(text);
      const wrong = new Map(all).set(key, sort === 'role' ? { ...(value as object), trust: changed } : changed);
      expect(differencesOf(built.get(file)!, wrong), name).toHaveLength(1);
    }
  }
  expect(tried).toBeGreaterThan(0);
});

test('a role that is left out, one too much and another setting are seen', () => {
  const [[file, wanted]] = [...built] as [[GeneratedConfig, Made]];
  const [[key, value]] = [...wanted] as [[string, object]];
  const without = new Map(wanted);
  without.delete(key);
  expect(differencesOf(wanted, without)).toEqual([`${key} is missing`]);
  expect(differencesOf(wanted, new Map(wanted).set('role x', value))).toEqual(['role x is too much']);
  expect(differencesOf(wanted, new Map(wanted).set(key, { ...value, session: 1 }))).toHaveLength(1);
  expect(differencesOf(wanted, results.get('pulumi')!.get(file)!)).toEqual([]);
});

test('what the README of Terraform writes makes the role of the answer', async ({ skip }) => {
  const version = terraformVersion();
  if ((process.env['POSTERN_REQUIRE'] ?? '').split(',').includes('terraform')) expect(version).toBeDefined();
  skip(version === undefined, 'no terraform binary');
  const readme = readFileSync(join(root, 'packages/terraform/README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```hcl\n(.*?)```/gs)].map((match) => match[1]!);
  const block = blocks.find((one) => one.includes('data "external"'))!;
  const file = /```yaml\n(# yaml-language-server.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))![1]!;
  const path = join(folder, 'shown.yaml');
  writeFileSync(path, file);
  const [, query = ''] = /query = \{\n(.*?)\n {2}\}/s.exec(block)!;
  const asked = Object.fromEntries([...query.matchAll(/(\w+) += "(.*)"/g)].map((match) => [match[1]!, match[2]!]));
  expect(asked).toEqual({ file: 'postern.yaml', environment: 'production', role: 'shop-deploy' });
  const answer = await postern(['terraform-external'], JSON.stringify({ ...asked, file: path }));
  // The provider of the data source is in no registry that tests may ask, so that the answer stands in its place.
  const expressions = [...block.matchAll(/^ {2}\w+ += (.*data\.external.*)$/gm)].map((match) =>
    match[1]!.replaceAll('data.external.deploy.result', 'local.result').replaceAll('each.key', '"1"'),
  );
  expect(expressions.length).toBeGreaterThan(7);
  const outputs = expressions.map((text, index) => `output "o${index}" {\n  value = jsonencode(${text})\n}\n`).join('');
  const main = `locals {\n  result = jsondecode(file(${JSON.stringify(join(folder, 'answer.json'))}))\n}\n${outputs}`;
  writeFileSync(join(folder, 'answer.json'), answer);
  const values = Object.values(applyConfiguration({ 'main.tf': main })).map((text) => JSON.parse(text) as unknown);
  const result = JSON.parse(answer) as Record<string, string>;
  const [policy] = JSON.parse(result['policies']!) as [object];
  expect(values).toEqual(
    expect.arrayContaining(['shop-deploy', '/', 3600, result['trust'], 'shop-deploy-2', result['boundary']]),
  );
  const texts = values.find((value) => typeof value === 'object') as Record<string, string>;
  expect(JSON.parse(texts['0']!)).toEqual(policy);
});
