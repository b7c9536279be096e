import { parseOperator, type Statement } from '@postern/core';
import type { ConditionItem } from '../../rule.js';

type ConditionTest = Omit<ConditionItem, 'path'>;

/** Every condition, those too whose values are known only after deployment. */
export function testsIn({ Condition = {} }: Statement): ConditionTest[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );
}

/**
 * Keys that say who calls or from where, with a fixed value of which AWS does not call a policy public; `aws:SourceOwner` is
 * what SNS writes into its own topics.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const callers =
  /^(aws:(principal(orgid|orgpaths|account|arn|servicename|isawsservice|tag\/.+)|source(account|arn|orgid|orgpaths|owner|vpc|vpce|vpcarn|ip)|vpcsourceip|userid|username|resource(orgid|account))|s3:dataaccesspoint(account|arn)|kms:calleraccount|lambda:eventsourcetoken)$/;

/** Addresses of everybody. */
const everywhere = /^(0\.0\.0\.0|::|0+(:0+)*)\/[0-7]$/;

/** Whether a condition names its callers. */
function fences({ operator: name, key, values }: ConditionTest): boolean {
  const operator = parseOperator(name);
  if (operator === undefined || !callers.test(key.toLowerCase())) return false;
  if (operator.negated || operator.ifExists || operator.set === 'ForAllValues' || operator.comparison === 'null')
    return false;
  return values.length > 0 && values.every((value) => !/^[*?:]*$/.test(value) && !everywhere.test(value));
}

/** Whether some condition of an Allow names its callers. */
export function isFenced(statement: Statement): boolean {
  return testsIn(statement).some(fences);
}

/** Whether a Deny refuses everybody but callers that it names. */
export function refusesStrangers(statement: Statement): boolean {
  const { Effect, Principal } = statement;
  const everybody = Principal === '*' || (typeof Principal === 'object' && Principal['AWS']?.includes('*') === true);
  if (Effect !== 'Deny' || !everybody) return false;
  const conditions = testsIn(statement);
  return (
    conditions.length > 0 &&
    conditions.every(({ operator: name, key, values }) => {
      const operator = parseOperator(name);
      if (operator === undefined) return false;
      // Calls of AWS's own services are spared beside.
      if (key.toLowerCase() === 'aws:principalisawsservice') return values.every((value) => value === 'false');
      return callers.test(key.toLowerCase()) && operator.negated && values.every((value) => !/^[*?:]*$/.test(value));
    })
  );
}
