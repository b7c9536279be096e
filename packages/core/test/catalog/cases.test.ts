import { describe, expect, test } from 'vitest';
import type { Case, Sample } from '../../src/catalog/cases.js';
import {
  compare,
  decide,
  listAtoms,
  listSwitches,
  optionsThatShow,
  tryBuild,
  type Atom,
  type Decision,
  type OptionsOf,
  type StatementTemplate,
  type Switch,
  type UseCase,
} from '../../src/index.js';
import { entries } from './entries.js';

type AnySample = Sample<OptionsOf<UseCase>>;

function requestsOf(one: Case) {
  return one.actions.map((action) => ({ action, resource: one.resource, context: one.context ?? {} }));
}

function decisionsFor(useCase: UseCase, sample: AnySample, cases: readonly Case[]): Decision[] {
  const { document } = tryBuild(useCase, sample.options);
  return cases.flatMap(requestsOf).map((request) => decide(document, request));
}

/** Whether the entry without the part answers some case of some sample otherwise than it must. */
function isNoticed({ without, kind }: Atom, samples: readonly AnySample[]): boolean {
  return samples.some((sample) =>
    kind !== 'condition'
      ? decisionsFor(without, sample, sample.allows).some(({ decision }) => decision !== 'allowed')
      : decisionsFor(without, sample, sample.denies).some(({ decision }) => decision === 'allowed'),
  );
}

/** Those that some request can show: elsewhere the entry refuses the options, or another statement allows the same. */
function switchesOf(useCase: UseCase, samples: readonly AnySample[]): Switch[] {
  const given = samples.map(({ options }) => options);
  return listSwitches(useCase).filter((one) =>
    optionsThatShow(one, useCase, given).some((options) => {
      const build = (entry: UseCase) => tryBuild(entry, options as OptionsOf<UseCase>).document;
      return compare(build(useCase), build(one.always)).relation !== 'equal';
    }),
  );
}

/**
 * Whether a sample in which the `when` is false would be answered otherwise without it: a part that is always there allows
 * what must be refused, and a fence that is always there refuses what must be allowed.
 */
function turns({ always }: Switch, useCase: UseCase, sample: AnySample): boolean {
  const before = tryBuild(useCase, sample.options).document;
  if (JSON.stringify(before) === JSON.stringify(tryBuild(always, sample.options).document)) return false;
  return (
    decisionsFor(always, sample, sample.denies).some(({ decision }) => decision === 'allowed') ||
    decisionsFor(always, sample, sample.allows).some(({ decision }) => decision !== 'allowed')
  );
}

describe.each(entries)('$folder', ({ useCase, samples, refused }) => {
  describe.each(samples)('sample $name', (sample) => {
    test('builds without problems', () => {
      expect(tryBuild(useCase, sample.options).problems).toEqual([]);
    });

    test.each(sample.allows)('allows $actions on $resource: $why', (one) => {
      expect(decisionsFor(useCase, sample, [one]).map(({ decision }) => decision)).toEqual(
        one.actions.map(() => 'allowed'),
      );
    });

    test.each(sample.denies)('refuses $actions on $resource: $why', (one) => {
      expect(decisionsFor(useCase, sample, [one]).map(({ decision }) => decision)).toEqual(
        one.actions.map(() => 'implicitDeny'),
      );
    });
  });

  test.each(refused)('refuses $name', ({ options, says }) => {
    const { problems } = tryBuild(useCase, options as OptionsOf<UseCase>);
    expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      typeof says === 'string' ? says : expect.stringMatching(says),
    ]);
  });

  test.each(listAtoms(useCase))('$name is needed by some case', (atom) => {
    expect(isNoticed(atom, samples)).toBe(true);
  });

  test.each(switchesOf(useCase, samples))('the `when` of $name is needed by some case', (one) => {
    expect(samples.some((sample) => turns(one, useCase, sample))).toBe(true);
  });

  test.each(useCase.statements)('statement $sid has an allowed and a denied case', (statement) => {
    const deciding = samples
      .flatMap((sample) => decisionsFor(useCase, sample, sample.allows))
      .flatMap(({ statements }) => statements.map(({ sid }) => sid));
    expect(deciding).toContain(statement.sid);
    const denied = samples.flatMap((sample) => {
      const { document } = tryBuild(useCase, sample.options);
      return document.Statement.some(({ Sid }) => Sid === statement.sid) ? sample.denies.flatMap(requestsOf) : [];
    });
    expect(denied.filter((request) => isAtTheFenceOf(statement, request))).not.toEqual([]);
  });
});

/** One of its actions; for a statement on `*`, which no request with its action can escape, another action on `*`. */
function isAtTheFenceOf(
  statement: StatementTemplate,
  { action, resource }: { action: string; resource: string },
): boolean {
  if (action in statement.actions) return true;
  const services = Object.keys(statement.actions).map((own) => own.split(':')[0]);
  const unfenced = 'unscoped' in statement.resources && statement.conditions === undefined;
  return unfenced && resource === '*' && services.includes(action.split(':')[0]);
}
