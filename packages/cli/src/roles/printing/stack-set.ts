import {
  isMembers,
  oneText,
  type EnvironmentTemplate,
  type TemplateMembers,
  type TemplatePart,
} from './by-environment.js';

/**
 * One template for several environments: which one a stack is for is a parameter, account and region are those of the stack, and
 * what else differs follows from the environment. It is made for a StackSet, whose instances differ in parameters alone.
 * @param environments each with the template that is for it alone
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
export function stackSetOf(environments: readonly EnvironmentTemplate[]): TemplateMembers {
  const conditions = conditionsOf(environments.map(({ name }) => name));
  const whole = { environments, conditions };
  const resources = sectionOf('Resources', whole);
  const outputs = sectionOf('Outputs', whole);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Roles of CI jobs, for one environment each stack',
    Parameters: {
      Environment: {
        Type: 'String',
        Description: 'The environment whose roles the stack makes, in its own account and region.',
        AllowedValues: environments.map(({ name }) => name),
      },
    },
    ...(conditions.used.size === 0 ? {} : { Conditions: Object.fromEntries(conditions.used) }),
    Resources: resources,
    Outputs: outputs,
  };
}

interface Whole {
  readonly environments: readonly EnvironmentTemplate[];
  readonly conditions: Conditions;
}

/** A resource or an output that some environments have not gets a condition. */
function sectionOf(section: 'Resources' | 'Outputs', { environments, conditions }: Whole): TemplateMembers {
  const sections = environments.map(({ template }) => (isMembers(template[section]) ? template[section] : {}));
  const names = new Set(sections.flatMap((one) => Object.keys(one)));
  return Object.fromEntries(
    [...names].map((name) => {
      const having = environments.filter((_, index) => sections[index]![name] !== undefined);
      const parts = sections.flatMap((one) => (one[name] === undefined ? [] : [one[name]]));
      // A description is no place for a function.
      const plain =
        section === 'Outputs'
          ? parts.map((part) => ({ ...(part as TemplateMembers), Description: 'The ARN of the role.' }))
          : parts;
      const one = join(plain, { environments: having, conditions }) as TemplateMembers;
      if (having.length === environments.length) return [name, one];
      const { Type, ...rest } = one;
      const condition = {
        Condition: amongOf(
          conditions,
          having.map(({ name: environment }) => environment),
        ),
      };
      return [name, Type === undefined ? { ...condition, ...rest } : { Type, ...condition, ...rest }];
    }),
  );
}

/** One part for those of several environments. */
function join(parts: readonly (TemplatePart | undefined)[], whole: Whole): TemplatePart {
  const [first] = parts;
  if (first !== undefined && parts.every((part) => isSame(part, first))) return first;
  const given = parts.filter((part) => part !== undefined);
  if (given.length === parts.length) {
    const text = oneText(given, whole.environments);
    if (text !== undefined) return text;
    const isFunction = given.some(
      (part) => isMembers(part) && Object.keys(part).some((key) => /^(Fn::|Ref$)/.test(key)),
    );
    if (!isFunction && given.every(isMembers)) {
      const names = new Set(given.flatMap((part) => Object.keys(part)));
      return Object.fromEntries(
        [...names].map((name) => [
          name,
          join(
            given.map((part) => part[name]),
            whole,
          ),
        ]),
      );
    }
    if (given.every(isList) && given.every(({ length }) => length === given[0]!.length))
      return given[0]!.map((_, index) =>
        join(
          given.map((list) => list[index]),
          whole,
        ),
      );
  }
  return chosen(parts, whole);
}

function isList(part: TemplatePart): part is readonly TemplatePart[] {
  return Array.isArray(part);
}

function isSame(one: TemplatePart | undefined, other: TemplatePart): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Each of several by its environments; what most of them have stands last, where no condition is needed. */
function chosen(parts: readonly (TemplatePart | undefined)[], { environments, conditions }: Whole): TemplatePart {
  const groups = new Map<string, { readonly part: TemplatePart; readonly names: string[] }>();
  for (const [index, part = { Ref: 'AWS::NoValue' }] of parts.entries()) {
    const key = JSON.stringify(part);
    const group = groups.get(key) ?? { part, names: [] };
    group.names.push(environments[index]!.name);
    groups.set(key, group);
  }
  const [last, ...others] = [...groups.values()].sort((one, other) => other.names.length - one.names.length);
  return others.reduceRight<TemplatePart>(
    (rest, { names, part }) => ({ 'Fn::If': [amongOf(conditions, names), part, rest] }),
    last!.part,
  );
}

/** The names of environments as templates take them, and the conditions that are used. */
interface Conditions {
  readonly ids: ReadonlyMap<string, string>;
  readonly used: Map<string, TemplatePart>;
}

function conditionsOf(names: readonly string[]): Conditions {
  const ids = new Map<string, string>();
  for (const name of names) {
    const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
    const plain = words.join('');
    let id = plain;
    for (let number = 2; [...ids.values()].includes(id); number += 1) id = `${plain}x${number}`;
    ids.set(name, id);
  }
  return { ids, used: new Map() };
}

/** The name of the condition that the environment is one of these. */
function amongOf({ ids, used }: Conditions, names: readonly string[]): string {
  const equals = names.map((name) => ({ 'Fn::Equals': [{ Ref: 'Environment' }, name] }));
  const condition = anyOf(equals);
  const written = [...used].find(([, one]) => isSame(one, condition));
  if (written !== undefined) return written[0];
  const whole = `Is${names.map((name) => ids.get(name)!).join('Or')}`;
  const id = whole.length <= 200 ? whole : `IsOneOf${names.length}x${used.size}`;
  used.set(id, condition);
  return id;
}

/** `Fn::Or` takes two to ten. */
function anyOf(parts: readonly TemplateMembers[]): TemplateMembers {
  if (parts.length === 1) return parts[0]!;
  if (parts.length <= 10) return { 'Fn::Or': parts };
  const size = Math.ceil(parts.length / 10);
  const groups = Array.from({ length: Math.ceil(parts.length / size) }, (_, index) =>
    parts.slice(index * size, (index + 1) * size),
  );
  return { 'Fn::Or': groups.map(anyOf) };
}
