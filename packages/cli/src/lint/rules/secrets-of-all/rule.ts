import { quote, type Statement } from '@postern/core';
import { mayMatch } from '../../matching.js';
import { reachOf, readForms, type ArnForm, type ArnReach } from '../../reference/arn-form.js';
import { finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';
import { isLeft } from '../../left.js';
import { isNarrowed } from '../../narrowing.js';

const parameter = 'arn:${Partition}:ssm:${Region}:${Account}:parameter/${ParameterName}';
const secret = 'arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}';

/** What reads secrets, and the ARNs of what it reads. */
const reading: readonly (readonly [action: string, form: ArnForm])[] = (
  [
    ['kms:Decrypt', 'arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}'],
    ['secretsmanager:GetSecretValue', secret],
    ['secretsmanager:BatchGetSecretValue', secret],
    ['ssm:GetParameter', parameter],
    ['ssm:GetParameters', parameter],
    ['ssm:GetParametersByPath', parameter],
  ] as const
).map(([action, form]) => [action, readForms(form, action.split(':')[0]!)[0]!]);

export const secretsOfAll: LintRule = {
  id: 'secrets-of-all',
  place: 240,
  title: 'The secrets of every job may be read',
  reason: 'A CI job that reads every secret hands them to whoever can change the code it runs.',
  source: 'https://github.com/salesforce/cloudsplaining/blob/master/cloudsplaining/shared/constants.py',
  level: 'error',
  async check(input) {
    const { document } = input;
    return statementsOf(document).flatMap(({ statement, path }): RuleFinding[] => {
      if (statement.Effect !== 'Allow' || statement.Resource === undefined || isNarrowed(statement)) return [];
      // A batch asks for each secret besides, so that alone it reads none.
      const about = reading.filter(
        ([action, form]) =>
          !action.includes('Batch') && mayMatch(statement, action) && isLeft(statement, action, form.text, input),
      );
      const everything = about.filter(([, form]) => reachOfAny(statement, form).reach === 'everything');
      const account = about.filter(([, form]) => reachOfAny(statement, form).reach === 'account');
      return [
        ...report(everything, statement, path, isSure(everything, statement) ? 'error' : 'warning', true),
        ...(everything.length > 0 ? [] : report(account, statement, path, 'warning', false)),
      ];
    });
  },
};

/** Another condition may say enough; none does not. A key alone opens nothing: it needs what was locked with it. */
function isSure(open: readonly (readonly [action: string, form: ArnForm])[], { Condition }: Statement): boolean {
  return Condition === undefined && open.some(([action]) => action !== 'kms:Decrypt');
}

function report(
  open: readonly (readonly [string, ArnForm])[],
  statement: Statement,
  path: string,
  level: 'error' | 'warning',
  isAll: boolean,
): RuleFinding[] {
  const [first] = open;
  if (first === undefined) return [];
  const { index } = reachOfAny(statement, first[1]);
  const what = `${open.map(([action]) => quote(action)).join(', ')} is allowed on ${quote(statement.Resource![index])}`;
  return [
    finding(
      `${path}.Resource[${index}]`,
      isAll ? what : `${what}, which is all of the account`,
      `name the ARNs, such as ${quote(first[1].text)}`,
      { level },
    ),
  ];
}

function reachOfAny({ Resource }: Statement, form: ArnForm): { reach: ArnReach; index: number } {
  const reaches = (Resource ?? []).map((resource) => reachOf(resource, form));
  const everything = reaches.indexOf('everything');
  if (everything >= 0) return { reach: 'everything', index: everything };
  const account = reaches.indexOf('account');
  return account >= 0 ? { reach: 'account', index: account } : { reach: 'named', index: -1 };
}
