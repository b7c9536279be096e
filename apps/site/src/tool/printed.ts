import {
  describeParts,
  describeSize,
  describeTrustSize,
  InputError,
  openKeys,
  oversizeProblems,
  oversizeTrustProblems,
  placeNotes,
  symbolicPlace,
  commandLine,
  typicalDocument,
  usualPartition,
  type Format,
} from '@postern/cli/browser';
import {
  explain,
  isTrustEntry,
  listNotes,
  quotas,
  size,
  tryBuild,
  type AnyEntry,
  type Explanation,
  type PolicyDocument,
  type Problem,
} from '@postern/core';

/** The policy of a choice as the command line prints it, or what is wrong with the choice. */
export interface Printed {
  readonly problems: readonly Problem[];
  /** What the command line writes to standard output; where there are problems, what it would be like. */
  readonly text: string;
  readonly document: PolicyDocument;
  readonly explanations: readonly Explanation[];
  /** What the command line says beside it. */
  readonly notes: readonly string[];
  readonly size: { readonly characters: number; readonly most: number; readonly words: string };
}

/** Divides a document over several policies. */
export type Divide = (document: PolicyDocument) => readonly PolicyDocument[];

/**
 * Prints as `postern generate` and `postern trust` do.
 * @param divide divides the policy, where several are wanted
 */
export function printChoice(
  entry: AnyEntry,
  options: Readonly<Record<string, unknown>>,
  format: Format,
  divide?: Divide,
): Printed {
  const isTrust = isTrustEntry(entry);
  const host = !format.needsPlace ? symbolicPlace : isTrust ? usualPartition : {};
  const built = tryBuild(entry, options, { ...commandLine, ...host });
  const problems: Problem[] = [...built.problems];
  const whole = (messages: readonly string[]) => messages.map((message) => ({ path: '', message }));
  if (isTrust && problems.length === 0) problems.push(...whole(openKeys(built.document)));
  const typical = typicalDocument(built.document);
  if (problems.length === 0) {
    if (isTrust) problems.push(...whole(oversizeTrustProblems(typical)));
    else if (format.managed && divide === undefined) problems.push(...whole(oversizeProblems(typical)));
  }
  const parts = problems.length === 0 && divide !== undefined ? partsOf(built.document, divide, problems) : undefined;
  const explanations = explain(entry, built.document);
  // Programs name the options in this order, as the command line does for flags in it.
  const ordered = Object.fromEntries(Object.keys(entry.options).map((name) => [name, options[name]]));
  const given = {
    useCase: entry,
    options: ordered,
    document: built.document,
    explanations: [],
    name: entry.id,
    ...(parts && { parts }),
  };
  const { characters } = isTrust ? quotas.trustPolicy : quotas.managedPolicy;
  return {
    problems,
    text: isTrust && format.role !== undefined ? format.role(given) : format.print(given),
    document: parts === undefined ? built.document : together(built.document, parts),
    explanations,
    notes: [
      ...listNotes(entry, built.resolved, commandLine),
      ...(isTrust && format.needsPlace ? placeNotes(entry, options, commandLine) : []),
    ],
    size: {
      characters: size(typical),
      most: characters,
      words:
        parts !== undefined
          ? describeParts(parts.map(typicalDocument))
          : isTrust
            ? describeTrustSize(typical)
            : describeSize(typical),
    },
  };
}

/** What cannot be divided is a problem of the whole. */
function partsOf(document: PolicyDocument, divide: Divide, problems: Problem[]): readonly PolicyDocument[] | undefined {
  try {
    return divide(document);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems.map((message) => ({ path: '', message })));
    return undefined;
  }
}

/** The statements of several documents in the order in which they are printed. */
function together(document: PolicyDocument, parts: readonly PolicyDocument[]): PolicyDocument {
  return { ...document, Statement: parts.flatMap(({ Statement }) => Statement) };
}
