import type { ConditionTemplate, StatementTemplate, UseCase } from './use-case.js';

/** One part of an entry that must be needed: taken out, something must turn. */
export interface Atom {
  /** Such as `PushImages: ecr:PutImage`. */
  readonly name: string;
  readonly sid: string;
  readonly kind: 'statement' | 'action' | 'resource' | 'condition' | 'value';
  /**
   * The action, the number of the resource, the operator and key of the condition, or these with the number of the value;
   * empty for a statement.
   */
  readonly part: string;
  /** The entry without it. Without a condition it allows more, without anything else less. */
  readonly without: UseCase;
}

/**
 * Every statement, action, resource, condition and condition value of an entry, each with the entry as it would be without
 * it. The only value of a condition is no part of its own: without it, the whole statement falls away.
 */
export function listAtoms(useCase: UseCase): Atom[] {
  return useCase.statements.flatMap((statement, index) => {
    const { sid, resources, conditions = [] } = statement;
    const replaced = (changed: readonly StatementTemplate[]): UseCase => ({
      ...useCase,
      statements: useCase.statements.flatMap((other, position) => (position === index ? changed : [other])),
    });
    const list = 'unscoped' in resources ? [] : resources;
    return [
      { name: sid, sid, kind: 'statement', part: '', without: replaced([]) } satisfies Atom,
      ...Object.keys(statement.actions).map((action): Atom => {
        const rest = Object.fromEntries(Object.entries(statement.actions).filter(([other]) => other !== action));
        const without = replaced([{ ...statement, actions: rest }]);
        return { name: `${sid}: ${action}`, sid, kind: 'action', part: action, without };
      }),
      ...list.map((_, position): Atom => {
        const rest = list.filter((_other, other) => other !== position);
        const without = replaced([{ ...statement, resources: rest }]);
        return { name: `${sid}: resource ${position}`, sid, kind: 'resource', part: String(position), without };
      }),
      ...conditions.flatMap((condition, position): Atom[] => {
        const part = partOf(condition);
        const changed = (rest: readonly ConditionTemplate[]) => replaced([{ ...statement, conditions: rest }]);
        const without = changed(conditions.filter((_other, other) => other !== position));
        const name = `${sid}: condition ${part}`;
        const values = condition.values.length < 2 ? [] : condition.values;
        return [
          { name, sid, kind: 'condition', part, without },
          ...values.map((_value, number): Atom => {
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
  });
}

function partOf({ operator, key }: ConditionTemplate): string {
  return `${typeof operator === 'string' ? operator : operator.exact} ${key}`;
}
