import type { Rules } from './rules.js';

/** Operations that ask for each item by itself, so that no rule tells their action. */
const byItem: Readonly<Record<string, string>> = { 's3:DeleteObjects': 's3:DeleteObject' };

/** Services whose actions are not called as their operations: only what the rules know is known of them. */
const namedOtherwise = new Set(['s3', 's3-control', 's3express', 'apigateway', 'execute-api']);

/** The action that an operation is named after, or the first one that it asks for; undefined where it is not known. */
export function actionOf(rules: Rules, service: string, operation: string): string | undefined {
  const checks = rules.listChecks(service, operation);
  const known = checks.find(({ action }) => action.endsWith(`:${operation}`)) ?? checks[0];
  return (
    known?.action ??
    byItem[`${service}:${operation}`] ??
    (namedOtherwise.has(service) ? undefined : `${service}:${operation}`)
  );
}
