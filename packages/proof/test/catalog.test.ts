import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { untestedSwitches, useCases, type Request } from '@postern/core';
import { openCell } from '../src/cell.js';
import { findNeighbours } from '../src/neighbours.js';
import { proofPlans } from '../src/plans.js';

interface UntypedCase {
  readonly actions: readonly string[];
  readonly resource: string;
  readonly context?: Request['context'];
}

interface UntypedSample {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly allows: readonly UntypedCase[];
}

const folder = new URL('../../core/src/catalog/permissions/', import.meta.url);
const samples = new Map<string, readonly UntypedSample[]>();
for (const id of readdirSync(folder)) {
  const cases = (await import(new URL(`${id}/cases.ts`, folder).href)) as {
    readonly samples: readonly UntypedSample[];
  };
  samples.set(id, cases.samples);
}

const requestsOf = (cases: readonly UntypedCase[]): Request[] =>
  cases.flatMap(({ actions, resource, context }) =>
    actions.map((action) => ({ action, resource, ...(context === undefined ? {} : { context }) })),
  );

describe.each(useCases)('$id', (useCase) => {
  const own = samples.get(useCase.id)!;
  const plan = proofPlans.find((one) => one.useCase.id === useCase.id)!;

  test('every `when` is false in some cell of its plan', () => {
    const given = plan.cells.map(({ options }) => options);
    expect(untestedSwitches(plan.useCase, given)).toEqual([]);
  });

  test.each(own)('sample $name allows nothing near to what its cases allow', (sample) => {
    const use = {
      cell: openCell(useCase, sample.name, sample.options),
      asked: [{ requests: requestsOf(sample.allows), besides: [] }],
    };
    expect(findNeighbours(useCase, [use], plan.ownBelow)).toEqual([]);
  });
});
