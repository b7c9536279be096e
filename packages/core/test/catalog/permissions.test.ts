import { describe, expect, test } from 'vitest';
import { listPermissions, tryBuild } from '../../src/index.js';
import { holds } from '../../src/use-case/predicate.js';
import { roundsOf, seed } from '../access/compare/rounds.js';
import { Random } from '../access/random.js';
import { drawOptions } from '../use-case/infer/random-options.js';
import { entries } from './entries.js';

describe.each(entries.map((entry) => [entry.folder, entry] as const))('%s', (_, { useCase, samples }) => {
  test('has a permission exactly where its `when` says so', () => {
    const random = new Random(seed);
    const drawn = Array.from({ length: roundsOf(200) }, () => drawOptions(useCase, random));
    let looked = 0;
    for (const options of [...samples.map((sample) => sample.options), ...drawn]) {
      const { document, resolved, problems } = tryBuild(useCase, options);
      if (problems.length > 0) continue;
      const given = new Set(document.Statement.flatMap(({ Sid, Action = [] }) => Action.map((one) => `${Sid} ${one}`)));
      for (const { sid, action, when } of listPermissions(useCase)) {
        const said = when === undefined || holds(when, (option) => resolved.values[option]);
        expect([sid, action, given.has(`${sid} ${action}`), options]).toEqual([sid, action, said, options]);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(0);
  });
});
