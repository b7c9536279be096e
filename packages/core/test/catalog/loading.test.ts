import { build } from 'esbuild';
import { describe, expect, test, vi } from 'vitest';
import { catalog, loadProof, loadTrustEntry, loadUseCase, trustCatalog } from '../../src/catalog/catalog.js';
import { useCases } from '../../src/catalog/index.js';
import { trustEntries } from '../../src/catalog/trust-index.js';
import { partsOf, sharedValues, storedEntry } from '../../src/catalog/stored-entry.js';
import { proofs } from '../../src/catalog/proofs.js';

test('every use case is listed with its own texts', () => {
  expect(catalog).toEqual(useCases.map(({ id, title, summary, excludes }) => ({ id, title, summary, excludes })));
});

describe.each(catalog)('$id', ({ id }) => {
  test('is loaded alone', async () => {
    expect(await loadUseCase(id)).toBe(useCases.find((useCase) => useCase.id === id));
  });

  test('has the record of its runs, where there is one', async () => {
    expect(await loadProof(id)).toEqual(proofs[id]);
  });
});

test('every trust entry is listed with its own texts, and loaded alone', async () => {
  expect(trustCatalog).toEqual(
    trustEntries.map(({ id, title, summary, excludes }) => ({ id, title, summary, excludes })),
  );
  for (const entry of trustEntries) expect(await loadTrustEntry(entry.id)).toBe(entry);
});

test.each(['', 'terragrun', 'constructor', '__proto__', 'toString', '../terragrunt'])(
  '`%s` is no use case',
  async (id) => {
    expect(await loadUseCase(id)).toBeUndefined();
    expect(await loadTrustEntry(id)).toBeUndefined();
    expect(await loadProof(id)).toBeUndefined();
  },
);

test('the list loads no entry, and an entry loads no other', async () => {
  const [first] = catalog;
  const alone = `src/catalog/permissions/${first!.id}/entry.ts`;
  const { metafile } = await build({
    absWorkingDir: new URL('../../', import.meta.url).pathname,
    entryPoints: ['src/catalog/catalog.ts', alone],
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    outdir: 'dist',
  });
  const inputsOf = (entryPoint: string): string[] => {
    const output = Object.values(metafile.outputs).find((one) => one.entryPoint === entryPoint)!;
    const parts = output.imports.filter(({ kind }) => kind === 'import-statement');
    return [output, ...parts.map(({ path }) => metafile.outputs[path]!)].flatMap(({ inputs }) => Object.keys(inputs));
  };
  const entriesIn = (inputs: readonly string[]) =>
    inputs.filter((path) => /(permissions|trust)\/[^/]+\/entry/.test(path) || /permissions\//.test(path));
  expect(entriesIn(inputsOf('src/catalog/catalog.ts'))).toEqual([]);
  const entry = entriesIn(inputsOf(alone));
  expect(entry).toContain(alone);
  expect(entry.filter((path) => !path.startsWith(`src/catalog/permissions/${first!.id}/`))).toEqual([]);
});

describe('an entry as text', () => {
  const json = `{"options":{"a":{"$":0}},"statements":[{"resources":[{"$":0}]}]}`;
  const readShared = vi.fn(() => ['{"kind":"switch"}']);
  const read = vi.fn(() => partsOf(json, sharedValues(readShared)));
  const entry = storedEntry({ id: 'x', title: 'X' }, ['options', 'statements'], read);

  test('is read once, and only when a part is asked for', () => {
    expect([entry.id, entry.title]).toEqual(['x', 'X']);
    expect(Object.keys(entry)).toEqual(['id', 'title', 'options', 'statements']);
    expect('refuse' in entry).toBe(false);
    expect(read).not.toHaveBeenCalled();
    expect(readShared).not.toHaveBeenCalled();
    expect(entry.options).toBe(entry.options);
    expect(entry.statements).toBe(entry.statements);
    expect(read).toHaveBeenCalledOnce();
    expect(readShared).toHaveBeenCalledOnce();
    expect(entry.statements[0]?.resources).toEqual([entry.options['a']]);
  });

  test('is what it was made of', () => {
    const kind = { kind: 'switch' };
    const whole = { id: 'x', title: 'X', options: { a: kind }, statements: [{ resources: [kind] }] };
    expect({ ...entry }).toEqual(whole);
    expect(JSON.parse(JSON.stringify(entry))).toEqual(whole);
  });
});

test.each([...useCases, ...trustEntries].map((entry) => [entry.id, entry] as const))(
  '%s holds nothing that JSON would lose, so that it is the same however it is loaded',
  (_id, entry) => {
    expect(JSON.parse(JSON.stringify(entry))).toStrictEqual(entry);
  },
);
