import { describe, expect, test } from 'vitest';
import type { TokenCase } from '../../../src/catalog/tokens.js';
import {
  compare,
  listAtoms,
  listSwitches,
  optionsThatShow,
  tryBuild,
  type Atom,
  type Switch,
  type TrustEntry,
} from '../../../src/index.js';
import { askedBy, letsIn } from './ask.js';
import { trusts, type AnyTrustSample } from './entries.js';

const isLetIn = (entry: TrustEntry, sample: AnyTrustSample, one: TokenCase): boolean =>
  letsIn(tryBuild(entry, sample.options).document, askedBy(sample, one));

/** A condition keeps somebody out; everything else lets somebody in. */
function isNoticed({ without, kind }: Atom<TrustEntry>, samples: readonly AnyTrustSample[]): boolean {
  return samples.some((sample) =>
    kind === 'condition'
      ? sample.hostile.some((one) => isLetIn(without, sample, one))
      : sample.honest.some((one) => !isLetIn(without, sample, one)),
  );
}

/** Those that some request can show: elsewhere the entry refuses the options. */
function switchesOf(entry: TrustEntry, samples: readonly AnyTrustSample[]): Switch<TrustEntry>[] {
  const given = samples.map(({ options }) => options);
  return listSwitches(entry).filter((one) =>
    optionsThatShow(one, entry, given).some((options) => {
      const build = (other: TrustEntry) => tryBuild(other, options).document;
      return compare(build(entry), build(one.always)).relation !== 'equal';
    }),
  );
}

function turns({ always }: Switch<TrustEntry>, sample: AnyTrustSample): boolean {
  return (
    sample.hostile.some((one) => isLetIn(always, sample, one)) ||
    sample.honest.some((one) => !isLetIn(always, sample, one))
  );
}

describe.each(trusts)('$id', ({ entry, samples, refused }) => {
  describe.each(samples)('sample $name', (sample) => {
    test('builds without problems', () => {
      expect(tryBuild(entry, sample.options).problems).toEqual([]);
    });

    test.each(sample.honest)('lets in: $why', (one) => {
      expect(isLetIn(entry, sample, one)).toBe(true);
    });

    test.each(sample.hostile)('keeps out: $why', (one) => {
      expect(isLetIn(entry, sample, one)).toBe(false);
    });

    test.each(sample.alike ?? [])('cannot tell: $why', (one) => {
      expect(isLetIn(entry, sample, one)).toBe(true);
      expect(entry.widenings ?? []).not.toEqual([]);
    });
  });

  test.each(refused)('refuses $name', ({ options, says }) => {
    const { problems } = tryBuild(entry, options);
    expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      typeof says === 'string' ? says : expect.stringMatching(says),
    ]);
  });

  test.each(listAtoms(entry).map((atom) => [atom.name, atom] as const))('%s is needed by some token', (_, atom) => {
    expect(isNoticed(atom, samples)).toBe(true);
  });

  test.each(switchesOf(entry, samples).map((one) => [one.name, one] as const))(
    'the `when` of %s is needed by some token',
    (_, one) => {
      expect(samples.some((sample) => turns(one, sample))).toBe(true);
    },
  );
});
