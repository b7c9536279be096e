import type { PolicyDocument, Statement } from '../document/document.js';
import { quote } from '../document/problem.js';
import { isAbout } from '../trust/ask.js';
import { trustRisks } from '../trust/risks.js';
import type { Host } from '../use-case/host.js';
import { asKnown } from './as-known.js';
import type { PolicySource, RoleProblem } from './role.js';
import { writingActions } from './writing-actions.js';

/**
 * Whether an action that AWS calls a write leaves everything as it was: it uses a key on data that the caller has.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export function leavesAsItWas(action: string): boolean {
  return /^kms:(Decrypt|Encrypt|ReEncrypt|GenerateDataKey|GenerateMac|VerifyMac|Verify|GenerateRandom)/i.test(action);
}

/** A source of permissions, and what it came to. */
interface Permitted {
  readonly source: PolicySource;
  readonly document: PolicyDocument;
}

/**
 * The permissions that write in a role that lets pull requests in, so code that nobody has reviewed: by the actions of the
 * catalog, as AWS lists them. A use case with the access of a plan or of a reader does what a plan does, and is left alone;
 * of an action that no use case has nothing is known.
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function unreviewedWrites(
  roleName: string,
  trust: PolicyDocument,
  permissions: readonly Permitted[],
  host: Host,
): RoleProblem[] {
  if (!trustRisks(asKnown(trust, host)).some(({ code }) => code === 'T06')) return [];
  return permissions.flatMap(({ source, document }, index): RoleProblem[] => {
    const writes = onlyReads(source) ? [] : writesOf(document);
    if (writes.length === 0) return [];
    const shown = writes.slice(0, 3).map(quote).join(', ');
    const by = writes.length > 3 ? `${shown} and ${writes.length - 3} more` : shown;
    const message = `can write by ${by}, and the trust of ${quote(roleName)} lets pull requests in, so code that nobody has reviewed: give pull requests a role of their own that can only read`;
    return [{ path: `permissions[${index}]`, message, source: { of: 'permissions', index, option: '' } }];
  });
}

function onlyReads(source: PolicySource): boolean {
  if ('document' in source || typeof source.options !== 'object' || source.options === null) return false;
  const { access } = source.options as { readonly access?: unknown };
  return access === 'plan' || access === 'read';
}

/** The actions of a document, or its patterns, that write. */
function writesOf({ Statement: statements }: PolicyDocument): string[] {
  const denied = statements.filter(
    ({ Effect, Resource, Condition }) =>
      Effect === 'Deny' && Condition === undefined && Resource?.some((resource) => /^\*+$/.test(resource)) === true,
  );
  const found = new Set<string>();
  const isWrite = (statement: Statement): boolean =>
    writingActions.some((action) => allows(statement, action) && !denied.some((deny) => allows(deny, action)));
  for (const statement of statements) {
    if (statement.Effect !== 'Allow') continue;
    if (statement.Action === undefined && isWrite(statement)) found.add('NotAction');
    for (const pattern of statement.Action ?? []) if (isWrite({ ...statement, Action: [pattern] })) found.add(pattern);
  }
  return [...found];
}

function allows({ Action, NotAction, Resource = [] }: Statement, action: string): boolean {
  // A lock file of a Terraform state is nothing of the infrastructure.
  const isLock = Resource.length > 0 && Resource.every((resource) => resource.endsWith('.tflock'));
  if (isLock && /^s3:(Put|Delete)Object$/.test(action)) return false;
  if (Action?.every((pattern) => !/[*?]/.test(pattern)) === true)
    return Action.some((one) => one.toLowerCase() === action.toLowerCase());
  return isAbout({ Effect: 'Allow', ...(Action === undefined ? { NotAction: NotAction ?? [] } : { Action }) }, action);
}
