import {
  describeLimits,
  type ListOption,
  type Option,
  type ResourceForm,
  type SingleOption,
  type TextForm,
  type UseCase,
} from '@postern/core';
import { attributes, block, listOf, quoted, snakeCase, type Hcl } from './hcl.js';
import { respelled } from './readme.js';

/** What a variable looks like from outside, for blocks and READMEs. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  /** Undefined where it must be given. */
  readonly default: Hcl | undefined;
  readonly nullable: boolean;
  readonly description: string;
  readonly option: Option;
}

/** The variables of a use case: the option names in snake case. */
export function variablesOf(useCase: UseCase): Variable[] {
  return Object.entries(useCase.options).map(([name, option]) => {
    const value = defaultOf(option);
    return {
      name: snakeCase(name),
      type: option.kind === 'switch' ? 'bool' : option.kind === 'list' ? 'list(string)' : 'string',
      default: value,
      nullable: value === 'null' || takesNull(option),
      description: describe(option),
      option,
    };
  });
}

function defaultOf(option: Option): Hcl | undefined {
  switch (option.kind) {
    case 'switch':
      return String(option.default);
    case 'choice':
      return quoted(option.default);
    case 'single':
      if (option.required) return undefined;
      return option.default === undefined ? 'null' : quoted(option.default);
    case 'list':
      return option.required ? undefined : 'null';
  }
}

/** A required list that scope `account` replaces has no default: who means that scope writes null. */
function takesNull(option: Option): boolean {
  return option.kind === 'list' && option.required && option.scoped;
}

function describe(option: Option): string {
  if (option.kind === 'choice') return `${option.help} One of: ${option.values.join(', ')}.`;
  return takesNull(option) ? `${option.help} Null with scope account only.` : option.help;
}

/** The blocks of `variables.tf`. */
export function renderVariables(useCase: UseCase): string[] {
  return variablesOf(useCase).map((variable) => renderVariable(variable, validationOf(variable, useCase)));
}

/** A variable block; what its value must look like is left to the document behind it where no check is given. */
export function renderVariable(variable: Variable, checks: readonly (readonly [Hcl, string])[] = []): string {
  const lines = attributes([
    ['description', quoted(variable.description)],
    ['type', variable.type],
    ...(variable.default === undefined ? [] : [['default', variable.default] as const]),
    ...(variable.nullable ? [] : [['nullable', 'false'] as const]),
  ]);
  const validations = checks.flatMap(([condition, message]) => [
    '',
    block(
      'validation',
      attributes([
        ['condition', condition],
        ['error_message', quoted(message)],
      ]),
    ),
  ]);
  return block(`variable ${quoted(variable.name)}`, [...lines, ...validations]);
}

function validationOf({ name, option }: Variable, useCase: UseCase): [Hcl, string][] {
  const value = `var.${name}`;
  switch (option.kind) {
    case 'switch':
      return [];
    case 'choice':
      return [
        [`contains(${listOf(option.values.map(quoted))}, ${value})`, `${name} is one of ${option.values.join(', ')}.`],
      ];
    case 'single': {
      const unless = option.required || option.default !== undefined ? '' : `${value} == null ? true : `;
      const inBrackets = (check: Hcl) => (unless === '' ? check : `(${check})`);
      return [
        [unless + inBrackets(itemCheck(option, value)), message(name, option)],
        ...refusals(option, value, useCase).map(([check, say]): [Hcl, string] => [
          unless + inBrackets(check),
          `${name} ${say}.`,
        ]),
      ];
    }
    case 'list': {
      const unless = option.required && !option.scoped ? '' : `${value} == null ? true : `;
      const all = (check: Hcl) => `${unless}alltrue([for item in ${value} : ${check}])`;
      return [
        [`${unless}length(${value}) > 0`, `${name} is empty: name at least one, or leave it out.`],
        [`${unless}length(distinct(${value})) == length(${value})`, `${name} names one twice: keep one.`],
        [all(itemCheck(option, 'item')), message(name, option)],
        ...refusals(option, 'item', useCase).map(([check, say]): [Hcl, string] => [
          all(check),
          `one of ${name} ${say}.`,
        ]),
      ];
    }
  }
}

function message(name: string, { form }: SingleOption | ListOption): string {
  const arn = 'arn' in form ? ', or the full ARN' : '';
  const lengths = form.shortest === form.longest ? '' : `; ${describeLimits(form)}`;
  return `${name} is no ${form.title}: use ${form.says}${arn}, for example ${form.example}${lengths}.`;
}

/** What is something else, with the reason: matched with the whole text and with the name in an ARN. */
function refusals({ form }: SingleOption | ListOption, item: Hcl, useCase: UseCase): [Hcl, string][] {
  return (form.refuse ?? []).map(({ pattern, say }) => {
    const name = 'arn' in form ? nameOf(form, item) : item;
    const texts = name === item ? [item] : [item, name];
    const checks = texts.map((text) => `length(regexall(${quoted(pattern)}, ${text})) == 0`);
    return [checks.join(' && '), respelled(say, useCase)];
  });
}

/** Whether a text has the form; patterns are allowed here and refused by the output, which knows the scope. */
function itemCheck({ form, scoped }: SingleOption | ListOption, item: Hcl): Hcl {
  if (!('arn' in form)) return textCheck(form, scoped, item, item);
  const shape = `!startswith(${item}, "arn:") || can(regex(${quoted(arnPattern(form))}, ${item}))`;
  return `(${shape}) && ${textCheck(form, scoped, nameOf(form, item), item)}`;
}

/** The name in an ARN; any other text as it is. */
function nameOf(form: ResourceForm, item: Hcl): Hcl {
  return `replace(${item}, ${quoted(`/${arnPrefix(form)}/`)}, "")`;
}

function textCheck(form: TextForm, scoped: boolean, name: Hcl, item: Hcl): Hcl {
  return [
    `can(regex(${quoted(patternOf(form, scoped))}, ${name}))`,
    scoped && form.wildcardPattern !== undefined
      ? `(length(${name}) >= ${form.shortest} || can(regex("[*?]", ${name})))`
      : `length(${name}) >= ${form.shortest}`,
    `length(${name}) <= ${form.longest}`,
    `length(regexall(${quoted('[$][{]')}, ${item})) == 0`,
  ].join(' && ');
}

/** The exact pattern; where the scope may allow wildcards, one or the other. */
function patternOf(form: TextForm, scoped: boolean): string {
  if (!scoped || form.wildcardPattern === undefined) return form.pattern;
  const wildcards = form.wildcardPattern.replace(/^\^|\$$/g, '');
  return `${form.pattern}|^${wildcards.replace(/\+$/, '*')}[*?]${wildcards.replace(/\+$/, '*')}$`;
}

function arnPattern(form: ResourceForm): string {
  return `${arnPrefix(form)}.+$`;
}

/** What stands before the name in an ARN. */
function arnPrefix(form: ResourceForm): string {
  const { service, regional, account, resource } = form.arn;
  const before = resource.map((part) => (typeof part === 'string' ? part : part.slot === 'text' ? '[^/]+' : ''));
  return `^arn:aws[a-z-]*:${service}:${regional ? '[a-z0-9-]+' : ''}:${account ? '[0-9]{12}' : ''}:${before.join('')}`;
}
