import { expect, test } from 'vitest';
import { trustEntries, useCases, type Option, type Refusal } from '../../src/index.js';

/** An entry as far as its texts are concerned. */
interface ToldEntry {
  readonly id: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly refuse?: readonly Refusal[] | undefined;
}

const catalogs: readonly (readonly ToldEntry[])[] = [useCases, trustEntries];

/** What is said of texts that an option refuses, and of those that it asks for. */
function textsOf(option: Option): readonly string[] {
  if (!('form' in option)) return [];
  const { says, refuse = [] } = option.form;
  return [says, ...refuse.flatMap(({ say, here = '' }) => [say, here])];
}

const cells = catalogs.flatMap((catalog) =>
  catalog.map((entry) => [entry.id, entry, new Set(catalog.flatMap(({ options }) => Object.keys(options)))] as const),
);

test.each(cells)('what %s says of a text that it refuses names no option of another entry', (_, { options }, all) => {
  const isForeign = (name: string) => all.has(name) && !Object.hasOwn(options, name);
  const told = Object.entries(options).flatMap(([option, about]) =>
    textsOf(about).map((text) => ({ option, text, names: text.match(/(?<=`)[A-Za-z0-9]+(?=`)/g) ?? [] })),
  );
  expect(told.filter(({ names }) => names.some(isForeign))).toEqual([]);
});

// Hosts write options as flags and variables, and help stands as it is; a setting of a client is written as the client has it.
test.each(cells)('the help of %s calls no option by its name', (_, { options }) => {
  const named = Object.values(options).flatMap(({ help }) =>
    (help.match(/(?<=`)[A-Za-z0-9]+(?=`)/g) ?? []).filter((name) => Object.hasOwn(options, name)),
  );
  expect(named).toEqual([]);
});

// What is missing gets an example from the engine.
test.each(cells)('every refusal of %s says what to do', (_, { refuse = [] }) => {
  expect(refuse.filter(({ say }) => !/^missing\b|: |, so (?:give|leave) /.test(say))).toEqual([]);
});
