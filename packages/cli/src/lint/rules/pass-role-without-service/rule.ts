import { compare, type PolicyDocument } from '@postern/core';
import { statementsOf, type Rule } from '../../rule.js';

/** Allows passing a role to a service that nobody means. */
const anyService: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', NotAction: ['iam:PassRole'], Resource: ['*'] },
    {
      Effect: 'Deny',
      Action: ['iam:PassRole'],
      Resource: ['*'],
      Condition: { StringNotEqualsIfExists: { 'iam:PassedToService': ['any-service.amazonaws.com'] } },
    },
  ],
};

export const passRoleWithoutService: Rule = {
  id: 'pass-role-without-service',
  title: 'A role may be passed to any service',
  reason:
    'Whoever passes a role to a service of their choice runs code as that role; `iam:PassedToService` ties it to the one that is meant.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  level: 'error',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) => {
      if (statement.Effect !== 'Allow') return [];
      const alone = { ...document, Statement: [statement] };
      if (compare([], [alone, anyService]).gained === null) return [];
      return [
        { path, message: '`iam:PassRole` is allowed for every service: add `StringEquals` `iam:PassedToService`' },
      ];
    });
  },
};
