import { trustRule } from '../../trust-rule.js';

export const trustDeadClaim = trustRule({
  id: 'trust-dead-claim',
  code: 'T11',
  place: 500,
  title: 'A condition tests a claim that AWS makes no condition key of',
  reason: 'Such a key is absent from every request: an Allow lets nobody in by it, and a Deny stops nobody.',
  source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html',
  level: 'error',
});
