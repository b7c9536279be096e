import { trustRule } from '../../trust-rule.js';

export const trustPlanAndApply = trustRule({
  id: 'trust-plan-and-apply',
  code: 'T19',
  place: 580,
  title: 'Plan and apply share the role',
  reason: 'A plan runs the code of a pull request, with all that an apply may do.',
  source:
    'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration',
  level: 'warning',
});
