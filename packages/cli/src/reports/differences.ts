import { compare, parse, type DocumentSource, type PolicyDocument, type Witness } from '@postern/core';

/** More are not looked for: the first ones tell what happened. */
const mostActions = 200;

/**
 * What one side allows and the other does not, action by action: a witness for each action, or pattern of actions, that
 * the side names. Each is asked on its own, with everything else denied.
 * @param first a witness that is known already
 */
export function listGains(
  from: readonly DocumentSource[],
  to: readonly DocumentSource[],
  first: Witness | null,
): Witness[] {
  if (first === null) return [];
  const found = new Map<string, Witness>();
  const add = (witness: Witness): unknown => found.set(`${witness.action.toLowerCase()} ${witness.resource}`, witness);
  for (const action of actionsOf(to).slice(0, mostActions)) {
    const { gained } = compare(from, [...to, onlyAction(action)]);
    if (gained !== null) add(gained);
  }
  if (found.size === 0) add(first);
  return [...found.values()];
}

/** Denies every action but one, or one pattern. */
export function onlyAction(action: string): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', NotAction: [action], Resource: ['*'] }] };
}

/** The actions that Allow statements name, in order, each once. */
export function actionsOf(documents: readonly DocumentSource[]): string[] {
  const actions = documents.flatMap((source) => {
    const statements = parse(source).document?.Statement ?? [];
    return statements.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? (Action ?? []) : []));
  });
  return [...new Map(actions.map((action) => [action.toLowerCase(), action])).values()];
}
