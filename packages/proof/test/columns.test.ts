import { beforeAll, describe, expect, test } from 'vitest';
import type { UseCase } from '@postern/core';
import { recordProof } from '../src/evidence.js';
import { runProof, type Proof } from '../src/run-proof.js';
import type { ProofPlan, Scenario, Step } from '../src/scenario.js';
import { terragruntProof } from '../src/use-cases/terragrunt/plan.js';
import { replayedScenarios } from './replayed-bootstrap.js';

const check = replayedScenarios.find(({ name }) => name === 'check')!;

/** A release that does not ask how the bucket is encrypted, and goes on where it may not read its versioning. */
const older: Scenario = {
  ...check,
  name: 'check of the older release',
  client: 'terragrunt-0.72',
  steps: (options) =>
    check
      .steps(options)
      .filter(({ name }) => name !== 'GetBucketEncryption')
      .map((step): Step => {
        if (step.name !== 'GetBucketVersioning') return step;
        return { ...step, run: (stage) => step.run(stage).catch(() => undefined) };
      }),
};
const newer: Scenario = { ...check, client: 'terragrunt' };

/** Only the newer release runs in the other cell: nothing that is only there is said of the older one. */
const cells = terragruntProof.cells
  .filter(({ name }) => name === 'check' || name === 'check with a logs bucket')
  .map((cell) => ({ ...cell, only: cell.name === 'check' ? [newer.name, older.name] : [newer.name] }));

/** What these scenarios look at is enough of the entry. */
const isLookedAt = ({ sid }: { readonly sid: string }) => sid === 'ListBucket' || sid.startsWith('Check');
const useCase: UseCase = {
  ...terragruntProof.useCase,
  statements: terragruntProof.useCase.statements.filter(isLookedAt),
};

const planOf = (scenarios: readonly Scenario[]): ProofPlan => ({
  ...terragruntProof,
  useCase,
  cells,
  scenarios,
  hostile: [],
  unshown: [],
});
const columnsOf = ({ columns }: Proof, atom: string) =>
  Object.fromEntries(columns.filter((column) => column.atom === atom).map(({ client, use }) => [client, use]));

describe('releases of a client', () => {
  let proof: Proof;
  beforeAll(async () => {
    proof = await runProof(planOf([newer, older]), { tools: {} });
  });

  test.each([
    ['ListBucket: s3:ListBucket', 'needs it', 'needs it'],
    ['CheckBucket: s3:GetEncryptionConfiguration', 'needs it', 'does not ask for it'],
    ['CheckBucket: s3:GetBucketVersioning', 'needs it', 'goes on without it'],
  ])('each has a column: %s', (atom, one, other) => {
    expect(columnsOf(proof, atom)).toEqual({ terragrunt: one, 'terragrunt-0.72': other });
  });

  test('nothing is said of a part where one of them did not run', () => {
    expect(proof.atoms.find(({ atom }) => atom.name === 'CheckBucket: s3:GetBucketLogging')?.outcome).toBe('replayed');
    expect(columnsOf(proof, 'CheckBucket: s3:GetBucketLogging')).toEqual({});
  });

  test('a part that breaks a run otherwise than by its refusal has no answer', async () => {
    const breaking: Scenario = {
      ...older,
      steps: (options) =>
        older.steps(options).map((step) => ({
          ...step,
          run: async (stage) => {
            const before = stage.sandbox.log.entries.length;
            await step.run(stage);
            const asked = stage.sandbox.log.entries.slice(before).flatMap((entry) => entry.checks);
            if (asked.some(({ decision }) => decision.decision !== 'allowed')) throw new Error('a bug of the client');
          },
        })),
    };
    const { unanswered } = await runProof(planOf([newer, breaking]), { tools: {} });
    expect(unanswered).toContainEqual(
      expect.objectContaining({ atoms: ['CheckBucket: s3:GetBucketVersioning'], cell: 'check' }),
    );
  });

  test('the columns are kept in the evidence; one release alone has none', async () => {
    const kept = recordProof({
      ...proof,
      atoms: proof.atoms.filter(({ outcome }) => outcome === 'replayed'),
      idle: [],
      neighbours: [],
      untested: [],
    });
    expect(kept.atoms.find(({ atom }) => atom === 'CheckBucket: s3:GetBucketVersioning')?.clients).toEqual({
      terragrunt: 'needs it',
      'terragrunt-0.72': 'goes on without it',
    });
    expect((await runProof(planOf([newer]), { tools: {} })).columns).toEqual([]);
  });
});
