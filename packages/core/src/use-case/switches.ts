import { tryBuild } from './build.js';
import { kindOf } from './option/kind-of.js';
import { isTrustEntry, type AnyEntry, type TrustEntry, type TrustStatement } from './trust.js';
import { isWhen, type StatementTemplate, type UseCase } from './use-case.js';

/** A `when` of an entry, with the entry as it would be without it. */
export interface Switch<E = UseCase> {
  readonly name: string;
  readonly always: E;
}

type OptionValues = Readonly<Record<string, unknown>>;

/** A switch that no given options show off, and options that would. */
export interface UntestedSwitch {
  readonly name: string;
  readonly options: OptionValues;
}

/**
 * Looks for switches that no given options show: where a `when` is false in none of them, it could be left out and nothing
 * would be noticed. One that no options at all can show, because the entry refuses them, changes nothing and is passed over.
 */
export function untestedSwitches(useCase: UseCase, given: readonly OptionValues[]): UntestedSwitch[] {
  return listSwitches(useCase).flatMap((one) => {
    if (given.some((options) => shows(one, useCase, options))) return [];
    const [options] = optionsThatShow(one, useCase, given);
    return options === undefined ? [] : [{ name: one.name, options }];
  });
}

/** Options that are given, or close to these, and give another policy without the switch. */
export function optionsThatShow(
  one: Switch<AnyEntry>,
  useCase: AnyEntry,
  given: readonly OptionValues[],
): OptionValues[] {
  return given
    .flatMap((options) => [options, ...variations(useCase, options)])
    .filter((options) => shows(one, useCase, options));
}

const shows = ({ always }: Switch<AnyEntry>, useCase: AnyEntry, options: OptionValues) =>
  differs(useCase, always, options);

function differs(useCase: AnyEntry, other: AnyEntry, options: OptionValues): boolean {
  const { document, problems } = tryBuild(useCase, options);
  if (problems.length > 0) return false;
  return JSON.stringify(document) !== JSON.stringify(tryBuild(other, options).document);
}

/** The options of a cell with one of them changed: each other choice, each switch turned, each value given or left out. */
function variations(useCase: AnyEntry, given: OptionValues): OptionValues[] {
  return Object.entries(useCase.options).flatMap(([name, option]) => {
    const settings = kindOf(option).settings(option);
    const others = [undefined, ...(name in given ? [] : [kindOf(option).example(option)])];
    const values = settings.length > 0 ? settings.filter((value) => value !== null) : others;
    return values.map((value) => ({ ...given, [name]: value }));
  });
}

/** Every `when` of an entry: of statements, actions, resources, principals, conditions and their values. */
export function listSwitches(entry: UseCase): Switch[];
export function listSwitches(entry: TrustEntry): Switch<TrustEntry>[];
export function listSwitches(entry: AnyEntry): Switch<AnyEntry>[] {
  return isTrustEntry(entry)
    ? entry.statements.flatMap((statement, index) =>
        switchesOf(statement, (other) => ({ ...entry, statements: entry.statements.with(index, other) })),
      )
    : entry.statements.flatMap((statement, index) =>
        switchesOf(statement, (other) => ({ ...entry, statements: entry.statements.with(index, other) })),
      );
}

function switchesOf<S extends StatementTemplate | TrustStatement>(
  statement: S,
  replaced: (changed: S) => AnyEntry,
): Switch<AnyEntry>[] {
  const { sid, when, actions, conditions = [] } = statement;
  return [
    ...(when === undefined ? [] : [{ name: sid, always: replaced(withoutWhen(statement)) }]),
    ...Object.entries(actions).flatMap(([action, reason]) =>
      isWhen(reason)
        ? [
            {
              name: `${sid}: ${action}`,
              always: replaced({ ...statement, actions: { ...actions, [action]: reason.then } }),
            },
          ]
        : [],
    ),
    ...subjectSwitches(statement, replaced),
    ...conditions.flatMap((condition, position): Switch<AnyEntry>[] => {
      const operator = typeof condition.operator === 'string' ? condition.operator : condition.operator.exact;
      const name = `${sid}: condition ${operator} ${condition.key}`;
      const changed = (by: typeof condition) => replaced({ ...statement, conditions: conditions.with(position, by) });
      return [
        ...(condition.when === undefined ? [] : [{ name, always: changed(withoutWhen(condition)) }]),
        ...condition.values.flatMap((value, number) =>
          isWhen(value)
            ? [
                {
                  name: `${name}: value ${number}`,
                  always: changed({ ...condition, values: condition.values.with(number, value.then) }),
                },
              ]
            : [],
        ),
      ];
    }),
  ];
}

function subjectSwitches<S extends StatementTemplate | TrustStatement>(
  statement: S,
  replaced: (changed: S) => AnyEntry,
): Switch<AnyEntry>[] {
  const { sid } = statement;
  if ('principal' in statement) {
    const { principal } = statement;
    return principal.values.flatMap((value, number) =>
      isWhen(value)
        ? [
            {
              name: `${sid}: principal ${number}`,
              always: replaced({
                ...statement,
                principal: { ...principal, values: principal.values.with(number, value.then) },
              }),
            },
          ]
        : [],
    );
  }
  const list = 'unscoped' in statement.resources ? [] : statement.resources;
  return list.flatMap((resource, number) =>
    isWhen(resource)
      ? [
          {
            name: `${sid}: resource ${number}`,
            always: replaced({ ...statement, resources: list.with(number, resource.then) }),
          },
        ]
      : [],
  );
}

function withoutWhen<T extends object>(part: T): T {
  const copy: T & { when?: unknown } = { ...part };
  delete copy.when;
  return copy;
}
