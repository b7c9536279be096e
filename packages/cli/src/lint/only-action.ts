import type { PolicyDocument } from '@postern/core';

/** Denies every action but one, or one pattern. */
export function onlyAction(action: string): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', NotAction: [action], Resource: ['*'] }] };
}
