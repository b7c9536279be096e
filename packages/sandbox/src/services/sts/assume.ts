import { callerOfToken, compile, parse, type Caller, type ContextValue } from '@postern/core';
import { ServiceError, type Call, type OperationOutput } from '../../server/call.js';
import type { IamRole } from '../iam/state.js';
import { tagContext } from '../request-tags.js';
import { verifyToken } from './web-identity-token.js';

type SessionContext = Readonly<Record<string, ContextValue>>;

const shortest = 900;
const usual = 3600;

/** The session that is asked for: the role, the session's name, its length. */
interface AskedSession {
  readonly roleArn: string;
  readonly session: string;
  readonly seconds: number;
  readonly role: IamRole | undefined;
}

/** Whether roles are known to the world, so that who is let in is a question of their trust policies. */
function isEnforced({ world }: Call): boolean {
  return world.roles.size + world.identityProviders.size > 0;
}

function asked(call: Call): AskedSession {
  const roleArn = String(call.input['RoleArn'] ?? '');
  const session = String(call.input['RoleSessionName'] ?? '');
  if (!/^arn:[a-z-]+:iam::[0-9]{12}:role\/.+$/.test(roleArn) || !/^[\w+=,.@-]{2,64}$/.test(session))
    throw new ServiceError('ValidationError', 'RoleArn or RoleSessionName is missing or has the wrong form');
  const role = call.world.roles.get(roleArn);
  const seconds = call.input['DurationSeconds'] === undefined ? usual : Number(call.input['DurationSeconds']);
  if (!Number.isInteger(seconds) || seconds < shortest || seconds > 43_200)
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must have value between ${shortest} and 43200`,
    );
  return { roleArn, session, seconds, role };
}

/** What a trust policy says of a caller: whether each action that the call needs is allowed. */
function isTrusted(role: IamRole, principal: Caller, context: SessionContext, actions: readonly string[]): boolean {
  const decide = compile(parse(role.trust, { type: 'trust' }).document ?? []);
  return actions.every((action) => decide({ principal, action, resource: role.arn, context }).decision === 'allowed');
}

/** Only a role that trusts the caller tells how long its sessions may be. */
function requireDuration({ role, seconds }: AskedSession): void {
  if (role !== undefined && seconds > role.maxSessionDuration)
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
}

function open(
  call: Call,
  { roleArn, session, seconds, role }: AskedSession,
  context: SessionContext,
  more: OperationOutput = {},
): OperationOutput {
  const opened = call.principals.assume(
    roleArn,
    session,
    role && { policies: role.policies, boundary: role.boundary, context },
  );
  return {
    Credentials: credentialsOf(opened, seconds),
    AssumedRoleUser: { Arn: opened.arn, AssumedRoleId: opened.userId },
    ...more,
  };
}

/** Credentials as the API gives them. */
export function credentialsOf(
  keys: { accessKeyId: string; secretAccessKey: string; sessionToken: string | undefined },
  seconds: number = usual,
) {
  return {
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    SessionToken: keys.sessionToken,
    Expiration: new Date(Date.now() + seconds * 1000).toISOString(),
  };
}

/** What a session carries on: its tags as those of the principal, and its source identity. */
function carried(context: SessionContext): SessionContext {
  const entries = Object.entries(context).flatMap(([key, value]): [string, ContextValue][] => {
    const tag = /^aws:RequestTag\/(.+)$/.exec(key)?.[1];
    if (tag !== undefined) return [[`aws:PrincipalTag/${tag}`, value]];
    return key === 'sts:SourceIdentity' ? [['aws:SourceIdentity', value]] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * What the session policies, the external id and the tags of an `AssumeRole` request say to IAM.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export function contextOfRequest({ input }: Call): {
  readonly context: SessionContext;
  readonly actions: readonly string[];
} {
  const text = (name: string, key: string): SessionContext =>
    typeof input[name] === 'string' ? { [key]: input[name] } : {};
  const tags = tagContext(input['Tags']);
  const transitive = input['TransitiveTagKeys'];
  return {
    context: {
      ...text('RoleSessionName', 'sts:RoleSessionName'),
      ...text('ExternalId', 'sts:ExternalId'),
      ...text('SourceIdentity', 'sts:SourceIdentity'),
      ...tags,
      ...(Array.isArray(transitive) && { 'sts:TransitiveTagKeys': transitive.map(String) }),
    },
    actions: [
      'sts:AssumeRole',
      ...('aws:TagKeys' in tags ? ['sts:TagSession'] : []),
      ...(input['SourceIdentity'] === undefined ? [] : ['sts:SetSourceIdentity']),
    ],
  };
}

/** Opens a session for a caller with keys; the identity's policies were asked before. */
export function assumeRole(call: Call): OperationOutput {
  const wanted = asked(call);
  const { context, actions } = contextOfRequest(call);
  if (isEnforced(call)) {
    const { principal } = call;
    const known = {
      'aws:PrincipalArn': principal.principalArn,
      'aws:PrincipalAccount': principal.account,
      'aws:PrincipalType': principal.kind === 'user' ? 'User' : 'AssumedRole',
      ...principal.context,
    };
    const { role } = wanted;
    if (role === undefined || !isTrusted(role, { AWS: principal.arn }, { ...known, ...context }, actions))
      throw new ServiceError(
        'AccessDenied',
        `User: ${principal.arn} is not authorized to perform: ${actions[0]} on resource: ${wanted.roleArn}`,
        403,
      );
  }
  requireDuration(wanted);
  return open(call, wanted, carried(context));
}

/** Opens a session for whoever shows a token of an identity provider that the role's trust policy lets in. */
export function assumeRoleWithWebIdentity(call: Call): OperationOutput {
  const wanted = asked(call);
  if (!isEnforced(call)) return open(call, wanted, {});
  const { world, input } = call;
  const token = verifyToken(String(input['WebIdentityToken'] ?? ''), world);
  const { claims, issuer } = token;
  const roles = claims['https://aws.amazon.com/roles'];
  if (roles !== undefined && ![roles].flat().includes(wanted.roleArn))
    throw new ServiceError('InvalidIdentityToken', 'The target role ARN is not present in the roles claim');
  const account = wanted.roleArn.split(':')[4]!;
  const caller = callerOfToken(token, { account, partition: world.partition, role: wanted.roleArn });
  const context = { ...caller.context, 'sts:RoleSessionName': wanted.session };
  const { role } = wanted;
  if (role === undefined || !isTrusted(role, caller.principal, context, caller.actions))
    throw new ServiceError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
  requireDuration(wanted);
  const provider = (caller.principal as { readonly Federated: string }).Federated;
  const session = { ...carried(context), 'aws:FederatedProvider': provider };
  const identity = caller.context['sts:SourceIdentity'];
  return open(call, wanted, session, {
    SubjectFromWebIdentityToken: String(claims['sub']),
    Audience: token.audience,
    Provider: provider.startsWith('arn:') ? provider : issuer,
    ...(typeof identity === 'string' && { SourceIdentity: identity }),
  });
}
