import type { PolicyDocument, Statement } from '../document/document.js';
import { textOfCaller, type CallerText } from './caller/caller.js';
import { contextOfCaller } from './caller/caller-context.js';
import { compilePrincipals, type PrincipalMatcher } from './caller/match-principal.js';
import { readDocuments, type DocumentSource } from './documents.js';
import { compileConditions, type ConditionMatcher, type Truth } from './match-condition.js';
import { compileResource, RequestArn, type ArnMatcher } from './match-resource.js';
import { compilePattern, readPattern } from './pattern.js';
import { readContext, type Context, type Request } from './request.js';
import type { StarReading } from './resource-form.js';
import { needsNoPermission } from './without-permission.js';

/** A statement that took part in a decision. */
export interface DecidingStatement {
  /** Which document, counted from 0 in the order given. */
  readonly document: number;
  /** Which statement of it, counted from 0. */
  readonly statement: number;
  readonly sid: string | undefined;
}

/** How AWS answers a request, as far as these documents decide it. */
export interface Decision {
  /**
   * - `allowed`: an Allow matches and no Deny does, or the action is one that needs no permission and cannot be denied;
   * - `explicitDeny`: a Deny matches;
   * - `implicitDeny`: nothing matches;
   * - `undetermined`: it hangs on something AWS does not say: several values under an operator for one, or whether the
   *   caller is among the principals; or on who calls, which the request does not say.
   */
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'undetermined';
  /** The statements that decided: the matching Denies or Allows, or the undetermined ones; none where none did. */
  readonly statements: readonly DecidingStatement[];
}

/**
 * Decides one request against a set of policies of one type. For a trust policy the request is about the role that has it;
 * the policy of a resource decides only what it says itself, and other policies of the caller's account may deny it.
 * @throws {DocumentError} where a document's meaning cannot be known, or the documents are of several types
 * @throws {RangeError} where the principal of the request is nobody who makes requests
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(documents: DocumentSource | readonly DocumentSource[], request: Request): Decision {
  return compile(documents)(request);
}

/**
 * Prepares a set of policies of one type for many requests.
 * @returns the function that decides one request
 * @throws {DocumentError} where a document's meaning cannot be known
 */
export function compile(documents: DocumentSource | readonly DocumentSource[]): (request: Request) => Decision {
  return compileRead(readDocuments(documents), () => 'runs');
}

/** The same for documents that are read, with a choice of how each statement reads a `*` at the end of a part. */
export function compileRead(
  documents: readonly PolicyDocument[],
  readingOf: (statement: Statement) => StarReading,
): (request: Request) => Decision {
  const statements = documents.flatMap((document, index) => compileDocument(document, index, readingOf));
  const denies = statements.filter((statement) => statement.effect === 'Deny');
  const allows = statements.filter((statement) => statement.effect === 'Allow');
  return (request) => {
    const action = request.action.toLowerCase();
    if (needsNoPermission(action)) return { decision: 'allowed', statements: [] };
    const arn = new RequestArn(request.resource);
    const caller = request.principal === undefined ? undefined : textOfCaller(request.principal);
    const context = readContext(request.context, caller === undefined ? undefined : contextOfCaller(caller));
    const asked = { action, arn, caller, context };
    const deny = matching(denies, asked);
    if (deny.certain.length > 0) return { decision: 'explicitDeny', statements: deny.certain };
    if (deny.undetermined.length > 0) return { decision: 'undetermined', statements: deny.undetermined };
    const allow = matching(allows, asked);
    if (allow.certain.length > 0) return { decision: 'allowed', statements: allow.certain };
    if (allow.undetermined.length > 0) return { decision: 'undetermined', statements: allow.undetermined };
    return { decision: 'implicitDeny', statements: [] };
  };
}

interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly identity: DecidingStatement;
  readonly matchesPrincipal: PrincipalMatcher;
  readonly matchesAction: (lowerCaseAction: string) => boolean;
  readonly matchesResource: ArnMatcher;
  readonly matchesCondition: ConditionMatcher;
}

function compileDocument(
  { Version, Statement }: PolicyDocument,
  document: number,
  readingOf: (statement: Statement) => StarReading,
): CompiledStatement[] {
  const variables = Version === '2012-10-17';
  return Statement.map((statement, index) => ({
    effect: statement.Effect,
    identity: { document, statement: index, sid: statement.Sid },
    matchesPrincipal: compilePrincipals(statement),
    matchesAction: compileActions(statement),
    matchesResource: compileResources(statement, variables, readingOf(statement)),
    matchesCondition: compileConditions(statement.Condition, variables),
  }));
}

/** Letter case does not matter in actions. */
function compileActions(statement: Statement): (lowerCaseAction: string) => boolean {
  const patterns = statement.Action ?? statement.NotAction ?? [];
  const exact = new Set<string>();
  const matchers: ((action: string) => boolean)[] = [];
  for (const pattern of patterns) {
    const text = pattern.toLowerCase();
    if (/[*?]/.test(text)) matchers.push(compilePattern(readPattern(text)));
    else exact.add(text);
  }
  const negated = statement.Action === undefined;
  return (action) => (exact.has(action) || matchers.some((matches) => matches(action))) !== negated;
}

/** A statement that names no resource is about the role or the resource that has it. */
function compileResources(statement: Statement, variables: boolean, reading: StarReading): ArnMatcher {
  if (statement.Resource === undefined && statement.NotResource === undefined) return () => true;
  const texts = statement.Resource ?? statement.NotResource ?? [];
  const matchers = texts.map((text) => compileResource(text, variables, reading));
  const negated = statement.Resource === undefined;
  return (arn, context) => matchers.some((matches) => matches(arn, context)) !== negated;
}

interface Matching {
  readonly certain: DecidingStatement[];
  readonly undetermined: DecidingStatement[];
}

/** What is asked, ready to be matched. */
interface PreparedRequest {
  readonly action: string;
  readonly arn: RequestArn;
  readonly caller: CallerText | undefined;
  readonly context: Context;
}

function matching(
  statements: readonly CompiledStatement[],
  { action, arn, caller, context }: PreparedRequest,
): Matching {
  const found: Matching = { certain: [], undetermined: [] };
  for (const statement of statements) {
    if (!statement.matchesAction(action) || !statement.matchesResource(arn, context)) continue;
    const principal = statement.matchesPrincipal(caller);
    if (principal === false) continue;
    const truth: Truth = statement.matchesCondition(context);
    if (truth === true && principal === true) found.certain.push(statement.identity);
    else if (truth !== false) found.undetermined.push(statement.identity);
  }
  return found;
}
