import { readdirSync } from 'node:fs';
import { isTrustEntry, kindOf, type AnyEntry } from '@postern/core';
import { kebabCase } from '@postern/cli/browser';
import { run } from '@postern/cli';

/** An entry with its samples. */
export interface ShownEntry {
  readonly id: string;
  readonly path: string;
  readonly entry: AnyEntry;
  readonly samples: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
}

const catalog = new URL('../../../packages/core/src/catalog/', import.meta.url);

/** Every folder of the catalog, so that a new entry is tested without being named here. */
export async function findEntries(): Promise<ShownEntry[]> {
  const found = ['permissions', 'trust'].flatMap((sort) =>
    readdirSync(new URL(`${sort}/`, catalog)).map(async (id): Promise<ShownEntry> => {
      const folder = new URL(`${sort}/${id}/`, catalog);
      const entries = (await import(new URL('entry.ts', folder).href)) as Record<string, AnyEntry>;
      const cases = (await import(new URL('cases.ts', folder).href)) as Pick<ShownEntry, 'samples'>;
      const entry = Object.values(entries).find((one) => one.id === id)!;
      return { id, entry, samples: cases.samples, path: `${sort === 'trust' ? 'trust' : 'jobs'}/${id}.html` };
    }),
  );
  return Promise.all(found);
}

/** The options that differ from the defaults, in the order of the entry, as the form has them. */
export function withoutDefaults({ options }: AnyEntry, given: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name, option]) => given[name] !== undefined && given[name] !== kindOf(option).defaultOf(option))
      .map(([name]) => [name, given[name]]),
  );
}

/** What the command line prints for options, and what it says is wrong with them. */
export async function commandLine(
  entry: AnyEntry,
  options: Readonly<Record<string, unknown>>,
  format: string,
): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number }> {
  const flags = Object.entries(options).flatMap(([name, value]) =>
    kindOf(entry.options[name]!).written(kebabCase(name), value),
  );
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (written[name] += text),
    isTTY: false,
    columns: 100,
  });
  async function* stdin(): AsyncGenerator<string> {}
  const words = [isTrustEntry(entry) ? 'trust' : 'generate', entry.id, ...flags, '--format', format];
  const io = { stdin: stdin(), stdout: output('stdout'), stderr: output('stderr'), env: {} };
  return { code: await run(words, io, '1.2.3'), ...written };
}
