import type { StatementTemplate, UseCase } from '../../src/index.js';

/** One part of an entry that must be needed: taken out, some case must turn. */
export interface Mutation {
  /** Such as `PushImages: ecr:PutImage`. */
  readonly name: string;
  /** Whether the part widens the policy (an action, a resource) or narrows it (a condition). */
  readonly effect: 'widens' | 'narrows';
  readonly mutant: UseCase;
}

/** The entry once for each action, resource and condition, without it. */
export function mutationsOf(useCase: UseCase): Mutation[] {
  return useCase.statements.flatMap((statement, index) => {
    const withStatement = (changed: StatementTemplate): UseCase => ({
      ...useCase,
      statements: useCase.statements.map((other, position) => (position === index ? changed : other)),
    });
    const actions = Object.keys(statement.actions).map((action): Mutation => {
      const rest = Object.fromEntries(Object.entries(statement.actions).filter(([other]) => other !== action));
      return {
        name: `${statement.sid}: ${action}`,
        effect: 'widens',
        mutant: withStatement({ ...statement, actions: rest }),
      };
    });
    const { resources, conditions = [] } = statement;
    const list = 'unscoped' in resources ? [] : resources;
    return [
      ...actions,
      ...list.map((_, position): Mutation => {
        const rest = list.filter((_other, other) => other !== position);
        const mutant = withStatement({ ...statement, resources: rest });
        return { name: `${statement.sid}: resource ${position}`, effect: 'widens', mutant };
      }),
      ...conditions.map((condition, position): Mutation => {
        const rest = conditions.filter((_other, other) => other !== position);
        const mutant = withStatement({ ...statement, conditions: rest });
        return { name: `${statement.sid}: condition on ${condition.key} (${position})`, effect: 'narrows', mutant };
      }),
    ];
  });
}
