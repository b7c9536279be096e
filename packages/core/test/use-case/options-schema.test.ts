import { describe, expect, test } from 'vitest';
import { hasForm, kindOf, optionsSchema, tryBuild, type Option } from '../../src/index.js';
import { Random } from '../access/random.js';
import { roundsOf, seed } from '../access/compare/rounds.js';
import { entries } from '../catalog/entries.js';
import { drawOptions } from './infer/random-options.js';
import { accepts } from './schema-reader.js';

/** Values that some option takes and others do not. */
function valuesFor(option: Option): unknown[] {
  const example = hasForm(option) ? option.form.example : 'x';
  const arn = 'arn:aws:s3:::acme';
  const names = [
    example,
    `${example}*`,
    `${example}?`,
    '*',
    '',
    ' ',
    'a\n',
    `${example}\n`,
    'ä',
    '${aws:username}',
    'x'.repeat(3000),
    arn,
  ];
  const items = [...names, null, 1, true, {}, [], { name: example }, { arn }, { arn, name: 'acme' }, { name: 1 }];
  const others = [{ name: example, more: 1 }, { name: example, place: { region: 'eu-west-1' } }, { place: {} }];
  const all = [...items, ...others];
  return [
    ...all,
    ...all.map((item) => [item]),
    [example, example],
    [example, `${example}2`],
    ...kindOf(option).settings(option),
  ];
}

describe.each(entries.map((entry) => [entry.folder, entry] as const))('the schema of %s', (_, { useCase, samples }) => {
  const schema = optionsSchema(useCase);

  test('takes every sample and random options, as JSON', () => {
    const random = new Random(seed);
    const drawn = Array.from({ length: roundsOf(40) }, () => drawOptions(useCase, random));
    for (const options of [...samples.map((sample) => sample.options), ...drawn])
      expect(accepts(schema, JSON.parse(JSON.stringify(options))), JSON.stringify(options)).toBe(true);
  });

  test('takes whatever builds, and refuses nothing else than what is refused by build', () => {
    let [taken, refused] = [0, 0];
    for (const { options } of samples) {
      for (const [name, option] of Object.entries(useCase.options)) {
        for (const value of valuesFor(option)) {
          const changed = { ...options, [name]: value };
          const problems = tryBuild(useCase, changed).problems.filter(({ path }) => path.startsWith(name));
          const accepted = accepts(schema, changed);
          if (problems.length === 0) expect(accepted, JSON.stringify(changed)).toBe(true);
          if (accepted) taken += 1;
          else refused += 1;
        }
      }
    }
    expect(taken).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });

  test('names what is required and no other options', () => {
    expect(accepts(schema, { ...samples[0]?.options, unknown: 'x' })).toBe(false);
    for (const name of schema.required ?? []) {
      const rest = Object.entries(samples[0]?.options ?? {}).filter(([other]) => other !== name);
      expect(accepts(schema, Object.fromEntries(rest)), name).toBe(false);
      expect(tryBuild(useCase, Object.fromEntries(rest)).problems.map(({ path }) => path)).toContain(name);
    }
  });

  test('refuses values of another type', () => {
    for (const [name, option] of Object.entries(useCase.options)) {
      const property = schema.properties?.[name] ?? {};
      for (const value of [1, Symbol.iterator, () => 1]) expect(accepts(property, value), name).toBe(false);
      expect(accepts(property, kindOf(option).example(option)), name).toBe(true);
    }
  });
});
