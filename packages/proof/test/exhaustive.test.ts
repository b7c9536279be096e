import { describe, expect, test } from 'vitest';
import type { UseCase } from '@postern/core';
import { compareRecords, recordProof } from '../src/evidence.js';
import { runProof, type Proof } from '../src/run-proof.js';
import type { ProofPlan } from '../src/scenario.js';
import { terragruntProof } from '../src/use-cases/terragrunt/plan.js';
import { replayedScenarios } from './replayed-bootstrap.js';

/** What one replayed scenario looks at in two cells, with the hostile requests about it. */
const isLookedAt = ({ sid }: { readonly sid: string }) => sid === 'ListBucket' || sid.startsWith('Check');
const useCase: UseCase = {
  ...terragruntProof.useCase,
  statements: terragruntProof.useCase.statements.filter(isLookedAt),
};
const plan: ProofPlan = {
  ...terragruntProof,
  useCase,
  cells: terragruntProof.cells.filter(({ name }) => name === 'check' || name === 'check with a logs bucket'),
  scenarios: replayedScenarios.filter(({ name }) => name === 'check'),
  hostile: terragruntProof.hostile.filter(isLookedAt),
  unshown: [],
};

/** Two cells leave switches untested, which a plan must not; that is no part of the evidence. */
const evidenceOf = (proof: Proof) => recordProof({ ...proof, untested: [] });

describe('an exhaustive proof', async () => {
  const usual = await runProof(plan, { tools: {} });
  const whole = await runProof(plan, { tools: {}, exhaustive: true });

  test('sends hostile requests in every cell', () => {
    expect(new Set(usual.hostile.map(({ request }) => request)).size).toBe(usual.hostile.length);
    expect(whole.hostile.length).toBeGreaterThan(usual.hostile.length);
  });

  test('gives the same evidence as a usual one', () => {
    expect(compareRecords(evidenceOf(usual), evidenceOf(whole)).differences).toEqual([]);
    expect(evidenceOf(whole)).toEqual(evidenceOf(usual));
  });
});
