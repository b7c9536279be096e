import { quote } from '@postern/core';
import { finding, someOf, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';
import { testsIn } from '../resource-open/fences.js';

/** Keys that say for whom the service calls. */
const forWhom =
  /^(aws:(source(arn|account|orgid|orgpaths|owner)|principalorgid)|kms:(calleraccount|viaservice|encryptioncontext:.+)|.+:(sourcearn|sourceaccount|eventsourcetoken))$/;

/** Services that are asked to write logs of an account that is not their own, and do not say of which. */
const sayNothing = /(^|\.)(elasticloadbalancing|logdelivery)\b/;

export const resourceServiceOfOthers: LintRule = {
  id: 'resource-service-of-others',
  place: 330,
  title: 'A service of AWS may use the resource for anybody',
  reason:
    'The service calls for whoever asks it, so somebody of another account who knows the ARN uses the resource through it.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  level: 'warning',
  looksAt: 'resource',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }): RuleFinding[] => {
      const { Effect, Principal } = statement;
      const services = typeof Principal === 'object' ? (Principal['Service'] ?? []) : [];
      const some = services.filter((service) => !sayNothing.test(service));
      if (Effect !== 'Allow' || some.length === 0) return [];
      if (testsIn(statement).some(({ key }) => forWhom.test(key.toLowerCase()))) return [];
      const what = `${someOf(some.map(quote))} may use it for everybody who asks the service`;
      const instead = 'test `aws:SourceArn` or `aws:SourceAccount` too';
      return [finding(`${path}.Principal.Service`, what, instead)];
    });
  },
};
