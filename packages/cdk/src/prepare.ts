import type { Entry, Host, Problem } from '@postern/core';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { fill } from './known.js';
import { convert } from './options.js';
import { isLater, piecesOf } from './text.js';

/** Options as core takes them, and what a user should hear about them. */
export interface PreparedOptions {
  readonly options: Record<string, unknown>;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads constructs and tokens in the options of an entry, and fills up what its constructs know. */
export function prepare(entry: Entry, given: Readonly<Record<string, unknown>>, scope: IConstruct): PreparedOptions {
  const { options, notes, warnings, problems } = fill(entry, given, scope);
  const converted = convert(entry, options, scope);
  return { options: converted.options, notes, warnings, problems: [...problems, ...converted.problems] };
}

/** What CDK tells core: which values are known only later, and where the stack is. */
export function hostOf(scope: IConstruct): Host {
  const { account, region, partition, urlSuffix } = Stack.of(scope);
  return { deferred: isLater, pieces: piecesOf, place: { account, region, partition }, dnsSuffix: urlSuffix };
}

/** The problems of constructs and tokens, and those of core about anything else. */
export function withBuilt(own: readonly Problem[], built: readonly Problem[]): Problem[] {
  const reported = new Set(own.map(({ path }) => path));
  return [...own, ...built.filter(({ path }) => !reported.has(path))];
}

/** Tells the user of the CDK CLI. */
export function annotate(scope: IConstruct, notes: readonly string[], warnings: readonly string[]): void {
  // As `Annotations.addInfo` does, but without a stack trace for each note: the path says where, and traces take a third of the time.
  for (const note of new Set(notes)) scope.node.addMetadata('aws:cdk:info', note);
  for (const warning of warnings) Annotations.of(scope).addWarningV2('@postern/cdk:disagree', warning);
}
