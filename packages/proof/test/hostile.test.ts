import { expect, test } from 'vitest';
import { runProof } from '../src/run-proof.js';
import type { HostileRequest, ProofPlan, Scenario } from '../src/scenario.js';
import { secretsReadProof } from '../src/use-cases/secrets-read/plan.js';

/** A job that does nothing, so that the hostile requests are all that is sent. */
const nothing: Scenario = {
  name: 'nothing',
  title: 'nothing',
  applies: () => true,
  prepare: () => {},
  steps: () => [],
};

test('a hostile request is sent once with its fence and once without it, though a condition and a request ask for both', async () => {
  const sent = new Map<HostileRequest, number>();
  const hostile = secretsReadProof.hostile.map(
    (request): HostileRequest => ({
      ...request,
      send: (call, options) => {
        sent.set(request, (sent.get(request) ?? 0) + 1);
        return request.send(call, options);
      },
    }),
  );
  const plan: ProofPlan = { ...secretsReadProof, scenarios: [nothing], hostile };
  const proof = await runProof(plan, { tools: {} });
  const conditions = proof.atoms.filter(({ atom }) => atom.kind === 'condition');
  expect(conditions.length).toBeGreaterThan(3);
  expect(conditions.filter(({ outcome }) => outcome !== 'replayed').map(({ atom }) => atom.name)).toEqual([]);
  expect(proof.hostile.filter(({ outcome }) => outcome !== 'refused')).toEqual([]);
  const names = [...sent].flatMap(([{ name }, times]) => (times === 2 ? [] : [`${name}: ${times}`]));
  expect(names).toEqual([]);
  expect(sent.size).toBe(hostile.length);
});
