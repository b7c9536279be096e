import { commandLine, proofText } from '@postern/cli/browser';
import {
  describePredicate,
  isTrustEntry,
  isWhen,
  listPermissions,
  respell,
  type AnyEntry,
  type Evidence,
  type Explanation,
  type Predicate,
  type RecordedProof,
} from '@postern/core';
import type { LinePlace } from './lines.js';

/** Why a line is there. */
export interface LineReason {
  readonly sid: string;
  readonly title: string;
  readonly why: string;
  /** Under which options it is there, in the words of the command line. */
  readonly when: string;
  readonly evidence: readonly Evidence[];
  /** What runs showed of its parts; each is counted apart. */
  readonly proofs: readonly { readonly part: string; readonly text: string }[];
}

/** Says why a line of the policy of an entry is there. */
export function reasonOf(
  entry: AnyEntry,
  explanations: readonly Explanation[],
  place: LinePlace,
  proof: RecordedProof | undefined,
): LineReason | undefined {
  const explanation = explanations.find(({ sid }) => sid === place.sid);
  const statement = entry.statements.find(({ sid }) => sid === place.sid);
  if (explanation === undefined || statement === undefined) return undefined;
  const { sid, evidence } = explanation;
  const words = (predicate: Predicate | undefined) =>
    predicate === undefined ? 'always' : respell(describePredicate(predicate), entry, commandLine);
  const proven = (...parts: readonly string[]) => parts.map((part) => ({ part, text: proofText(proof, part) }));
  const partsOf = (kind: string) =>
    (proof?.atoms ?? []).map(({ atom }) => atom).filter((atom) => atom.startsWith(`${sid}: ${kind} `));
  const reason = (title: string, why: string, when: string, proofs: LineReason['proofs']): LineReason => ({
    sid,
    title,
    why,
    when,
    evidence,
    proofs,
  });
  if (place.action !== undefined) {
    const { action } = place;
    const permission = isTrustEntry(entry)
      ? undefined
      : listPermissions(entry).find((one) => one.sid === sid && one.action === action);
    const own = statement.actions[action];
    const when = permission?.when ?? (own !== undefined && isWhen(own) ? own.when : statement.when);
    return reason(action, explanation.actions[action] ?? '', words(when), proven(`${sid}: ${action}`));
  }
  if (place.condition !== undefined) {
    const { operator, key } = place.condition;
    const index = explanation.conditions.findIndex((one) => one.operator === operator && one.key === key);
    const found = explanation.conditions[index];
    const template = statement.conditions?.find(({ reason: said }) => said === found?.reason);
    const exact = typeof template?.operator === 'object' ? template.operator.exact : template?.operator;
    const atoms = template === undefined ? [] : [`${sid}: condition ${exact} ${template.key}`];
    return reason(`${operator} ${key}`, found?.reason ?? '', words(template?.when ?? statement.when), proven(...atoms));
  }
  if (place.principal !== undefined && explanation.principal !== undefined) {
    const { type, reason: why } = explanation.principal;
    return reason(`Principal ${type}`, why, words(statement.when), proven(...partsOf('principal')));
  }
  if (place.resource !== undefined) {
    const why = explanation.unscoped ?? 'what the actions of this statement are limited to';
    return reason('Resource', why, words(statement.when), proven(...partsOf('resource')));
  }
  const actions = Object.keys(explanation.actions);
  const why =
    actions.length === 1
      ? `one action: ${explanation.actions[actions[0]!]}`
      : `${actions.length} actions, each with a reason of its own`;
  return reason(`Statement ${sid}`, why, words(statement.when), proven(sid));
}
