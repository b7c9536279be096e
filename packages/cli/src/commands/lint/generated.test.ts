import { readdirSync } from 'node:fs';
import { kindOf, listNotes, tryBuild, type UseCase } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { checkPolicy } from '../../lint/check.js';
import { ServiceReference } from '../../lint/service-reference.js';

const reference = await ServiceReference.load();
const permissions = new URL('../../../../core/src/catalog/permissions/', import.meta.url);

interface SampledUseCase {
  readonly useCase: UseCase;
  readonly samples: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
}

/** Every folder of the catalog, so that a new entry is tested without being named here. */
const entries: readonly SampledUseCase[] = await Promise.all(
  readdirSync(permissions).map(async (folder) => {
    const entry = (await import(new URL(`${folder}/entry.ts`, permissions).href)) as Record<string, UseCase>;
    const cases = (await import(new URL(`${folder}/cases.ts`, permissions).href)) as Pick<SampledUseCase, 'samples'>;
    return { useCase: Object.values(entry)[0]!, samples: cases.samples };
  }),
);

/** The options of a sample with every word of every choice and both states of every switch, in all pairs of changes. */
function* cellsOf({ useCase, samples }: SampledUseCase): Generator<Readonly<Record<string, unknown>>> {
  const changes = Object.entries(useCase.options).flatMap(([name, option]): Record<string, unknown>[] =>
    kindOf(option)
      .settings(option)
      .map((value) => ({ [name]: value })),
  );
  for (const { options } of samples) {
    yield options;
    for (const [index, one] of changes.entries()) {
      yield { ...options, ...one };
      for (const other of changes.slice(index + 1)) yield { ...options, ...one, ...other };
    }
  }
}

describe.each(entries.map((entry) => [entry.useCase.id, entry] as const))('%s', (_, entry) => {
  test('no policy of any cell has an error or a warning that the notes do not say', async () => {
    const seen = new Set<string>();
    for (const options of cellsOf(entry)) {
      const { document, problems, resolved } = tryBuild(entry.useCase, options);
      const text = JSON.stringify(document);
      // Options that contradict each other build nothing.
      if (problems.length > 0 || seen.has(text)) continue;
      seen.add(text);
      const { reported, unclear } = await checkPolicy({ name: '', documents: [document] }, 'cell', reference);
      expect(unclear).toEqual([]);
      const said = new Set(listNotes(entry.useCase, resolved));
      const rules = new Set((entry.useCase.notes ?? []).filter(({ say }) => said.has(say)).map(({ code }) => code));
      const bad = reported.filter(({ finding }) => finding.level !== 'note' && !rules.has(finding.rule));
      expect(
        bad.map(({ finding }) => `${finding.path}: ${finding.message} [${finding.rule}]`),
        JSON.stringify(options),
      ).toEqual([]);
    }
    expect(seen.size).toBeGreaterThan(entry.samples.length);
  }, 60_000);
});
