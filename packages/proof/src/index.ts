export { compareRecords, findingsOf, notRun, recordProof, toolsUsed } from './evidence.js';
export { proofPlans } from './plans.js';
export { toolsOfPlan } from './tools-of-plan.js';
export { runProof } from './run-proof.js';
/** @deprecated `prove` is the command: use `runProof`. */
export { runProof as prove } from './run-proof.js';
export type { AtomResult, Proof } from './run-proof.js';
export type { CellOptions, HostileRequest, Idle, ProofPlan, Scenario, Step, Unshown } from './scenario.js';
export { proveTrust } from './trust/prove-trust.js';
export type { TrustHostile, TrustProof, TrustProofSettings } from './trust/prove-trust.js';
export { recordTrustProof } from './trust/record.js';
export type { AnyTrustSample } from './trust/sample.js';
