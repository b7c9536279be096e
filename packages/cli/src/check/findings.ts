import {
  compare,
  explain,
  type DocumentSource,
  type Evidence,
  type PolicyDocument,
  type UseCase,
  type Witness,
} from '@postern/core';
import { listGains } from '../reports/differences.js';

/** A permission that the job needs and the policy does not give. */
export interface Missing {
  readonly action: string;
  /** The statement of the use case that brings it. */
  readonly sid: string;
  /** The step that will break: what the job needs the action for. */
  readonly step: string;
  /** A request of the job that is refused; null where it could not be found out whether it is. */
  readonly witness: Witness | null;
  readonly evidence: readonly Evidence[];
}

/** What {@link findFindings} found. */
export interface Findings {
  readonly missing: readonly Missing[];
  /** Requests that the policy allows and the job does not need. */
  readonly extra: readonly Witness[];
  /** Why something could not be told; empty where all is told. */
  readonly unknown: readonly string[];
}

/** Holds a policy against what a use case gives for the same options. */
export function findFindings(policy: readonly DocumentSource[], useCase: UseCase, needed: PolicyDocument): Findings {
  const unknown = new Set<string>();
  const missing: Missing[] = [];
  for (const { sid, actions, evidence } of explain(useCase, needed)) {
    const statement = needed.Statement.find(({ Sid }) => Sid === sid)!;
    for (const [action, step] of Object.entries(actions)) {
      const one = { ...needed, Statement: [{ ...statement, Action: [action] }] };
      const { gained, relation, reason } = compare(policy, one);
      if (relation === 'unknown' && reason !== null) unknown.add(reason);
      if (gained !== null) missing.push({ action, sid, step, witness: gained, evidence });
    }
  }
  const whole = compare(needed, policy);
  if (whole.reason !== null) unknown.add(whole.reason);
  return { missing, extra: listGains([needed], policy, whole.gained), unknown: [...unknown] };
}
