import { actionsWithoutPermission } from '@postern/core';
import { ServiceError, type Call, type Operation, type Rule } from '../../server/call.js';
import { defineService } from '../define.js';
import { tagContext } from '../request-tags.js';
import model from './model.json' with { type: 'json' };

const api = (name: string) => `https://docs.aws.amazon.com/STS/latest/APIReference/API_${name}.html`;

/** What core knows to need no permission is asked of no policy. */
const free = Object.entries(actionsWithoutPermission).flatMap(([action, { source, says }]): [string, Rule][] =>
  action.startsWith('sts:') ? [[action.slice('sts:'.length), { source: `${source}: ${says}`, checks: () => [] }]] : [],
);

const rules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(free),
  AssumeRoleWithWebIdentity: {
    source: `${api('AssumeRoleWithWebIdentity')}: the trust policy of the role alone decides`,
    checks: () => [],
  },
  AssumeRole: {
    source: `${api('AssumeRole')}; session tags: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html`,
    checks: (call) => {
      const resource = String(call.input['RoleArn'] ?? '');
      const session = call.input['RoleSessionName'];
      const externalId = call.input['ExternalId'];
      const identity = call.input['SourceIdentity'];
      const tags = tagContext(call.input['Tags']);
      const context = {
        ...(typeof session === 'string' ? { 'sts:RoleSessionName': session } : {}),
        ...(typeof externalId === 'string' ? { 'sts:ExternalId': externalId } : {}),
        ...(typeof identity === 'string' ? { 'sts:SourceIdentity': identity } : {}),
        ...tags,
      };
      return [
        'sts:AssumeRole',
        ...('aws:TagKeys' in tags ? ['sts:TagSession'] : []),
        ...(identity === undefined ? [] : ['sts:SetSourceIdentity']),
      ].map((action) => ({ action, resource, context }));
    },
  },
  DecodeAuthorizationMessage: {
    source: api('DecodeAuthorizationMessage'),
    checks: () => [{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }],
  },
};

const hour = 60 * 60 * 1000;

function credentialsOf(keys: { accessKeyId: string; secretAccessKey: string; sessionToken: string | undefined }) {
  return {
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    SessionToken: keys.sessionToken,
    Expiration: new Date(Date.now() + hour).toISOString(),
  };
}

function assume(call: Call) {
  const role = String(call.input['RoleArn'] ?? '');
  const session = String(call.input['RoleSessionName'] ?? '');
  if (!/^arn:[a-z-]+:iam::[0-9]{12}:role\/.+$/.test(role) || !/^[\w+=,.@-]{2,64}$/.test(session))
    throw new ServiceError('ValidationError', 'RoleArn or RoleSessionName is missing or has the wrong form');
  const opened = call.principals.assume(role, session);
  return {
    Credentials: credentialsOf(opened),
    AssumedRoleUser: { Arn: opened.arn, AssumedRoleId: opened.userId },
  };
}

const operations: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: ({ principal }) => ({
    Arn: principal.arn,
    UserId: principal.userId,
    Account: principal.account,
  }),
  GetSessionToken: (call) => ({ Credentials: credentialsOf(call.principals.renew(call.principal)) }),
  AssumeRole: (call) => assume(call),
  AssumeRoleWithWebIdentity: (call) => assume(call),
  DecodeAuthorizationMessage: () => {
    throw new ServiceError('InvalidAuthorizationMessageException', 'the sandbox encodes no messages');
  },
};

export const sts = defineService({
  name: 'sts',
  model,
  rules,
  operations,
  unsigned: ['AssumeRoleWithWebIdentity'],
  notServed: /^AssumeRole(?:WithWebIdentity)?\.(?:Policy|PolicyArns|ProvidedContexts)\b/,
});
