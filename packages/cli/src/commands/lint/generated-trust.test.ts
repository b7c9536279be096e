import { readdirSync } from 'node:fs';
import { kindOf, listNotes, tryBuild, type TrustEntry } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { checkPolicy } from '../../lint/check.js';
import { ServiceReference } from '../../lint/service-reference.js';

const reference = await ServiceReference.load();
const folder = new URL('../../../../core/src/catalog/trust/', import.meta.url);

interface SampledTrust {
  readonly entry: TrustEntry;
  readonly samples: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
}

/** Every folder of the catalog, so that a new entry is tested without being named here. */
const trusts: readonly SampledTrust[] = await Promise.all(
  readdirSync(folder).map(async (id) => {
    const exports = (await import(new URL(`${id}/entry.ts`, folder).href)) as Record<string, TrustEntry>;
    const cases = (await import(new URL(`${id}/cases.ts`, folder).href)) as Pick<SampledTrust, 'samples'>;
    return { entry: Object.values(exports)[0]!, samples: cases.samples };
  }),
);

/** The options of a sample, with each word of each choice, each switch turned, and each option left out. */
function* cellsOf({ entry, samples }: SampledTrust): Generator<Readonly<Record<string, unknown>>> {
  const changes = Object.entries(entry.options).flatMap(([name, option]): Record<string, unknown>[] => {
    const settings = kindOf(option).settings(option);
    return (settings.length > 0 ? settings : [undefined]).map((value) => ({ [name]: value }));
  });
  for (const { options } of samples) {
    yield options;
    for (const [index, one] of changes.entries()) {
      yield { ...options, ...one };
      for (const other of changes.slice(index + 1)) yield { ...options, ...one, ...other };
    }
  }
}

describe.each(trusts.map((found) => [found.entry.id, found] as const))('%s', (_, found) => {
  test('of no cell the linter says what the notes do not say', async () => {
    const { entry } = found;
    const seen = new Set<string>();
    for (const options of cellsOf(found)) {
      const { document, problems, resolved } = tryBuild(entry, options);
      const text = JSON.stringify(document);
      // Options that contradict each other build nothing.
      if (problems.length > 0 || seen.has(text)) continue;
      seen.add(text);
      const { reported, unclear } = await checkPolicy({ name: '', documents: [document] }, 'cell', reference);
      expect(unclear).toEqual([]);
      const said = new Set(listNotes(entry, resolved));
      const codes = new Set((entry.notes ?? []).filter(({ say }) => said.has(say)).map(({ code }) => code));
      const bad = reported.filter(({ finding }) => finding.level !== 'note' && !codes.has(finding.code));
      expect(
        bad.map(({ finding }) => `${finding.path}: ${finding.message} [${finding.rule} ${finding.code}]`),
        JSON.stringify(options),
      ).toEqual([]);
    }
    expect(seen.size).toBeGreaterThanOrEqual(found.samples.length);
  }, 120_000);
});
