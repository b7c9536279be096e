import { isOfClass } from '../document/error-class.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import type { Problem } from '../document/problem.js';
import { compileTemplate, distinct, Rendering, type Expansion } from './expand.js';
import { testOf, type Lookup, type Predicate, type PredicateTest } from './predicate.js';
import type { Host } from './host.js';
import { resolve, type Resolved } from './resolve.js';
import type { Slot, Template } from './template.js';
import { providerProblems } from './provider.js';
import { isTrustEntry, keyOf, type AnyEntry, type TrustStatement } from './trust.js';
import { isWhen, type ConditionTemplate, type Entry, type OptionsOf, type StatementTemplate } from './use-case.js';

/** Thrown where options cannot be built: it holds every problem at once. */
export class OptionsError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOfClass(this, 'OptionsError', value);
  }

  override readonly name = 'OptionsError';

  constructor(
    /** The id of the entry. */
    readonly useCase: string,
    readonly problems: readonly Problem[],
  ) {
    const lines = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    super(`${useCase}: ${lines.join('; ')}`);
  }
}

/**
 * Builds the policy of an entry for given options: of a use case the permissions, of a trust entry the trust policy.
 * @param host what an adapter knows of values that are not known yet
 * @throws {OptionsError} with every problem in the options
 */
export function build<U extends AnyEntry>(useCase: U, options: OptionsOf<U>, host: Host = {}): PolicyDocument {
  const attempt = tryBuild(useCase, options, host);
  if (attempt.problems.length > 0) throw new OptionsError(useCase.id, attempt.problems);
  return attempt.document;
}

/** What {@link tryBuild} made: the document counts only where there are no problems. */
export interface Attempt {
  readonly document: PolicyDocument;
  readonly problems: readonly Problem[];
  readonly resolved: Resolved;
}

/** Builds as {@link build} does, for options of any origin, and returns the problems. */
export function tryBuild(useCase: AnyEntry, options: unknown, host: Host = {}): Attempt {
  const resolved = resolve(useCase, options, host);
  const rendering = new Rendering(useCase.options, resolved, host);
  const lookup: Lookup = (option) => resolved.values[option];
  const statements: Statement[] = [];
  const { issuer, statements: program } = programOf(useCase);
  rendering.issuer = expandAll(issuer, rendering, lookup)[0] ?? '';
  for (const statement of program) {
    const built = buildStatement(statement, rendering, lookup);
    if (built !== undefined) statements.push(built);
  }
  const problems = [...resolved.problems, ...rendering.problems()];
  if (problems.length === 0 && issuer.length > 0) problems.push(...providerProblems(rendering, host));
  if (statements.length === 0 && problems.length === 0) problems.push({ path: '', message: emptyMessage(useCase) });
  return { document: { Version: '2012-10-17', Statement: statements }, problems, resolved };
}

function emptyMessage(entry: AnyEntry): string {
  return isTrustEntry(entry)
    ? 'with these options nobody is let in, so there is no policy to make'
    : 'with these options the job needs no permission, so there is no policy to make';
}

/** A part of a statement that may be switched. */
interface CompiledSwitch<T> {
  readonly when: PredicateTest | undefined;
  readonly then: T;
}

interface CompiledCondition {
  readonly when: PredicateTest | undefined;
  readonly exact: string;
  readonly wildcards: string;
  readonly key: string;
  readonly values: readonly CompiledSwitch<Expansion>[];
}

interface StatementProgram {
  readonly sid: string;
  readonly when: PredicateTest | undefined;
  readonly actions: readonly CompiledSwitch<string>[];
  /** Undefined for `*`, and in a trust policy. */
  readonly resources: readonly CompiledSwitch<Expansion>[] | undefined;
  readonly principal: { readonly type: string; readonly values: readonly CompiledSwitch<Expansion>[] } | undefined;
  readonly conditions: readonly CompiledCondition[];
}

interface EntryProgram {
  readonly issuer: readonly CompiledSwitch<Expansion>[];
  readonly statements: readonly StatementProgram[];
}

/** An entry never changes, so its statements are prepared once. */
const programs = new WeakMap<Entry, EntryProgram>();

function programOf(entry: AnyEntry): EntryProgram {
  let program = programs.get(entry);
  if (program === undefined) {
    const issuer = 'issuer' in entry ? (entry.issuer ?? []) : [];
    program = { issuer: issuer.map(compileSwitched), statements: entry.statements.map(compileStatement) };
    programs.set(entry, program);
  }
  return program;
}

function compileStatement(statement: StatementTemplate | TrustStatement): StatementProgram {
  const resources = 'resources' in statement ? statement.resources : undefined;
  const principal = 'principal' in statement ? statement.principal : undefined;
  return {
    sid: statement.sid,
    when: statement.when && testOf(statement.when),
    actions: Object.entries(statement.actions).map(([action, reason]) => ({
      when: isWhen(reason) ? testOf(reason.when) : undefined,
      then: action,
    })),
    resources: resources === undefined || 'unscoped' in resources ? undefined : resources.map(compileSwitched),
    principal: principal && { type: principal.type, values: principal.values.map(compileSwitched) },
    conditions: (statement.conditions ?? []).map(compileCondition),
  };
}

function compileCondition(condition: ConditionTemplate): CompiledCondition {
  const { operator } = condition;
  return {
    when: condition.when && testOf(condition.when),
    exact: typeof operator === 'string' ? operator : operator.exact,
    wildcards: typeof operator === 'string' ? operator : operator.wildcards,
    key: condition.key,
    values: condition.values.map(compileSwitched),
  };
}

function compileSwitched(
  part: Template | Slot | string | { when: Predicate; then: Template | Slot | string },
): CompiledSwitch<Expansion> {
  return isWhen(part)
    ? { when: testOf(part.when), then: compileTemplate(part.then) }
    : { when: undefined, then: compileTemplate(part) };
}

function buildStatement(statement: StatementProgram, rendering: Rendering, lookup: Lookup): Statement | undefined {
  if (statement.when !== undefined && !statement.when(lookup)) return undefined;
  const actions = active(statement.actions, lookup);
  if (actions.length === 0) return undefined;
  const { principal } = statement;
  const resources = statement.resources === undefined ? ['*'] : expandAll(statement.resources, rendering, lookup);
  const callers = principal === undefined ? [] : expandAll(principal.values, rendering, lookup);
  if (resources.length === 0 || (principal !== undefined && callers.length === 0)) return undefined;
  let condition: Record<string, Record<string, readonly string[]>> | undefined;
  for (const template of statement.conditions) {
    if (template.when !== undefined && !template.when(lookup)) continue;
    const values = expandAll(template.values, rendering, lookup);
    if (values.length === 0) return undefined;
    const operator = (lookup('scope') ?? 'exact') === 'exact' ? template.exact : template.wildcards;
    condition ??= {};
    (condition[operator] ??= {})[keyOf(template.key, rendering.issuer)] = values;
  }
  const { sid: Sid } = statement;
  const built: { -readonly [Element in keyof Statement]: Statement[Element] } =
    principal === undefined
      ? { Sid, Effect: 'Allow', Action: actions, Resource: resources }
      : { Sid, Effect: 'Allow', Principal: { [principal.type]: callers }, Action: actions };
  if (condition !== undefined) built.Condition = condition;
  return built;
}

function active<T>(parts: readonly CompiledSwitch<T>[], lookup: Lookup): T[] {
  const found: T[] = [];
  for (const part of parts) {
    if (part.when === undefined || part.when(lookup)) found.push(part.then);
  }
  return found;
}

function expandAll(parts: readonly CompiledSwitch<Expansion>[], rendering: Rendering, lookup: Lookup): string[] {
  const texts: string[] = [];
  for (const part of parts) {
    if (part.when === undefined || part.when(lookup)) part.then(rendering, texts);
  }
  return distinct(texts);
}
