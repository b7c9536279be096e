import type { Explanation, PolicyDocument, UseCase } from '@postern/core';

/** What there is to print. */
export interface Generated {
  readonly useCase: UseCase;
  /** The options as they were given, by their camelCase names. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly document: PolicyDocument;
  /** Empty where nobody asked for them. */
  readonly explanations: readonly Explanation[];
  /** What the managed policy is called. */
  readonly name: string;
}

/** An output format. */
export interface Format {
  /** Whether account, region and partition must be known; otherwise the format has symbols for them. */
  readonly needsPlace: boolean;
  /** Whether it makes a managed policy, which has a quota. */
  readonly managed: boolean;
  print(generated: Generated): Promise<string>;
}
