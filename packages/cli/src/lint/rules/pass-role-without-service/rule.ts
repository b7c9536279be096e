import { compare, quote, type PolicyDocument, type Statement } from '@postern/core';
import { finding, itemsOf, statementsOf, type LintRule } from '../../rule.js';
import { mayBe, reachOf, readForms } from '../../reference/arn-form.js';
import { isLeft } from '../../left.js';
import { isNarrowed } from '../../narrowing.js';
import { matchesAction, mayMatch } from '../../matching.js';

/** Allows passing a role to a service that nobody means, or in a request that does not say to which. */
const anyService: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', NotAction: ['iam:PassRole'], Resource: ['*'] },
    {
      Effect: 'Deny',
      Action: ['iam:PassRole'],
      Resource: ['*'],
      Condition: {
        StringNotEquals: { 'iam:PassedToService': ['any-service.amazonaws.com'] },
        Null: { 'iam:PassedToService': ['false'] },
      },
    },
  ],
};

const roleForm = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';
const [role] = readForms(roleForm, 'iam') as [ReturnType<typeof readForms>[number]];

export const passRoleWithoutService: LintRule = {
  id: 'pass-role-without-service',
  place: 220,
  title: 'A role may be passed to any service',
  reason:
    'Whoever passes a role to a service of their choice runs code as that role; `iam:PassedToService` ties it to the one that is meant.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  level: 'error',
  async check(input) {
    const { document, documents } = input;
    const denies = documents.map((one) => ({
      ...one,
      Statement: one.Statement.filter(({ Effect }) => Effect === 'Deny'),
    }));
    return statementsOf(document).flatMap(({ statement, path }) => {
      if (statement.Effect !== 'Allow' || !mayMatch(statement, 'iam:PassRole')) return [];
      if (statement.Resource !== undefined && !statement.Resource.some((resource) => mayBe(resource, role))) return [];
      if (compare([], [{ ...document, Statement: [statement] }, ...denies, anyService]).gained === null) return [];
      const item = itemsOf(statement, 'Action', path).find(({ text }) => matchesAction(text, 'iam:PassRole'));
      const where = item?.path ?? `${path}.NotAction`;
      const roles = reachOfRoles(statement);
      const what =
        item?.text.toLowerCase() === 'iam:passrole'
          ? `\`iam:PassRole\` is allowed for every service${roles}`
          : `${item === undefined ? 'an Allow with `NotAction`' : quote(item.text)} takes in \`iam:PassRole\`, for every service${roles}`;
      // A role that is named is passed to what its trust policy lets in, which is not in this document.
      const isAny = roles !== '' && !isNarrowed(statement) && isLeft(statement, 'iam:PassRole', roleForm, input);
      return [finding(where, what, servicesMeant(document), isAny ? {} : { level: 'warning' })];
    });
  },
};

function reachOfRoles({ Resource }: Statement): string {
  const all = Resource === undefined || Resource.some((resource) => reachOf(resource, role) !== 'named');
  return all ? ' and every role' : '';
}

/** The services that a role is passed to by the actions that the policy has besides. */
const passedTo: readonly (readonly [action: string, service: string])[] = [
  ['lambda:CreateFunction', 'lambda.amazonaws.com'],
  ['ecs:RegisterTaskDefinition', 'ecs-tasks.amazonaws.com'],
  ['ec2:RunInstances', 'ec2.amazonaws.com'],
  ['cloudformation:CreateStack', 'cloudformation.amazonaws.com'],
  ['codebuild:CreateProject', 'codebuild.amazonaws.com'],
  ['states:CreateStateMachine', 'states.amazonaws.com'],
  ['glue:CreateJob', 'glue.amazonaws.com'],
  ['sagemaker:CreateTrainingJob', 'sagemaker.amazonaws.com'],
];

/** What to add: with the services that the policy's other actions pass a role to, where it names such. */
function servicesMeant(document: PolicyDocument): string {
  const named = passedTo.flatMap(([action, service]) =>
    document.Statement.some(
      (statement) =>
        statement.Effect === 'Allow' && statement.Action?.some((one) => one.toLowerCase() === action.toLowerCase()),
    )
      ? [service]
      : [],
  );
  const example = named.length === 0 ? 'of the service that takes the role' : named.map(quote).join(' or ');
  return `add \`StringEquals\` \`iam:PassedToService\` ${example}`;
}
