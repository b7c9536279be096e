import { describe, expect, test } from 'vitest';
import { detections } from '../../src/catalog/detections.js';
import { tryBuild, useCases, type SignCondition, type UseCase, type ValueSource } from '../../src/index.js';

/** How the names of events are spelled. */
const spelled =
  /^(\$ [A-Za-z0-9_.+-]+( [a-z0-9][A-Za-z0-9_:.-]*)*|uses [\w.-]+\/[\w./-]+|orb [\w-]+\/[\w-]+\/[\w-]+|pipe [\w-]+\/[\w-]+|task [A-Za-z0-9]+|plugin [\w./-]+|jenkins [A-Za-z0-9]+|docker credential [a-z-]+|buildspec [a-z-]+|template [\w./-]+|container)\*?$/;

function namesIn(condition: SignCondition | undefined): readonly string[] {
  if (condition === undefined) return [];
  if ('beside' in condition) return [...condition.beside, ...namesIn(condition.that)];
  if ('all' in condition) return condition.all.flatMap(namesIn);
  if ('any' in condition) return condition.any.flatMap(namesIn);
  return 'not' in condition ? namesIn(condition.not) : [];
}

const entries = (useCases as readonly UseCase[]).flatMap((useCase) => {
  const detection = detections[useCase.id];
  return detection === undefined ? [] : [{ id: useCase.id, useCase, detection }];
});

test('every entry says in `detect.ts` what in a repository shows it', () => {
  expect(Object.keys(detections)).toEqual(useCases.map(({ id }) => id));
});

describe.each(entries)('$id', ({ useCase, detection }) => {
  test('something shows it', () => {
    expect(detection.signs.filter(({ strength }) => strength !== 'part')).not.toEqual([]);
  });

  test('signs are spelled as the reader names events', () => {
    const names = detection.signs.flatMap(({ on, when }) => [...on, ...namesIn(when)]);
    expect(names.filter((name) => !spelled.test(name))).toEqual([]);
  });

  test('signs give options that the entry has', () => {
    const given = detection.signs.flatMap(({ options = {}, sets = {} }) => [
      ...Object.keys(options),
      ...Object.keys(sets),
    ]);
    expect(given.filter((name) => !Object.hasOwn(useCase.options, name))).toEqual([]);
  });

  test('what signs set is a value that the option takes', () => {
    for (const { sets = {} } of detection.signs) {
      const problems = tryBuild(useCase, sets).problems.filter(({ path }) => Object.hasOwn(sets, path));
      expect({ sets, problems }).toEqual({ sets, problems: [] });
    }
  });

  test('arguments are counted from the words behind a name, so the names of such a sign have as many words as it says', () => {
    const counted = (sources: ValueSource | readonly ValueSource[]) =>
      [sources].flat().some((source) => 'argument' in (source as ValueSource));
    const signs = detection.signs.filter(({ options = {} }) => Object.values(options).some(counted));
    expect(signs.filter(({ on }) => on.some((name) => name.startsWith('uses ')))).toEqual([]);
  });
});
