import { actionsWithoutPermission } from '@postern/core';
import { ServiceError, type Operation, type Rule } from '../../server/call.js';
import { defineService } from '../define.js';
import { assumeRole, assumeRoleWithWebIdentity, contextOfRequest, credentialsOf } from './assume.js';
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
      const { context, actions } = contextOfRequest(call);
      return actions.map((action) => ({ action, resource, context }));
    },
  },
  DecodeAuthorizationMessage: {
    source: api('DecodeAuthorizationMessage'),
    checks: () => [{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }],
  },
};

const operations: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: ({ principal }) => ({
    Arn: principal.arn,
    UserId: principal.userId,
    Account: principal.account,
  }),
  GetSessionToken: (call) => ({ Credentials: credentialsOf(call.principals.renew(call.principal)) }),
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
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
