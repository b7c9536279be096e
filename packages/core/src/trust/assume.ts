import { parse } from '../document/parse.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import { quote } from '../document/problem.js';
import { callerOfToken, rolesClaim, type WebIdentity, type WebIdentityCaller } from '../access/caller/web-identity.js';
import { decide } from '../access/decide.js';
import type { DocumentSource } from '../access/documents.js';
import type { ContextValue } from '../access/request.js';
import { askStatements, type FailedCondition, type StatementAnswer } from './ask.js';
import { changeFor, type Change } from './change.js';
import { explainCondition, type Cause, type TrustExplanation } from './explain.js';
import { explainPrincipal } from './explain-principal.js';
import { placeOfRole, type KnownRole } from './place.js';

/** What is known besides the policy and the token. */
export interface AssumeSettings extends KnownRole {
  /** The audiences that the provider in IAM lists. */
  readonly clientIds?: readonly string[] | undefined;
  /** Condition keys of the request that no token says, such as `aws:SourceIp`. */
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** Whether a trust policy lets a token in, and why not. */
export interface Assumption {
  readonly allowed: boolean;
  /** The conditions that fail, in the statements that come nearest. */
  readonly failed: readonly FailedCondition[];
  /** One sentence. */
  readonly reason: string;
  /** Every reason, the first one first. */
  readonly causes: readonly TrustExplanation[];
  /** What would let exactly this token in, and what else that lets in; null where there is no such change. */
  readonly change: Change | null;
  /** Where the policy lets the token in: what else can refuse it. */
  readonly others: readonly string[];
}

/**
 * Says whether AWS would let a token assume the role that has a trust policy, and if not, which condition fails and why.
 * The token is read and not verified.
 * @throws {RangeError} where the policy is no trust policy that can be read
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function assume(policy: DocumentSource, token: WebIdentity, settings: AssumeSettings = {}): Assumption {
  const document = readTrust(policy);
  const place = placeOfRole(document, token.issuer, settings);
  const made = callerOfToken(token, place);
  const caller = { ...made, context: { ...made.context, ...settings.context } };
  const decisions = caller.actions.map((action) => decideOne(document, caller, action));
  const answers = askStatements(document, caller);
  if (decisions.every((decision) => decision === 'allowed')) return letIn(token, caller, settings, answers);
  const { failed, causes } = whyNot(answers, caller, token, document);
  const reason = causes.map(({ says }) => says).join('; ');
  return {
    allowed: false,
    failed,
    reason,
    causes,
    change: changeFor(document, answers, caller, token, causes),
    others: [],
  };
}

function readTrust(policy: DocumentSource): PolicyDocument {
  const shape = parse(policy);
  // IAM takes no `Resource` in a trust policy; one that is written there changes nothing of what is meant.
  const isMeant = shape.type === 'resource' && (shape.document?.Statement.some(isOfSts) ?? false);
  const { document, type, problems } = isMeant ? parse(policy, { type: 'trust' }) : shape;
  const lost = problems.filter(({ severity }) => severity === 'unreadable');
  if (document === null) {
    throw new RangeError(lost.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '));
  }
  if (type === 'identity') {
    throw new RangeError(
      'the policy names no principal, so it is a permissions policy: give the trust policy of the role',
    );
  }
  if (type === 'resource') {
    throw new RangeError('the policy is that of a resource: give the trust policy of the role');
  }
  return document;
}

function isOfSts({ Action = [] }: Statement): boolean {
  return Action.some((text) => /^sts:assumerole/i.test(text));
}

function decideOne(document: PolicyDocument, { principal, context }: WebIdentityCaller, action: string) {
  return decide(document, { principal, context, action, resource: '*' }).decision;
}

function letIn(
  token: WebIdentity,
  caller: WebIdentityCaller,
  { role, clientIds }: AssumeSettings,
  answers: readonly StatementAnswer[],
): Assumption {
  const { claims, issuer } = token;
  const allowing = answers.filter(
    ({ statement, principal, failed, lacks }) =>
      statement.Effect === 'Allow' && principal === true && failed.length === 0 && lacks.length < caller.actions.length,
  );
  const by = allowing.map(({ index, statement }) => quote(statement.Sid ?? `Statement[${index}]`)).join(' and ');
  const refuse = (cause: Cause, says: string): Assumption => ({
    allowed: false,
    failed: [],
    reason: says,
    causes: [{ cause, says }],
    change: null,
    others: [],
  });
  const roles = Object.hasOwn(claims, rolesClaim) ? [claims[rolesClaim]].flat() : undefined;
  if (role !== undefined && roles !== undefined && !roles.includes(role)) {
    return refuse(
      'roles claim',
      `the policy lets the token in, and its claim ${quote(rolesClaim)} does not hold ${quote(role)}: AWS refuses a token that names other roles`,
    );
  }
  const audience = [claims['azp'] ?? claims['aud']].flat();
  const which = claims['azp'] === undefined ? 'aud' : 'azp';
  if (clientIds !== undefined && clientIds.length > 0 && !audience.some((one) => clientIds.includes(String(one)))) {
    return refuse(
      'audience',
      `the policy lets the token in, and its \`${which}\` ${audience.map(quote).join(', ')} is none of the provider's client ids ${clientIds.map(quote).join(', ')}: AWS says "Incorrect token audience"; add it to the provider, or ask for a token for one of them`,
    );
  }
  const shown = audience.map(quote).join(', ');
  const others = [
    `the account has a provider for exactly ${quote(issuer)}, and ${audience[0] === undefined ? 'the token needs an audience that is' : `${shown} (\`${which}\`) is`} among its client ids`,
    ...(roles !== undefined && role === undefined
      ? [`the token's claim ${quote(rolesClaim)} holds the ARN of the role: ${roles.map(quote).join(', ')}`]
      : []),
    'the call is AssumeRoleWithWebIdentity with this token, not AssumeRole with the credentials of the runner or of another role',
    "the session is no longer than the role's maximum session duration",
    `the token has not expired${expiry(claims['exp'])}, and the provider's keys can be fetched over HTTPS`,
    'the role and the provider are not new: changes in IAM take some seconds to be seen, and STS throttles many calls at once',
    'no resource control policy of the organization denies it',
  ];
  const reason = `the trust policy lets the token in, by ${by}`;
  return { allowed: true, failed: [], reason, causes: [], change: null, others };
}

/** When a token says that it expires; no date is as far as the largest number. */
function expiry(seconds: unknown): string {
  const time = typeof seconds === 'number' ? new Date(seconds * 1000) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? '' : `, which it does at ${time.toISOString()}`;
}

/** The reasons of the statements that come nearest. */
function whyNot(
  answers: readonly StatementAnswer[],
  caller: WebIdentityCaller,
  token: WebIdentity,
  document: PolicyDocument,
): { readonly failed: readonly FailedCondition[]; readonly causes: readonly TrustExplanation[] } {
  const [main] = caller.actions;
  const isDenied = ({ statement, principal, failed, lacks }: StatementAnswer): boolean =>
    statement.Effect === 'Deny' && principal !== false && failed.length === 0 && lacks.length < caller.actions.length;
  const denying = answers.filter(isDenied);
  if (denying.length > 0) {
    return {
      failed: denying.map(({ index }) => pseudo(index, 'Effect', ['Allow'], 'Deny')),
      causes: denying.map(({ index, statement }) => ({
        cause: 'denied',
        says: `${nameOf(index, statement)} denies it: an explicit Deny wins over every Allow`,
      })),
    };
  }
  const allows = answers.filter(({ statement }) => statement.Effect === 'Allow');
  const about = allows.filter(({ principal }) => principal !== false);
  if (about.length === 0) {
    const explanation = explainPrincipal(document, caller, token);
    const failed = allows.map(({ index, statement }) =>
      pseudo(index, 'Principal', principalTexts(statement), principalText(caller)),
    );
    return { failed, causes: [explanation] };
  }
  const able = about.filter(({ lacks }) => !lacks.includes(main!));
  if (able.length === 0) {
    const actions = [...new Set(about.flatMap(({ statement }) => statement.Action ?? []))];
    const says = `no statement for this provider allows ${quote(main)}: it allows ${actions.map(quote).join(', ') || 'something else'}, and a web identity is let in by that action alone`;
    return {
      failed: about.map(({ index, statement }) => pseudo(index, 'Action', statement.Action ?? [], main!)),
      causes: [{ cause: 'action', says }],
    };
  }
  const fits = able.filter(({ failed, unsaid }) => failed.length + unsaid.length === 0);
  if (fits.length > 0) {
    const missing = caller.actions.filter((action) => decideOne(document, caller, action) !== 'allowed');
    const tags = Object.keys(caller.context).flatMap((key) => /^aws:RequestTag\/(.+)$/.exec(key)?.[1] ?? []);
    const carries = missing.includes('sts:TagSession')
      ? `the token carries the session tags ${tags.map(quote).join(', ')}`
      : 'the token carries a source identity';
    const says = `${carries}, so some statement has to allow ${missing.map(quote).join(' and ')} too, and none does`;
    return {
      failed: fits.map(({ index, statement }) => pseudo(index, 'Action', statement.Action ?? [], missing[0] ?? main!)),
      causes: [{ cause: 'session tags', says }],
    };
  }
  const fewest = Math.min(...able.map(({ failed }) => (failed.length === 0 ? Infinity : failed.length)));
  if (fewest === Infinity) {
    const unsaid = able.flatMap((answer) => answer.unsaid);
    const says = `it is not known: AWS does not say what ${unsaid.map(({ operator, key }) => `${quote(operator)} on ${quote(key)}`).join(', ')} makes of several values`;
    return { failed: unsaid, causes: [{ cause: 'not known', says }] };
  }
  const nearest = able.filter(({ failed }) => failed.length === fewest);
  const failed = nearest.flatMap((answer) => answer.failed);
  const causes = failed.map((condition) => explainCondition(condition, token));
  const seen = new Set<string>();
  const once = causes.filter(({ says }) => !seen.has(says) && seen.add(says));
  return { failed, causes: once.toSorted((one, other) => rank(one) - rank(other)) };
}

/** What nobody can mend by another value comes first. */
function rank({ cause }: TrustExplanation): number {
  const order: readonly Cause[] = [
    'key of another issuer',
    'claim without key',
    'wildcard under equals',
    'subject form',
    'letter case',
    'pull request',
    'environment',
    'template',
    'other value',
    'absent claim',
    'audience',
  ];
  const found = order.indexOf(cause);
  return found < 0 ? order.length : found;
}

/** An element that fails, in the form of a condition. */
function pseudo(statement: number, element: string, wanted: readonly string[], found: string): FailedCondition {
  return { statement, operator: element, key: element, wanted, found };
}

function principalTexts({ Principal }: Statement): string[] {
  return typeof Principal === 'object' ? Object.values(Principal).flat() : [];
}

function principalText({ principal }: WebIdentityCaller): string {
  return typeof principal === 'object' ? (Object.values(principal)[0] ?? '') : principal;
}

function nameOf(index: number, { Sid }: Statement): string {
  return quote(Sid ?? `Statement[${index}]`);
}
