import type { ReadDenial } from './denial.js';

/** What was refused, in a few words: the action and its resource, or the operation or service where no action is known. */
export function headingOf({ action, resource, operation, service, problem }: ReadDenial): string {
  if (problem !== undefined && resource === undefined) return action ?? 'No session';
  if (action !== undefined) return `${action} on ${resource ?? 'a resource the message does not name'}`;
  if (operation !== undefined) return `The operation ${operation}${service === undefined ? '' : ` of ${service}`}`;
  return service === undefined ? 'A refusal without an action' : `A refusal of ${service} without an action`;
}
