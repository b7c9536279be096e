import type { ConditionTemplate } from '../../use-case/use-case.js';

/**
 * Limits iam:PassRole to one service, so that a role that trusts several is given to no other.
 * @param service the principal of the service: `ecs-tasks.amazonaws.com`
 * @param whom the service in words: "ECS tasks"
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService
 */
export function onlyPassedTo(service: string, whom: string): ConditionTemplate {
  return {
    operator: 'StringEquals',
    key: 'iam:PassedToService',
    values: [service],
    reason: `the roles may be handed to ${whom} and to no other service`,
  };
}
