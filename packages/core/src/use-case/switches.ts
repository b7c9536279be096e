import { tryBuild } from './build.js';
import { kindOf } from './option/kind-of.js';
import { isWhen, type OptionsOf, type StatementTemplate, type UseCase } from './use-case.js';

/** A `when` of an entry, with the entry as it would be without it. */
export interface Switch {
  readonly name: string;
  readonly always: UseCase;
}

type Given = Readonly<Record<string, unknown>>;

/** A switch that no given options show off, and options that would. */
export interface UntestedSwitch {
  readonly name: string;
  readonly options: Given;
}

/**
 * Looks for switches that no given options show: where a `when` is false in none of them, it could be left out and nothing
 * would be noticed. One that no options at all can show, because the entry refuses them, changes nothing and is passed over.
 */
export function untestedSwitches(useCase: UseCase, given: readonly Given[]): UntestedSwitch[] {
  return listSwitches(useCase).flatMap((one) => {
    if (given.some((options) => shows(one, useCase, options))) return [];
    const [options] = optionsThatShow(one, useCase, given);
    return options === undefined ? [] : [{ name: one.name, options }];
  });
}

/** Options that are given, or close to these, and give another policy without the switch. */
export function optionsThatShow(one: Switch, useCase: UseCase, given: readonly Given[]): Given[] {
  return given
    .flatMap((options) => [options, ...variations(useCase, options)])
    .filter((options) => shows(one, useCase, options));
}

const shows = ({ always }: Switch, useCase: UseCase, options: Given) => differs(useCase, always, options);

function differs(useCase: UseCase, other: UseCase, options: Given): boolean {
  const { document, problems } = tryBuild(useCase, options as OptionsOf<UseCase>);
  if (problems.length > 0) return false;
  return JSON.stringify(document) !== JSON.stringify(tryBuild(other, options as OptionsOf<UseCase>).document);
}

/** The options of a cell with one of them changed: each other choice, each switch turned, each value given or left out. */
function variations(useCase: UseCase, given: Given): Given[] {
  return Object.entries(useCase.options).flatMap(([name, option]) => {
    const settings = kindOf(option).settings(option);
    const others = [undefined, ...(name in given ? [] : [kindOf(option).example(option)])];
    const values = settings.length > 0 ? settings.filter((value) => value !== null) : others;
    return values.map((value) => ({ ...given, [name]: value }));
  });
}

/** Every `when` of an entry: of statements, actions, resources, conditions and their values. */
export function listSwitches(useCase: UseCase): Switch[] {
  return useCase.statements.flatMap((statement, index) => {
    const { sid, when, resources, conditions = [] } = statement;
    const changed = (change: Partial<StatementTemplate>): UseCase => ({
      ...useCase,
      statements: useCase.statements.map((other, position) => (position === index ? { ...other, ...change } : other)),
    });
    const list = 'unscoped' in resources ? [] : resources;
    return [
      ...(when === undefined
        ? []
        : [
            {
              name: sid,
              always: {
                ...useCase,
                statements: useCase.statements.map((other, position) =>
                  position === index ? withoutWhen(other) : other,
                ),
              },
            },
          ]),
      ...Object.entries(statement.actions).flatMap(([action, reason]) =>
        isWhen(reason)
          ? [
              {
                name: `${sid}: ${action}`,
                always: changed({ actions: { ...statement.actions, [action]: reason.then } }),
              },
            ]
          : [],
      ),
      ...list.flatMap((resource, position) =>
        isWhen(resource)
          ? [
              {
                name: `${sid}: resource ${position}`,
                always: changed({
                  resources: list.map((other, number) => (number === position ? resource.then : other)),
                }),
              },
            ]
          : [],
      ),
      ...conditions.flatMap((condition, position): Switch[] => {
        const operator = typeof condition.operator === 'string' ? condition.operator : condition.operator.exact;
        const name = `${sid}: condition ${operator} ${condition.key}`;
        const replaced = (by: typeof condition) =>
          changed({ conditions: conditions.map((other, number) => (number === position ? by : other)) });
        return [
          ...(condition.when === undefined ? [] : [{ name, always: replaced(withoutWhen(condition)) }]),
          ...condition.values.flatMap((value, number) =>
            isWhen(value)
              ? [
                  {
                    name: `${name}: value ${number}`,
                    always: replaced({
                      ...condition,
                      values: condition.values.map((other, at) => (at === number ? value.then : other)),
                    }),
                  },
                ]
              : [],
          ),
        ];
      }),
    ];
  });
}

function withoutWhen<T extends object>(part: T): T {
  const copy: T & { when?: unknown } = { ...part };
  delete copy.when;
  return copy;
}
