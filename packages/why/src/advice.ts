import { hasForm, isResourceForm, kindOf, type Predicate, type UseCase } from '@postern/core';
import type { Candidate } from './candidates.js';

/** An option to set, and to what. */
export interface Advice {
  readonly option: string;
  /** A value, or what stands for one that the resource does not tell: `NAME`, `KEY`. */
  readonly value: string | boolean;
}

/** The options that bring a permission: those that name its resource, and those of its predicate. */
export function advise(useCase: UseCase, { when, values }: Candidate): Advice[] {
  const chosen = when === undefined ? {} : choices(useCase, when);
  const named = Object.entries(values).filter(([option]) => useCase.options[option] !== undefined);
  return [
    ...named.map(([option, value]) => ({
      option,
      value: isValue(useCase, option, value) ? value : placeholder(useCase, option),
    })),
    ...Object.entries(chosen)
      .filter(([option]) => !Object.hasOwn(values, option))
      .map(([option, value]) => ({ option, value: value ?? placeholder(useCase, option) })),
  ];
}

/** Whether an option takes it: a name that a log hides, or a pattern for many, is none. */
function isValue(useCase: UseCase, name: string, value: string): boolean {
  const option = useCase.options[name];
  return !hasForm(option) || new RegExp(option.form.pattern).test(value);
}

type ChosenValue = boolean | string | undefined;

/** Values that make a predicate hold; of alternatives the first. A resource that must be given has no value here. */
function choices(useCase: UseCase, predicate: Predicate): Record<string, ChosenValue> {
  if ('is' in predicate) return { [predicate.is]: preferred(useCase, predicate.is, predicate.values) };
  if ('given' in predicate) return { [predicate.given]: undefined };
  if ('several' in predicate || 'matches' in predicate || 'strays' in predicate) return {};
  if ('all' in predicate)
    return Object.assign({}, ...predicate.all.map((part) => choices(useCase, part))) as Record<string, ChosenValue>;
  if ('any' in predicate) return predicate.any[0] === undefined ? {} : choices(useCase, predicate.any[0]);
  const { not } = predicate;
  if (!('is' in not)) return {};
  const option = useCase.options[not.is];
  const settings = option === undefined ? [] : kindOf(option).settings(option);
  const others = settings.filter((value) => value !== null).filter((value) => !not.values.includes(value));
  return others.length === 0 ? {} : { [not.is]: preferred(useCase, not.is, others) };
}

/** The default where it is one of the values: it has to be changed least. */
function preferred(useCase: UseCase, name: string, values: readonly (string | boolean)[]): ChosenValue {
  const option = useCase.options[name];
  const usual = option === undefined ? undefined : kindOf(option).defaultOf(option);
  return values.find((value) => value === usual) ?? values[0];
}

/** Stands for a value that the resource does not tell. */
function placeholder(useCase: UseCase, name: string): string {
  const option = useCase.options[name];
  const isKey = hasForm(option) && isResourceForm(option.form) && option.form.arn.service === 'kms';
  return isKey ? 'KEY' : 'NAME';
}

/** Reasons of the catalog are what the permission is for, "read the state", or a fact, "checked when a deployment is created". */
export function toDo(reason: string): string {
  const [first = ''] = reason.split(' ');
  return /^[a-z]+$/.test(first) && !/ed$|^(?:the|a|an|only|aws|terraform|docker)$/.test(first)
    ? ` to ${reason}`
    : `: ${reason}`;
}
