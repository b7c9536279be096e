import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build, print, useCases } from '@postern/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { chosenUseCases, randomCells, sampleCells, type Cell } from '../src/cells.js';
import { difference, type Closeness } from '../src/compare.js';
import { mutateText, mutations } from '../src/mutate.js';
import { mockProvider, pulumiDocument } from '../src/pulumi.js';
import { cdk, cdkDeferred, cloudFormation, generate } from '../src/targets.js';
import { applyConfiguration, documentCalls, terraformVersion } from '../src/terraform.js';

const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const randomCount = Number(process.env['POSTERN_RANDOM_CELLS'] ?? 60);
const chosen = chosenUseCases(useCases);
const samples = (await sampleCells()).filter(({ useCase }) => chosen.some(({ id }) => id === useCase.id));
const random = chosen.flatMap((useCase) => randomCells(useCase, randomCount, seed));
const cells = [...samples, ...random];
const program = fileURLToPath(new URL('../../../apps/cli/dist/postern.cjs', import.meta.url));
const version = terraformVersion();

/** What a target gave for each cell it was asked for. */
const results = new Map<string, { readonly closeness: Closeness; readonly texts: ReadonlyMap<Cell, string> }>();

async function collect(
  target: string,
  closeness: Closeness,
  of: readonly Cell[],
  give: (cell: Cell) => string | Promise<string>,
): Promise<void> {
  const texts = new Map<Cell, string>();
  for (const cell of of) texts.set(cell, await give(cell));
  results.set(target, { closeness, texts });
}

/** The statement after `policy = jsonencode(` of the HCL that the command line prints. */
function policyExpression(hcl: string): string {
  return hcl.slice(hcl.indexOf('policy = ') + 'policy = '.length, hcl.lastIndexOf('\n}'));
}

beforeAll(async () => {
  console.log(`conformance: ${samples.length} sample cells, ${random.length} random cells, POSTERN_SEED=${seed}`);
  await mockProvider();
  await collect('command line, json', 'bytes', cells, (cell) => generate(cell, 'json'));
  await collect('command line, as a process', 'bytes', samples, ({ useCase, options }) =>
    execFileSync(process.execPath, [program, 'generate', useCase.id, '--options', '-'], {
      input: JSON.stringify(options),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    }),
  );
  await collect('cloudformation', 'bytes', cells, (cell) => cloudFormation(cell, 'cloudformation', false));
  await collect('cloudformation, pseudo parameters', 'bytes', cells, (cell) =>
    cloudFormation(cell, 'cloudformation-json', true),
  );
  await collect('cdk, account and region of the stack', 'bytes', cells, (cell) => cdk(cell, false, false));
  await collect('cdk, tokens and minimizePolicies', 'bytes', cells, (cell) => cdk(cell, true, true));
  await collect('cdk, every text a token', 'bytes', cells, cdkDeferred);
  await collect('pulumi, place of the provider', 'bytes', cells, (cell) => pulumiDocument(cell, false));
  await collect('pulumi, every option an output', 'bytes', cells, (cell) => pulumiDocument(cell, true));
  if (version === undefined) return;
  const few = [...samples, ...random.filter((_, index) => index % 3 === 0)];
  const outputs = applyConfiguration({ 'main.tf': documentCalls(few, false) });
  await collect(`terraform documents (${version})`, 'values', few, (cell) => outputs[`cell${few.indexOf(cell)}`]!);
  const later = samples.filter((_, index) => index % 3 === 0);
  const deferred = applyConfiguration({ 'main.tf': documentCalls(later, true) });
  await collect(
    `terraform documents, known after apply (${version})`,
    'values',
    later,
    (cell) => deferred[`cell${later.indexOf(cell)}`]!,
  );
  const hcl = await Promise.all(cells.map((cell) => generate(cell, 'terraform')));
  const printed = applyConfiguration({
    'main.tf': hcl.map((text, index) => `output "cell${index}" {\n  value = ${policyExpression(text)}\n}\n`).join(''),
  });
  await collect(`terraform format (${version})`, 'values', cells, (cell) => printed[`cell${cells.indexOf(cell)}`]!);
  const json = await Promise.all(cells.map((cell) => generate(cell, 'terraform-json')));
  const policies = json.map(
    (text) =>
      Object.values(
        (JSON.parse(text) as { resource: { aws_iam_policy: Record<string, { policy: string }> } }).resource
          .aws_iam_policy,
      )[0]!.policy,
  );
  const fromJson = applyConfiguration({
    'main.tf.json': JSON.stringify({
      output: Object.fromEntries(policies.map((value, index) => [`cell${index}`, { value }])),
    }),
  });
  await collect(
    `terraform-json format (${version})`,
    'bytes',
    cells,
    (cell) => fromJson[`cell${cells.indexOf(cell)}`]!,
  );
}, 600_000);

const expected = new Map(cells.map((cell) => [cell, build(cell.useCase, cell.options)]));

test('every option of every use case is in some cell', () => {
  for (const useCase of chosen) {
    const used = new Set(
      cells.filter((cell) => cell.useCase.id === useCase.id).flatMap(({ options }) => Object.keys(options)),
    );
    const placed = ['partition', 'allowUnknownRegion'];
    expect(
      Object.keys(useCase.options).filter((name) => !used.has(name) && !placed.includes(name)),
      useCase.id,
    ).toEqual([]);
  }
});

test('terraform is there, where it is required', () => {
  if (version === undefined) console.log('SKIPPED: no terraform binary, so 4 of 13 targets were not compared');
  if ((process.env['POSTERN_REQUIRE'] ?? '').split(',').includes('terraform')) expect(version).toBeDefined();
  expect(results.size).toBe(version === undefined ? 9 : 13);
});

test.skipIf(version === undefined)('the four Terraform targets were compared', () => {
  expect([...results.keys()].filter((target) => target.startsWith('terraform'))).toHaveLength(4);
});

test('every target gives the same policy for every cell', () => {
  const differences: string[] = [];
  const rows: string[] = [];
  for (const [target, { closeness, texts }] of results) {
    const found = [...texts].flatMap(([cell, text]) => {
      const what = difference(expected.get(cell)!, text, closeness);
      return what === undefined ? [] : [`${target}, ${cell.name}: ${what}`];
    });
    rows.push(`${String(texts.size).padStart(5)} cells  ${String(found.length).padStart(3)} differences  ${target}`);
    differences.push(...found);
  }
  console.log(`core against\n${rows.join('\n')}`);
  expect(differences).toEqual([]);
});

describe('a target that goes wrong is noticed', () => {
  test('every mutation of every target', () => {
    let caught = 0;
    const escaped: string[] = [];
    for (const [target, { closeness, texts }] of results) {
      for (const mutation of Object.keys(mutations)) {
        const mutants = [...texts].flatMap(([cell, text]) => {
          const mutant = mutateText(text, mutation);
          return mutant === undefined ? [] : [{ cell, mutant }];
        });
        const missed = mutants.filter(
          ({ cell, mutant }) => difference(expected.get(cell)!, mutant, closeness) === undefined,
        );
        // One entry alone may have no condition, or no list, that could go wrong; test/mutations.test.ts says that some has.
        if (mutants.length === 0) continue;
        if (missed.length === 0) caught += 1;
        else escaped.push(`${target}: ${mutation} (${missed.length} of ${mutants.length} missed)`);
      }
    }
    console.log(`mutations caught: ${caught}, in ${results.size} targets`);
    expect(escaped).toEqual([]);
    expect(caught).toBeGreaterThan(results.size);
  });

  test('the canonical prints of core are compared, not a copy of the result', () => {
    const [cell] = samples as [Cell];
    expect(difference(expected.get(cell)!, print(expected.get(cell)!), 'bytes')).toBeUndefined();
    expect(difference(expected.get(cell)!, '{"Version":"2012-10-17","Statement":[]}', 'values')).toMatch(
      /^statement 0: undefined instead of/,
    );
  });
});
