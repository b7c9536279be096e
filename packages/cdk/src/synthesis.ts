import { OptionsError, type Problem } from '@postern/core';
import { Annotations, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { attempt } from './resource.js';

/**
 * Throws every problem, with where the construct stands. The values of look-ups are dummies until the CDK CLI has looked; it
 * does so only where the app ends well, and so they are warned of only.
 * @param path the path of the construct that is made
 * @param id what the options are of
 */
export function refuse(scope: IConstruct, path: string, id: string, problems: readonly Problem[]): void {
  const error = new OptionsError(id, problems);
  error.message = `${path}: ${error.message}`;
  if (!awaitsLookup(scope)) throw error;
  Annotations.of(scope).addWarningV2(
    '@postern/cdk:lookup',
    `a look-up is outstanding, and its dummy value is refused: ${error.message}`,
  );
}

/** Whether the CDK CLI still has to look something up for the app (`fromLookup`, `valueFromLookup`). */
function awaitsLookup(scope: IConstruct): boolean {
  return scope.node.root.node.findAll().some((construct) => {
    const missing = (construct as { _missingContext?: unknown })._missingContext;
    return Array.isArray(missing) && missing.length > 0;
  });
}

/**
 * Options, or what holds some, with each text that is known by now, when the app is synthesized, in the place of its token;
 * what CloudFormation fills in stays. The value itself where nothing in it is another by then.
 */
export function resolveTexts<Value>(value: Value, scope: IConstruct): Value {
  return resolveIn(value, Stack.of(scope)) as Value;
}

function resolveIn(value: unknown, stack: Stack): unknown {
  if (typeof value === 'string') {
    if (!Token.isUnresolved(value)) return value;
    const resolved: unknown = attempt(() => stack.resolve(value));
    return typeof resolved === 'string' ? resolved : value;
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => resolveIn(item, stack));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, item, resolveIn(item, stack)] as const);
  if (entries.every(([, item, resolved]) => item === resolved)) return value;
  return Object.fromEntries(entries.map(([key, , resolved]) => [key, resolved]));
}
