import {
  describeLimits,
  endingPattern,
  kindOf,
  respell,
  type FormOption,
  type HclCheck,
  type HclWriter,
  type ResourceForm,
  type TextForm,
  type Entry,
} from '@postern/core';
import { withoutUrl } from './urls.js';
import { attributes, block, listOf, quoted, snakeCase, variableNames, type Hcl } from './hcl.js';

/** What a variable looks like from outside, for blocks and READMEs. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  /** Undefined where it must be given. */
  readonly default: Hcl | undefined;
  readonly nullable: boolean;
  readonly description: string;
  /** What its value must be, with what to say where it is not. */
  readonly checks: readonly HclCheck[];
}

/** What the kinds of options are written with. */
const writer = (useCase: Entry): HclWriter => ({
  quoted,
  listOf,
  fits: itemCheck,
  misfit: message,
  refusals: (option, item) => refusals(option, item, useCase),
  read: (option, item) => withoutUrl(option, item, useCase),
});

/** Whether a text is what an option asks for, all at once, and what to say where it is not. */
export function wholeCheck(option: FormOption, name: string, useCase: Entry): readonly [(item: Hcl) => Hcl, string] {
  const checks = (item: Hcl) => [itemCheck(option, item), ...refusals(option, item, useCase).map(([check]) => check)];
  return [(item) => checks(item).join(' && '), message(option, name)];
}

/** The variables of a use case: the option names in snake case. */
export function variablesOf(useCase: Entry): Variable[] {
  const hcl = writer(useCase);
  return Object.entries(useCase.options).map(([option, declared]) => {
    const kind = kindOf(declared).hcl;
    const name = snakeCase(option);
    const value = kind.defaultOf(declared, hcl);
    return {
      name,
      type: kind.type,
      default: value,
      nullable: value === 'null' || kind.takesNull(declared),
      description: kind.help(declared),
      checks: kind.checks(declared, name, hcl),
    };
  });
}

/** The blocks of `variables.tf`. */
export function renderVariables(useCase: Entry): string[] {
  return variablesOf(useCase).map((variable) => renderVariable(variable, variable.checks));
}

/** A variable block; what its value must look like is left to the document behind it where no check is given. */
export function renderVariable(variable: Variable, checks: readonly HclCheck[] = []): string {
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

function message({ form }: FormOption, name: string): string {
  const arn = 'arn' in form ? ', or the full ARN' : '';
  const lengths = form.shortest === form.longest ? '' : `; ${describeLimits(form)}`;
  return `${name} is no ${form.title}: use ${form.says}${arn}, for example ${form.example}${lengths}.`;
}

/** What is something else, with the reason: matched with the whole text and with the name in an ARN. */
function refusals({ form }: FormOption, item: Hcl, useCase: Entry): HclCheck[] {
  return (form.refuse ?? []).map(({ pattern, say }) => {
    const name = 'arn' in form ? nameOf(form, item) : item;
    const texts = name === item ? [item] : [item, name];
    const checks = texts.map((text) => `length(regexall(${quoted(pattern)}, ${text})) == 0`);
    return [checks.join(' && '), respell(say, useCase, variableNames)];
  });
}

/** Whether a text has the form; patterns are allowed here and refused by the output, which knows the scope. */
function itemCheck({ form, scoped }: FormOption, item: Hcl): Hcl {
  if (!('arn' in form)) return textCheck(form, scoped, item, item);
  const shape = `!startswith(${item}, "arn:") || can(regex(${quoted(arnPattern(form))}, ${item}))`;
  return `(${shape}) && ${textCheck(form, scoped, nameOf(form, item), item)}`;
}

/** The name in an ARN; any other text as it is. */
function nameOf(form: ResourceForm, item: Hcl): Hcl {
  const ending = endingPattern(form);
  if (ending === '') return `replace(${item}, ${quoted(`/${arnPrefix(form)}/`)}, "")`;
  return `replace(${item}, ${quoted(`/${arnPrefix(form)}(.+)${ending}$/`)}, "$1")`;
}

function textCheck(form: TextForm, scoped: boolean, name: Hcl, item: Hcl): Hcl {
  return [
    matches(form, scoped, name),
    scoped && form.wildcardPattern !== undefined
      ? `(length(${name}) >= ${form.shortest} || can(regex("[*?]", ${name})))`
      : `length(${name}) >= ${form.shortest}`,
    `length(${name}) <= ${form.longest}`,
    `length(regexall(${quoted('[$][{]')}, ${item})) == 0`,
  ].join(' && ');
}

/** Whether a name has the form, exactly or, where the scope may allow that, with a wildcard. */
function matches(form: TextForm, scoped: boolean, name: Hcl): Hcl {
  const wild = scoped ? form.wildcardPattern : undefined;
  if (wild === undefined || ofOneClass.test(wild)) return `can(regex(${quoted(patternOf(form, scoped))}, ${name}))`;
  const isWild = `can(regex("[*?]", ${name})) && can(regex(${quoted(wild)}, ${name}))`;
  return `(can(regex(${quoted(form.pattern)}, ${name})) || (${isWild}))`;
}

/** A pattern that holds anywhere in a text what it holds at its beginning. */
const ofOneClass = /^\^\[(?:\\.|[^\]\\])*\][+*]\$$/;

/** The exact pattern; where the scope may allow wildcards, one or the other. */
function patternOf(form: TextForm, scoped: boolean): string {
  if (!scoped || form.wildcardPattern === undefined) return form.pattern;
  const wildcards = form.wildcardPattern.replace(/^\^|\$$/g, '');
  return `${form.pattern}|^${wildcards.replace(/\+$/, '*')}[*?]${wildcards.replace(/\+$/, '*')}$`;
}

function arnPattern(form: ResourceForm): string {
  return `${arnPrefix(form)}.+${endingPattern(form)}$`;
}

/** What stands before the name in an ARN. */
function arnPrefix({ arn }: ResourceForm): string {
  const { service, regional, account, resource } = arn;
  const named = resource.findIndex((part) => typeof part === 'object' && part.slot === 'itself');
  const before = resource
    .slice(0, named)
    .map((part) => (typeof part === 'string' ? part : part.slot === 'text' ? '[^/]+' : ''));
  return `^arn:aws[a-z-]*:${service}:${regional ? '[a-z0-9-]+' : ''}:${account ? '[0-9]{12}' : ''}:${before.join('')}`;
}
