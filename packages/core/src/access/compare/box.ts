import { parseOperator } from '../../document/condition.js';
import type { Statement } from '../../document/document.js';
import { principalsOf } from '../caller/principal.js';
import { startsOf, type Starts } from '../meeting.js';
import type { StarReading } from '../resource-form.js';
import { hasVariable, readText, type TemplateText } from '../variables.js';
import { answerWithoutValue } from '../without-value.js';
import type { Literal } from './key.js';
import {
  actionPattern,
  anyAction,
  anyArn,
  anyText,
  callerPattern,
  resourcePatterns,
  type Binding,
} from './text-pattern.js';
import { textSet, type TextSet } from './text-set.js';
import { valueSet } from './value-set.js';

/** Callers that a statement is about for certain, and all that it may be about. */
export interface CallerSet {
  readonly surely: TextSet;
  readonly possibly: TextSet;
}

/** The requests one statement is about: all that lie in each of its sets. */
export interface Box {
  /** Two boxes with the same identity hold the same requests. */
  readonly identity: string;
  readonly actions: TextSet;
  readonly resources: TextSet;
  /** Who it is about; undefined in an identity policy. */
  readonly callers: CallerSet | undefined;
  readonly literals: readonly Literal[];
  readonly starts: Starts;
  /** Its actions as they are spelled, to spell a witness. */
  readonly spellings: readonly string[];
}

/**
 * Builds the box of a statement.
 * @param variables whether the document's version knows policy variables
 * @param binding what the variables are taken to be
 * @param reading how a `*` at the end of a part of an ARN is read
 */
export function boxOf(statement: Statement, variables: boolean, binding: Binding, reading: StarReading): Box {
  const spellings = statement.Action ?? statement.NotAction ?? [];
  const actions = textSet(spellings.map(actionPattern), statement.Action === undefined, anyAction);
  const named = namesResource(statement);
  const resources = textSet(
    (named ? resourcesOf(statement) : ['*']).flatMap((text) => resourcePatterns(text, variables, binding, reading)),
    named && statement.Resource === undefined,
    anyArn,
  );
  const literals = Object.entries(statement.Condition ?? {}).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, values]) => literalOf(name, key, values, variables, binding)),
  );
  const callers = callersOf(statement);
  const sets = [actions, resources, ...(callers === undefined ? [] : [callers.surely, callers.possibly])].map(
    ({ negated, identity }) => `${negated ? '!' : ''}${identity}`,
  );
  const identity = [...sets, ...literals.map((literal) => literal.identity).sort()].join('\n');
  const starts = startsOf(statement);
  return { identity, actions, resources, callers, literals, starts, spellings: statement.Action ?? [] };
}

function callersOf(statement: Statement): CallerSet | undefined {
  const principals = principalsOf(statement);
  if (principals === undefined) return undefined;
  const { surely, unsaid, negated } = principals;
  const [few, many] = [surely, [...surely, ...unsaid]].map((patterns) =>
    textSet(patterns.map(callerPattern), negated, anyText),
  );
  return negated ? { surely: many!, possibly: few! } : { surely: few!, possibly: many! };
}

/** The texts of a statement's `Resource` or `NotResource`. */
export function resourcesOf({ Resource, NotResource }: Pick<Statement, 'Resource' | 'NotResource'>): readonly string[] {
  return Resource ?? NotResource ?? [];
}

/** Whether it says which resources it is about; a trust policy is about its role, and needs not. */
function namesResource({ Resource, NotResource }: Statement): boolean {
  return Resource !== undefined || NotResource !== undefined;
}

/** Builds one condition. */
export function literalOf(
  name: string,
  key: string,
  values: readonly string[],
  variables: boolean,
  binding: Binding,
): Literal {
  const operator = parseOperator(name);
  if (operator === undefined) throw new Error(`\`${name}\` is no condition operator`);
  const { comparison, order, negated, ifExists, set } = operator;
  const unique = Array.from(new Set(values)).sort();
  const substituted = variables && unique.some((value) => value.includes('${'));
  const kind = [comparison, order, negated, ifExists, set ?? ''];
  const lowerCase = unique.map((value) => value.toLowerCase());
  return {
    identity: JSON.stringify([...kind, key.toLowerCase(), substituted, unique]),
    operator,
    key: key.toLowerCase(),
    values: valueSet(operator, unique, variables, binding),
    absent: answerWithoutValue(operator, lowerCase.includes('true'), 'absent'),
    empty: answerWithoutValue(operator, lowerCase.includes('true'), 'empty'),
    present: lowerCase.includes('false'),
  };
}

/** The condition keys, in lower case, that stand as variables in texts of a policy. */
export function variablesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    if (!text.includes('${')) return [];
    const template: TemplateText = readText(text, true, false);
    return hasVariable(template) ? template.flatMap((element) => (typeof element === 'object' ? element.key : [])) : [];
  });
}

/** All values of a statement's conditions. */
export function valuesOf({ Condition }: Pick<Statement, 'Condition'>): string[] {
  return Object.values(Condition ?? {}).flatMap((keys) => Object.values(keys).flat());
}
