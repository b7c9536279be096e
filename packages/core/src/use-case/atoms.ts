import type { StatementTemplate, UseCase } from './use-case.js';

/** One part of an entry that must be needed: taken out, something must turn. */
export interface Atom {
  /** Such as `PushImages: ecr:PutImage`. */
  readonly name: string;
  readonly sid: string;
  readonly kind: 'statement' | 'action' | 'resource' | 'condition';
  /** The action, the number of the resource, or the operator and key of the condition; empty for a statement. */
  readonly part: string;
  /** The entry without it. Without a condition it allows more, without anything else less. */
  readonly without: UseCase;
}

/** Every statement, action, resource and condition of an entry, each with the entry as it would be without it. */
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
      ...conditions.map((condition, position): Atom => {
        const rest = conditions.filter((_other, other) => other !== position);
        const operator = typeof condition.operator === 'string' ? condition.operator : condition.operator.exact;
        const part = `${operator} ${condition.key}`;
        const without = replaced([{ ...statement, conditions: rest }]);
        return { name: `${sid}: condition ${part}`, sid, kind: 'condition', part, without };
      }),
    ];
  });
}
