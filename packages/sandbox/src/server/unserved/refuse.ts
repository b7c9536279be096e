import { actionsWithoutPermission } from '@postern/core';
import type { SigningPrincipal } from '../../principals/principals.js';
import type { OperationModel } from '../../protocols/model.js';
import type { Failure } from '../call.js';
import type { CheckResult } from '../log.js';
import type { RefusalForm } from '../service.js';

/** The action of an operation that no rule is written for; undefined where IAM has none of its name, or needs none. */
export function actionOf(prefix: string, operation: string, model: OperationModel | undefined): string | undefined {
  const action = `${prefix}:${operation}`;
  return model === undefined || model.unnamed === true || Object.hasOwn(actionsWithoutPermission, action)
    ? undefined
    : action;
}

/**
 * The refusal of an operation that the sandbox does not serve, where no resource could bring the permission: that much is
 * known without a rule.
 */
export function refuseUnserved(
  principal: SigningPrincipal,
  action: string,
  { status, code }: RefusalForm,
): { readonly check: CheckResult; readonly failure: Failure } | undefined {
  const decision = principal.decideAnywhere(action);
  if (decision.decision === 'allowed') return undefined;
  const why =
    decision.decision === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const asked = { action, resource: '*', context: {} };
  return {
    check: { action, resource: '*', asked, advisory: false, decision },
    failure: { status, code, message: `User: ${principal.arn} is not authorized to perform: ${action} ${why}` },
  };
}
