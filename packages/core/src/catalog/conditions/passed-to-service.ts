import type { ConditionTemplate } from '../../use-case/use-case.js';

/**
 * Limits iam:PassRole to one service, so that the role can be handed to no other.
 * @param principal the service as a principal, `cloudformation.amazonaws.com`
 * @param what the service in words: "CloudFormation"
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService
 */
export function onlyPassedTo(principal: string, what: string): ConditionTemplate[] {
  return [
    {
      operator: 'StringEquals',
      key: 'iam:PassedToService',
      values: [principal],
      reason: `the role may be handed to ${what} and to no other service`,
    },
  ];
}
