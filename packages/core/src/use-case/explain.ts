import type { PolicyDocument } from '../document/document.js';
import { compilePattern, readPattern } from '../access/pattern.js';
import type { Evidence } from './evidence.js';
import { hasForm } from './option/form-option.js';
import { kindOf } from './option/kind-of.js';
import type { Option, OptionSet } from './option.js';
import { all, any, given, holds, type Predicate, type When } from './predicate.js';
import { respell, type Host } from './host.js';
import type { Resolved } from './resolve.js';
import { partsOf, type Slot, type Template } from './template.js';
import { isKeyOf, type AnyEntry, type TrustStatement } from './trust.js';
import {
  isWhen,
  type AnyStatement,
  type ConditionTemplate,
  type Entry,
  type StatementTemplate,
  type UseCase,
} from './use-case.js';

/** One permission of an entry: an action in one of its statements. */
export interface Permission {
  readonly useCase: string;
  readonly sid: string;
  readonly action: string;
  readonly reason: string;
  /** The options that bring it; undefined where it is always there. */
  readonly when: Predicate | undefined;
  readonly evidence: readonly Evidence[];
}

/** Lists every permission that a use case can give, without choosing any option. */
export function listPermissions(useCase: UseCase): Permission[] {
  return useCase.statements.flatMap((statement) => {
    const present = joined('all', [statement.when, presence(useCase.options, statement)]);
    return Object.entries(statement.actions).map(([action, reason]) => ({
      useCase: useCase.id,
      sid: statement.sid,
      action,
      reason: isWhen(reason) ? reason.then : reason,
      when: joined('all', [present, isWhen(reason) ? reason.when : undefined]),
      evidence: statement.evidence,
    }));
  });
}

/** What must hold for the statement to have a resource, and a value in each condition: without one it is not there. */
function presence(options: OptionSet, { resources, conditions = [] }: StatementTemplate): Predicate | undefined {
  const values = conditions.filter((condition) => condition.when === undefined).map((condition) => condition.values);
  const lists = 'unscoped' in resources ? values : [resources, ...values];
  return joined(
    'all',
    lists.map((list) => someOf(options, list)),
  );
}

type SwitchedTemplate = string | Template | Slot | When<string | Template | Slot>;

/**
 * What must hold for one of them to be there. Where they are switched one by one, what holds for all: that one of the switches is
 * on, the entry itself sees to.
 */
function someOf(options: OptionSet, list: readonly SwitchedTemplate[]): Predicate | undefined {
  const ways = list.map((one) => conjunctsOf(options, one));
  const same = (a: Predicate) => (b: Predicate) => JSON.stringify(a) === JSON.stringify(b);
  const inAll = (ways[0] ?? []).filter((part) => ways.every((way) => way.some(same(part))));
  const others = ways.map((way) => way.filter((part) => !inAll.some(same(part))));
  if (list.some(isWhen) || others.some((way) => way.length === 0)) return joined('all', inAll);
  const any = joined(
    'any',
    others.map((way) => joined('all', way)),
  );
  return joined('all', [...inAll, any]);
}

/** All that must hold for it to be there. */
function conjunctsOf(options: OptionSet, one: SwitchedTemplate): readonly Predicate[] {
  const named = partsOf(isWhen(one) ? one.then : one).flatMap((part) =>
    typeof part === 'object' && 'option' in part ? [part.option] : [],
  );
  const needed = named.filter((name) => mayBeAbsent(options[name])).map((name) => given(name));
  const whole = joined('all', [isWhen(one) ? one.when : undefined, ...needed]);
  return whole === undefined ? [] : 'all' in whole ? whole.all : [whole];
}

function mayBeAbsent(option: Option | undefined): boolean {
  if (!hasForm(option)) return false;
  return !option.required && kindOf(option).defaultOf(option) === undefined;
}

/**
 * Finds the permissions for an action in several use cases.
 * @param action letter case ignored; `*` and `?` are wildcards
 */
export function findAction(useCases: readonly UseCase[], action: string): Permission[] {
  const matches = compilePattern(readPattern(action.toLowerCase()));
  return useCases.flatMap(listPermissions).filter((permission) => matches(permission.action.toLowerCase()));
}

/** What the user of a policy should know besides, for the options it was built with. */
export function listNotes(useCase: Entry, { values }: Resolved, host: Host = {}): string[] {
  const notes = useCase.notes ?? [];
  return notes
    .filter((note) => note.if === undefined || holds(note.if, (option) => values[option]))
    .map(({ say }) => respell(say, useCase, host));
}

/** Why a statement of a built document is there. */
export interface Explanation {
  readonly sid: string;
  /** Each action with its reason. */
  readonly actions: Readonly<Record<string, string>>;
  /** Why the statement is for every resource; undefined where it is not. */
  readonly unscoped: string | undefined;
  /** Whom the statement of a trust policy lets in, and why; undefined in a permissions policy. */
  readonly principal: { readonly type: string; readonly reason: string } | undefined;
  /** Each condition with its reason, in the order of the document. */
  readonly conditions: readonly { readonly operator: string; readonly key: string; readonly reason: string }[];
  readonly evidence: readonly Evidence[];
}

/** Explains a document that was built from this entry, statement by statement. */
export function explain(useCase: AnyEntry, document: PolicyDocument): Explanation[] {
  const templates = new Map<string, StatementTemplate | TrustStatement>(
    useCase.statements.map((statement) => [statement.sid, statement]),
  );
  return document.Statement.flatMap((statement) => {
    const template = templates.get(statement.Sid ?? '');
    if (template === undefined) return [];
    const actions = (statement.Action ?? []).map((action) => [action, reasonOf(template, action)] as const);
    const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) => ({ operator, key, reason: conditionReason(template, operator, key) })),
    );
    return [
      {
        sid: template.sid,
        actions: Object.fromEntries(actions),
        unscoped: 'resources' in template && 'unscoped' in template.resources ? template.resources.unscoped : undefined,
        principal:
          'principal' in template ? { type: template.principal.type, reason: template.principal.reason } : undefined,
        conditions,
        evidence: template.evidence,
      },
    ];
  });
}

/** The operators a condition may be written with. */
function operatorsOf({ operator }: ConditionTemplate): string[] {
  return typeof operator === 'string' ? [operator] : [operator.exact, operator.wildcards];
}

function reasonOf(template: AnyStatement, action: string): string {
  const reason = template.actions[action];
  return reason === undefined ? '' : isWhen(reason) ? reason.then : reason;
}

function conditionReason(template: AnyStatement, operator: string, key: string): string {
  const found = template.conditions?.find(
    (condition) => isKeyOf(key, condition.key) && operatorsOf(condition).includes(operator),
  );
  return found?.reason ?? '';
}

/** One predicate for several, each of them once; undefined where there is none. */
function joined(how: 'all' | 'any', predicates: readonly (Predicate | undefined)[]): Predicate | undefined {
  const parts = predicates.flatMap((predicate) => {
    if (predicate === undefined) return [];
    return how === 'all' && 'all' in predicate ? predicate.all : [predicate];
  });
  const distinct = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
  return distinct.length < 2 ? distinct[0] : how === 'all' ? all(...distinct) : any(...distinct);
}
