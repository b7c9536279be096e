import { compare, type PolicyDocument } from '@postern/core';
import { snakeCase } from '@postern/terraform';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleCells } from '../src/cells.js';
import { difference, type Closeness } from '../src/compare.js';
import { mutateText, mutations, trustMutations } from '../src/mutate.js';
import { fromPulumi, mockRoleProvider } from '../src/pulumi-roles.js';
import {
  documentsOf,
  expectedRole,
  fromCdk,
  fromCommands,
  fromDetails,
  fromTemplate,
  printRole,
  roleCells,
  textsOf,
  type RoleCell,
  type RoleTexts,
} from '../src/roles.js';
import { applyConfiguration, documents, literal, terraformVersion } from '../src/terraform.js';

const { cells, refused } = await roleCells();
const expected = new Map(cells.map((cell) => [cell, expectedRole(cell)]));
const version = terraformVersion();

/** What a target gave for each cell. */
const results = new Map<string, ReadonlyMap<RoleCell, RoleTexts>>();
/** The trust policies alone, of targets that give nothing else. */
const trusts = new Map<string, ReadonlyMap<RoleCell, string>>();
let divided: ReadonlyMap<RoleCell, RoleTexts> = new Map();

async function collect(
  of: readonly RoleCell[],
  give: (cell: RoleCell) => RoleTexts | Promise<RoleTexts>,
): Promise<Map<RoleCell, RoleTexts>> {
  const texts = new Map<RoleCell, RoleTexts>();
  for (const cell of of) texts.set(cell, await give(cell));
  return texts;
}

/** A call of the Terraform document of a trust entry, in the place of the role. */
function documentCall({ trust, place }: RoleCell, index: number): string {
  const { entry, options } = trust;
  const own = { account: place.account, region: place.region, partition: place.partition };
  const missing = Object.entries(own).filter(
    ([name]) =>
      Object.hasOwn(entry.options, name) && !Object.hasOwn(options, name) && !Object.hasOwn(options, 'provider'),
  );
  const given = [...Object.entries(options), ...missing].filter(
    ([name]) => name !== 'partition' || !Object.hasOwn(entry.options, 'region'),
  );
  const lines = given.map(([name, value]) => `  ${snakeCase(name)} = ${literal(value)}\n`);
  return `module "cell${index}" {\n  source = ${JSON.stringify(`${documents}trust-${entry.id}`)}\n${lines.join('')}}\noutput "cell${index}" {\n  value = module.cell${index}.json\n}\n`;
}

beforeAll(async () => {
  await mockRoleProvider();
  results.set('command line, json', await collect(cells, (cell) => fromDetails(cell, 'json')));
  results.set('command line, yaml', await collect(cells, (cell) => fromDetails(cell, 'yaml')));
  results.set('command line, aws-cli', await collect(cells, fromCommands));
  results.set('cloudformation', await collect(cells, (cell) => fromTemplate(cell, 'cloudformation', false)));
  results.set(
    'cloudformation, pseudo parameters',
    await collect(cells, (cell) => fromTemplate(cell, 'cloudformation-json', true)),
  );
  results.set('cdk, place of the stack', await collect(cells, (cell) => fromCdk(cell, false)));
  results.set('cdk, tokens', await collect(cells, (cell) => fromCdk(cell, true)));
  results.set('pulumi, place of the provider', await collect(cells, (cell) => fromPulumi(cell, false)));
  divided = await collect(cells, (cell) => fromPulumi(cell, true));
  trusts.set('pulumi, every option an output', new Map([...divided].map(([cell, { trust }]) => [cell, trust])));
  if (version === undefined) return;
  const outputs = applyConfiguration({ 'main.tf': cells.map(documentCall).join('') });
  trusts.set(`terraform documents (${version})`, new Map(cells.map((cell, index) => [cell, outputs[`cell${index}`]!])));
}, 600_000);

const closenessOf = (target: string): Closeness =>
  /^(terraform|command line, yaml)/.test(target) ? 'values' : 'bytes';

test('every target was asked, and every trust entry', () => {
  if (version === undefined)
    console.log('SKIPPED: no terraform binary, so the Terraform documents of trust entries were not compared');
  if ((process.env['POSTERN_REQUIRE'] ?? '').split(',').includes('terraform')) expect(version).toBeDefined();
  expect([results.size, trusts.size]).toEqual([8, version === undefined ? 1 : 2]);
  expect(new Set(cells.map(({ trust }) => trust.entry.id)).size).toBeGreaterThan(2);
});

test('no role is printed that lets pull requests in and writes', async () => {
  const wrong: string[] = [];
  for (const cell of refused) {
    const [{ entry }] = cell.permissions as [RoleCell['permissions'][number]];
    const said = await printRole(cell, 'json').then(
      () => 'printed',
      (error: unknown) => String(error),
    );
    const expectedToSay = new RegExp(`${entry.id}: can write by \`[^\`]+\`.*lets pull requests in`);
    if (!expectedToSay.test(said)) wrong.push(`${cell.name}: ${said}`);
  }
  const names = (of: readonly RoleCell[]) => new Set(of.map(({ trust }) => trust.entry.id)).size;
  console.log(`refused: ${refused.length} cells of ${names(refused)} trust entries`);
  expect(wrong).toEqual([]);
  expect(names(refused)).toBeGreaterThan(2);
});

test('every use case has its turn', async () => {
  const used = new Set(cells.flatMap(({ permissions }) => permissions.map(({ entry }) => entry.id)));
  expect((await exampleCells()).map(({ useCase }) => useCase.id).filter((id) => !used.has(id))).toEqual([]);
});

test('every target gives the same role for every cell', () => {
  const differences: string[] = [];
  for (const [target, texts] of results) {
    for (const [cell, given] of texts) {
      const wanted = documentsOf(expected.get(cell)!);
      const got = textsOf(given);
      if (got.length !== wanted.length)
        differences.push(`${target}, ${cell.name}: ${got.length} documents, not ${wanted.length}`);
      for (const [index, document] of wanted.entries()) {
        const what = difference(document, got[index] ?? '{}', closenessOf(target));
        if (what !== undefined) differences.push(`${target}, ${cell.name}, document ${index}: ${what}`);
      }
    }
  }
  for (const [target, texts] of trusts) {
    for (const [cell, text] of texts) {
      const what = difference(expected.get(cell)!.trust, text, closenessOf(target));
      if (what !== undefined) differences.push(`${target}, ${cell.name}, trust: ${what}`);
    }
  }
  console.log(
    `roles: ${cells.length} cells in ${results.size} targets, and trust alone in ${trusts.size}; ${differences.length} differences`,
  );
  expect(differences).toEqual([]);
});

test('where every option is an output, the policies and the boundary give the same', () => {
  for (const [cell, { policies, boundary }] of divided) {
    const role = expected.get(cell)!;
    const whole = role.policies.map(({ document }) => document);
    expect(
      compare(
        whole,
        policies.map((text) => JSON.parse(text) as PolicyDocument),
      ).relation,
      cell.name,
    ).toBe('equal');
    expect(difference(role.boundary!.policy!.document, boundary, 'bytes'), cell.name).toBeUndefined();
  }
});

describe('a target that goes wrong is noticed', () => {
  test('every mutation of a trust policy, in every target', () => {
    let caught = 0;
    const tried = new Set<string>();
    const escaped: string[] = [];
    const all = new Map([
      ...trusts,
      ...[...results].map(
        ([target, texts]) => [target, new Map([...texts].map(([cell, { trust }]) => [cell, trust]))] as const,
      ),
    ]);
    for (const [target, texts] of all) {
      for (const mutation of Object.keys(trustMutations)) {
        for (const [cell, text] of texts) {
          const mutant = mutateText(text, mutation, trustMutations);
          if (mutant === undefined) continue;
          tried.add(mutation);
          const found = difference(expected.get(cell)!.trust, mutant, closenessOf(target));
          if (found === undefined) escaped.push(`${target}: ${mutation} (${cell.name})`);
          else caught += 1;
        }
      }
    }
    console.log(`mutations of trust policies caught: ${caught}, in ${all.size} targets`);
    expect([...tried].sort()).toEqual(Object.keys(trustMutations).sort());
    expect(escaped).toEqual([]);
  });

  test('every mutation of the permissions and of the boundary', () => {
    let caught = 0;
    const escaped: string[] = [];
    for (const [target, texts] of results) {
      for (const mutation of Object.keys(mutations)) {
        for (const [cell, { policies, boundary }] of texts) {
          const [, ...wanted] = documentsOf(expected.get(cell)!);
          for (const [index, text] of [...policies, boundary].entries()) {
            const mutant = mutateText(text, mutation);
            if (mutant === undefined) continue;
            if (difference(wanted[index]!, mutant, closenessOf(target)) === undefined)
              escaped.push(`${target}: ${mutation} (${cell.name})`);
            else caught += 1;
          }
        }
      }
    }
    console.log(`mutations of permissions and boundaries caught: ${caught}`);
    expect(escaped).toEqual([]);
    expect(caught).toBeGreaterThan(results.size);
  });
});
