import type { AnyEntry, Explanation, PolicyDocument } from '@postern/core';
import type { WholeRoles } from '../roles/whole-roles.js';

/** What there is to print. */
export interface Generated {
  readonly useCase: AnyEntry;
  /** The options as they were given, by their camelCase names. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly document: PolicyDocument;
  /** The document divided into several, where that was asked for; they take its place. */
  readonly parts?: readonly PolicyDocument[];
  /** Empty where nobody asked for them. */
  readonly explanations: readonly Explanation[];
  /** What the managed policy, or the role, is called. */
  readonly name: string;
}

/** The policies to print with their names, of which the first is that of the whole: one more changes no other. */
export function policiesOf({
  document,
  parts,
  name,
}: Generated): { document: PolicyDocument; name: string; suffix: string }[] {
  return (parts ?? [document]).map((part, index) => {
    const suffix = index === 0 ? '' : String(index + 1);
    return { document: part, name: suffix === '' ? name : `${name}-${suffix}`, suffix };
  });
}

/** An output format. It stands in `formats/<word>.ts`, and is loaded when it is asked for. */
export interface Format {
  /** Where its word stands among those of the others: the lower the earlier. */
  readonly place: number;
  /** What files of it end with, without the dot. */
  readonly extension: string;
  /** Whether a file of it holds one role, or one pair. */
  readonly alone?: true;
  /** Whether a file of it may hold roles of several accounts. */
  readonly acrossAccounts?: true;
  /** Whether account, region and partition must be known; otherwise the format has symbols for them. */
  readonly needsPlace: boolean;
  /** Whether it makes a managed policy, which has a quota. */
  readonly managed: boolean;
  /** Whether it prints the reasons beside the lines. */
  readonly explains?: true;
  print(generated: Generated): string;
  /** Prints a role with the document as its trust policy; absent where the document alone is printed. */
  readonly role?: (generated: Generated) => string;
  /** Prints whole roles: their trust policies, permissions and boundaries. */
  readonly whole: (generated: WholeRoles) => string;
  /** Prints the roles of several environments, by their names, as one text that makes those of one; absent where none can. */
  readonly everywhere?: (byEnvironment: ReadonlyMap<string, WholeRoles>) => string;
}
