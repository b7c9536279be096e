import type { ListOption, Option, ResourceForm, SingleOption, TextForm, UseCase } from '@postern/core';
import { attributes, block, listOf, quoted, snakeCase, type Hcl } from './hcl.js';

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
      nullable: value === 'null',
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
      return option.required && !option.scoped ? undefined : 'null';
  }
}

function describe(option: Option): string {
  if (option.kind === 'choice') return `${option.help} One of: ${option.values.join(', ')}.`;
  return 'form' in option && option.required ? `${option.help} Required.` : option.help;
}

/** The blocks of `variables.tf`. */
export function renderVariables(useCase: UseCase): string[] {
  return variablesOf(useCase).map((variable) => renderVariable(variable, validationOf(variable)));
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

function validationOf({ name, option }: Variable): [Hcl, string][] {
  const value = `var.${name}`;
  switch (option.kind) {
    case 'switch':
      return [];
    case 'choice':
      return [
        [`contains(${listOf(option.values.map(quoted))}, ${value})`, `${name} is one of ${option.values.join(', ')}.`],
      ];
    case 'single': {
      const check = itemCheck(option, value);
      return [
        [
          option.required || option.default !== undefined ? check : `${value} == null ? true : (${check})`,
          message(name, option),
        ],
      ];
    }
    case 'list': {
      const unless = option.required && !option.scoped ? '' : `${value} == null ? true : `;
      return [
        [`${unless}length(${value}) > 0`, `${name} is empty: name at least one, or leave it out.`],
        [`${unless}length(distinct(${value})) == length(${value})`, `${name} names one twice: keep one.`],
        [`${unless}alltrue([for item in ${value} : ${itemCheck(option, 'item')}])`, message(name, option)],
      ];
    }
  }
}

function message(name: string, { form }: SingleOption | ListOption): string {
  const refusals = (form.refuse ?? []).map(
    ({ say }) => ` One was refused if it ${say.replace(/^makes/, 'is empty, which makes')}.`,
  );
  const arn = 'arn' in form ? ', or the full ARN' : '';
  return `${name} is no ${form.title}: use ${form.says}${arn}, for example ${form.example}.${refusals.join('')}`;
}

/** Whether a text has the form; patterns are allowed here and refused by the output, which knows the scope. */
function itemCheck({ form, scoped }: SingleOption | ListOption, item: Hcl): Hcl {
  const byName = textCheck(form, scoped, item);
  if (!('arn' in form)) return byName;
  return `startswith(${item}, "arn:") ? can(regex(${quoted(arnPattern(form, scoped))}, ${item})) : (${byName})`;
}

function textCheck(form: TextForm, scoped: boolean, item: Hcl): Hcl {
  const checks = [
    `can(regex(${quoted(patternOf(form, scoped))}, ${item}))`,
    `length(${item}) >= ${form.shortest}`,
    `length(${item}) <= ${form.longest}`,
    `length(regexall(${quoted('[$][{]')}, ${item})) == 0`,
    ...(form.refuse ?? []).map(({ pattern }) => `length(regexall(${quoted(pattern)}, ${item})) == 0`),
  ];
  return checks.join(' && ');
}

/** The exact pattern; where the scope may allow wildcards, one or the other. */
function patternOf(form: TextForm, scoped: boolean): string {
  if (!scoped || form.wildcardPattern === undefined) return form.pattern;
  const wildcards = form.wildcardPattern.replace(/^\^|\$$/g, '');
  return `${form.pattern}|^${wildcards.replace(/\+$/, '*')}[*?]${wildcards.replace(/\+$/, '*')}$`;
}

function arnPattern(form: ResourceForm, scoped: boolean): string {
  const { service, regional, account, resource } = form.arn;
  const names = patternOf(form, scoped)
    .split('|^')
    .map((pattern) => pattern.replace(/^\^|\$$/g, ''));
  const last = resource.map((part) =>
    typeof part === 'string' ? part : part.slot === 'text' ? '[^/]+' : `(${names.join('|')})`,
  );
  return `^arn:aws[a-z-]*:${service}:${regional ? '[a-z0-9-]+' : ''}:${account ? '[0-9]{12}' : ''}:${last.join('')}$`;
}
