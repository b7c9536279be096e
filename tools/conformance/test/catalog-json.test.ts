import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partitions, tryBuild, useCases, type OptionsOf, type UseCase } from '@postern/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { sampleCells } from '../src/cells.js';
import { root } from '../src/pack.js';
import { readPolicy, type CatalogFile } from '../src/read-catalog.js';

const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const catalog = read('packages/core/dist/catalog.json') as CatalogFile;
const permissions = 'packages/core/src/catalog/permissions';
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile(read('packages/core/dist/catalog.schema.json') as object);

test('the catalog is what its schema says', () => {
  validate(catalog);
  expect(validate.errors ?? []).toEqual([]);
});

test('it holds every entry, every partition, and the release that it is of', () => {
  expect(catalog.useCases.map(({ id }) => id)).toEqual(useCases.map(({ id }) => id));
  expect(catalog.partitions).toEqual(partitions);
  expect(read('packages/core/dist/catalog.json')).toMatchObject({
    version: (read('packages/core/package.json') as { version: string }).version,
  });
});

test('it says of every entry what was proved of each part, where something was', () => {
  for (const { id } of useCases) {
    const file = `${permissions}/${id}/evidence.json`;
    const proof = existsSync(join(root, file)) ? (read(file) as Recorded) : undefined;
    const told = (catalog.useCases.find((entry) => entry.id === id) as { readonly proof?: object }).proof;
    if (proof === undefined) expect(told).toBeUndefined();
    else {
      const atoms = Object.fromEntries(proof.atoms.map(({ atom, outcome }) => [atom, outcome]));
      expect(told).toEqual({ tools: proof.tools, counts: proof.counts, atoms });
    }
  }
});

interface Recorded {
  readonly tools: object;
  readonly counts: object;
  readonly atoms: readonly { readonly atom: string; readonly outcome: string }[];
}

interface RenderedOptions {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

describe('the schema refuses', () => {
  type Change = (entry: Record<string, unknown> & { statements: Record<string, unknown>[] }) => void;
  test.each<[string, Change]>([
    ['an entry without statements', (entry) => (entry.statements = [])],
    ['an option of a kind that it does not know', (entry) => (entry['options'] = { x: { kind: 'map', help: 'x' } })],
    ['a predicate that it does not know', (entry) => (entry.statements[0]!['when'] = { exists: 'x' })],
    ['a statement that denies', (entry) => (entry.statements[0]!['effect'] = 'Deny')],
    ['an action with a wildcard', (entry) => (entry.statements[0]!['actions'] = { 's3:Get*': 'read' })],
    ['a resource of every kind without a reason', (entry) => (entry.statements[0]!['resources'] = {})],
    ['evidence of nothing', (entry) => (entry.statements[0]!['evidence'] = [])],
  ])('%s', (_, change) => {
    const changed = read('packages/core/dist/catalog.json') as { readonly useCases: Parameters<Change> };
    change(changed.useCases[0]);
    expect(validate(changed)).toBe(false);
  });
});

const cells = await sampleCells();

describe('a reader that shares no code with core makes of the catalog alone', () => {
  const samples = useCases.flatMap(({ id }) =>
    readdirSync(join(root, permissions, id, 'samples')).map((file) => `${id}/samples/${file}`),
  );

  test.each(samples)('the policy of %s', async (path) => {
    const [id = '', , file = ''] = path.split('/');
    const cases = (await import(join(root, permissions, id, 'cases.ts'))) as {
      readonly samples: readonly RenderedOptions[];
    };
    const { options } = cases.samples.find(({ name }) => `${name}.json` === file)!;
    expect(readPolicy(catalog, id, options)).toEqual(read(`${permissions}/${path}`));
  });

  test('the policy of every sample in every partition, with every switch turned and every word chosen', () => {
    let compared = 0;
    for (const { name, useCase, options } of cells) {
      for (const [option, value] of [['', undefined] as const, ...choicesOf(useCase)]) {
        const chosen = option === '' ? options : ({ ...options, [option]: value } as OptionsOf<UseCase>);
        const { document, problems } = tryBuild(useCase, chosen);
        if (problems.length > 0) continue;
        compared += 1;
        expect(readPolicy(catalog, useCase.id, { ...chosen }), `${name}, ${option} ${String(value)}`).toEqual(document);
      }
    }
    expect(compared).toBeGreaterThan(3 * samples.length);
  });
});

/** The entry as the catalog holds it tells which values there are. */
function choicesOf({ id }: UseCase): (readonly [string, unknown])[] {
  const { options } = catalog.useCases.find((entry) => entry.id === id)!;
  return Object.entries(options).flatMap(([name, option]) => {
    if (option.kind === 'switch') return [true, false].map((value) => [name, value] as const);
    return 'values' in option ? (option.values as unknown[]).map((value) => [name, value] as const) : [];
  });
}
