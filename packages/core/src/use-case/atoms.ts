import { isTrustEntry, type AnyEntry, type TrustEntry, type TrustStatement } from './trust.js';
import type { ConditionTemplate, StatementTemplate, UseCase } from './use-case.js';

/** One part of an entry that must be needed: taken out, something must turn. */
export interface Atom<E = UseCase> {
  /** Such as `PushImages: ecr:PutImage`. */
  readonly name: string;
  readonly sid: string;
  readonly kind: 'statement' | 'action' | 'resource' | 'principal' | 'condition' | 'value';
  /**
   * The action, the number of the resource or the principal, the operator and key of the condition, or these with the number of the value;
   * empty for a statement.
   */
  readonly part: string;
  /** The entry without it. Without a condition it allows more, without anything else less. */
  readonly without: E;
}

/**
 * Every statement, action, resource, principal, condition and condition value of an entry, each with the entry as it would
 * be without it. The only value of a condition is no part of its own: without it, the whole statement falls away.
 */
export function listAtoms(entry: UseCase): Atom[];
export function listAtoms(entry: TrustEntry): Atom<TrustEntry>[];
export function listAtoms(entry: AnyEntry): Atom<AnyEntry>[] {
  return isTrustEntry(entry)
    ? entry.statements.flatMap((statement, index) => atomsOf(statement, replacingTrust(entry, index)))
    : entry.statements.flatMap((statement, index) => atomsOf(statement, replacing(entry, index)));
}

type Replace<S> = (changed: readonly S[]) => AnyEntry;

function replacing(entry: UseCase, index: number): Replace<StatementTemplate> {
  return (changed) => ({ ...entry, statements: entry.statements.toSpliced(index, 1, ...changed) });
}

function replacingTrust(entry: TrustEntry, index: number): Replace<TrustStatement> {
  return (changed) => ({ ...entry, statements: entry.statements.toSpliced(index, 1, ...changed) });
}

function atomsOf<S extends StatementTemplate | TrustStatement>(statement: S, replaced: Replace<S>): Atom<AnyEntry>[] {
  const { sid, actions, conditions = [] } = statement;
  return [
    { name: sid, sid, kind: 'statement', part: '', without: replaced([]) },
    ...Object.keys(actions).map((action): Atom<AnyEntry> => {
      const rest = Object.fromEntries(Object.entries(actions).filter(([other]) => other !== action));
      const without = replaced([{ ...statement, actions: rest }]);
      return { name: `${sid}: ${action}`, sid, kind: 'action', part: action, without };
    }),
    ...subjectAtoms(statement, replaced),
    ...conditions.flatMap((condition, position): Atom<AnyEntry>[] => {
      const part = partOf(condition);
      const changed = (rest: readonly ConditionTemplate[]) => replaced([{ ...statement, conditions: rest }]);
      const without = changed(conditions.filter((_other, other) => other !== position));
      const name = `${sid}: condition ${part}`;
      const values = condition.values.length < 2 ? [] : condition.values;
      return [
        { name, sid, kind: 'condition', part, without },
        ...values.map((_value, number): Atom<AnyEntry> => {
          const fewer = { ...condition, values: values.filter((_other, other) => other !== number) };
          return {
            name: `${name}: value ${number}`,
            sid,
            kind: 'value',
            part: `${part} ${number}`,
            without: changed(conditions.map((other) => (other === condition ? fewer : other))),
          };
        }),
      ];
    }),
  ];
}

/** The parts of what a statement is about: its resources, or whom it lets in. */
function subjectAtoms<S extends StatementTemplate | TrustStatement>(
  statement: S,
  replaced: Replace<S>,
): Atom<AnyEntry>[] {
  const { sid } = statement;
  if ('principal' in statement) {
    const { principal } = statement;
    return principal.values.map((_, position) => {
      const values = principal.values.filter((_other, other) => other !== position);
      const without = replaced([{ ...statement, principal: { ...principal, values } }]);
      return { name: `${sid}: principal ${position}`, sid, kind: 'principal', part: String(position), without };
    });
  }
  const { resources } = statement;
  const list = 'unscoped' in resources ? [] : resources;
  return list.map((_, position) => {
    const rest = list.filter((_other, other) => other !== position);
    const without = replaced([{ ...statement, resources: rest }]);
    return { name: `${sid}: resource ${position}`, sid, kind: 'resource', part: String(position), without };
  });
}

function partOf({ operator, key }: ConditionTemplate): string {
  return `${typeof operator === 'string' ? operator : operator.exact} ${key}`;
}
