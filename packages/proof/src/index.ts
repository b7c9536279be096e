export { compareRecords, findingsOf, notRun, recordProof, toolsUsed } from './evidence.js';
export { proofPlans } from './plans.js';
export { prove } from './prove.js';
export type { AtomResult, Proof } from './prove.js';
export type { CellOptions, HostileRequest, Idle, ProofPlan, Scenario, Step, Unshown } from './scenario.js';
