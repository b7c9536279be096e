import { parse, type ConditionBlock, type DocumentSource, type PolicyDocument } from '@postern/core';

/**
 * The documents, in which what is allowed is allowed only where a condition holds too.
 * @returns undefined where that cannot be written as documents
 */
export function narrowed(
  documents: readonly DocumentSource[],
  condition: ConditionBlock | undefined,
  version: PolicyDocument['Version'],
): PolicyDocument[] | undefined {
  const parsed = documents.flatMap((source) => parse(source).document ?? []);
  if (condition === undefined) return parsed;
  // A variable of one version is plain text in the other.
  if (JSON.stringify(condition).includes('${') && parsed.some((one) => one.Version !== version)) return undefined;
  const narrow = parsed.map((document) => {
    const statements = document.Statement.map((statement) => {
      if (statement.Effect === 'Deny') return statement;
      const both = together(statement.Condition ?? {}, condition);
      return both && { ...statement, Condition: both };
    });
    return statements.every((one) => one !== undefined) ? { ...document, Statement: statements } : undefined;
  });
  return narrow.every((document) => document !== undefined) ? narrow : undefined;
}

/** A block that holds where both hold. Keys are told apart by letter case in JSON, and not by IAM: so one key may stand twice. */
function together(one: ConditionBlock, other: ConditionBlock): ConditionBlock | undefined {
  const block = new Map(Object.entries(one).map(([operator, keys]) => [operator, new Map(Object.entries(keys))]));
  for (const [operator, keys] of Object.entries(other)) {
    const all = block.get(operator) ?? new Map<string, readonly string[]>();
    block.set(operator, all);
    for (const [key, values] of Object.entries(keys)) {
      const free = [key, key.toLowerCase(), key.toUpperCase()].find((name) => !all.has(name));
      if (free === undefined) return undefined;
      all.set(free, values);
    }
  }
  return Object.fromEntries(Array.from(block, ([operator, keys]) => [operator, Object.fromEntries(keys)]));
}
