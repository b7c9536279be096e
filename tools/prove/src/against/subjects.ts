import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedProof } from '@postern/core';
import { proofPlans } from '@postern/proof';
import { findTools, toolNames, type FoundTools } from '@postern/proof/clients';
import { folderOf, loadTrust, trustIds } from '../trust.js';
import type { ProofSubject } from './parts.js';

/** Every proof of the repository. */
export async function readSubjects(root: string): Promise<ProofSubject[]> {
  const evidenceOf = (id: string) => readJson(join(root, folderOf(id), 'evidence.json')) as RecordedProof | undefined;
  const plans = proofPlans.map(
    (plan): ProofSubject => ({ id: plan.useCase.id, plan, evidence: evidenceOf(plan.useCase.id) }),
  );
  const trusts = await Promise.all(
    trustIds.map(async (id): Promise<ProofSubject> => ({ id, ...(await loadTrust(id)), evidence: evidenceOf(id) })),
  );
  return [...plans, ...trusts];
}

/** What is found here of the clients that ran in proofs. */
export function findClients(subjects: readonly ProofSubject[], env: NodeJS.ProcessEnv): Promise<FoundTools> {
  const used = new Set(subjects.flatMap(({ evidence }) => Object.keys(evidence?.tools ?? {})));
  return findTools(
    {},
    env,
    toolNames.filter((name) => used.has(name)),
  );
}

/** A file of JSON; undefined where there is none, null where it is no JSON. */
export function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
