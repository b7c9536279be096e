import { tryBuild, type Host, type UseCase } from '@postern/core';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { attempt } from './resource.js';

/** Whether the CDK CLI still has to look something up for the app (`fromLookup`, `valueFromLookup`). */
export function awaitsLookup(scope: IConstruct): boolean {
  return scope.node.root.node.findAll().some((construct) => {
    const missing = (construct as { _missingContext?: unknown })._missingContext;
    return Array.isArray(missing) && missing.length > 0;
  });
}

/** What is wrong with options once lazy values are known, when the app is synthesized. */
export function checkResolved(useCase: UseCase, options: unknown, host: Host, scope: IConstruct): string[] {
  const resolved = resolveTexts(options, Stack.of(scope));
  const { problems } = tryBuild(useCase, resolved, host);
  return problems.map(({ path, message }) => `${useCase.id}: ${path}: ${message}`);
}

/** Puts each text that is known by now in the place of its token; what CloudFormation fills in stays. */
function resolveTexts(value: unknown, stack: Stack): unknown {
  if (typeof value === 'string') {
    if (!Token.isUnresolved(value)) return value;
    const resolved: unknown = attempt(() => stack.resolve(value));
    return typeof resolved === 'string' ? resolved : value;
  }
  if (Array.isArray(value)) return value.map((item) => resolveTexts(item, stack));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveTexts(item, stack)]));
}
