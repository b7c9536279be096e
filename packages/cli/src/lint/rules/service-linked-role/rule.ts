import { compare, quote, type PolicyDocument } from '@postern/core';
import { matchesAction, mayMatch } from '../../matching.js';
import { reachOf, readForms } from '../../reference/arn-form.js';
import { finding, itemsOf, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

const form = readForms(
  'arn:${Partition}:iam::${Account}:role/aws-service-role/${AWSServicePrincipal}/${RoleName}',
  'iam',
)[0]!;

/** Allows making the role of a service that nobody means, or in a request that does not say which. */
const anyService: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', NotAction: ['iam:CreateServiceLinkedRole'], Resource: ['*'] },
    {
      Effect: 'Deny',
      Action: ['*'],
      Resource: ['*'],
      Condition: {
        StringNotEquals: { 'iam:AWSServiceName': ['any-service.amazonaws.com'] },
        Null: { 'iam:AWSServiceName': ['false'] },
      },
    },
  ],
};

export const serviceLinkedRole: LintRule = {
  id: 'service-linked-role',
  place: 230,
  title: 'A service-linked role may be made for any service',
  reason: 'Each such role lets a service act in the account; `iam:AWSServiceName` ties it to the one that is meant.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html',
  level: 'warning',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }): RuleFinding[] => {
      if (statement.Effect !== 'Allow' || !mayMatch(statement, 'iam:CreateServiceLinkedRole')) return [];
      // An ARN that names the service is as good.
      const wide =
        statement.Resource === undefined || statement.Resource.some((resource) => reachOf(resource, form) !== 'named');
      if (!wide || compare([], [{ ...document, Statement: [statement] }, anyService]).gained === null) return [];
      const item = itemsOf(statement, 'Action', path).find(({ text }) =>
        matchesAction(text, 'iam:CreateServiceLinkedRole'),
      );
      const what = `${item === undefined ? 'an Allow with `NotAction`' : quote(item.text)} makes service-linked roles of every service`;
      const instead = 'add `StringEquals` `iam:AWSServiceName` of the service that is meant';
      return [finding(item?.path ?? `${path}.NotAction`, what, instead)];
    });
  },
};
