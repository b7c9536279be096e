import { quote, type PolicyDocument, type Statement } from '@postern/core';
import { matchesAction } from '../../matching.js';
import { finding, someOf, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';
import type { ServiceReference } from '../../service-reference.js';
import { isFenced, refusesStrangers } from './fences.js';

export const resourceOpen: LintRule = {
  id: 'resource-open',
  place: 320,
  title: 'Anybody may use the resource',
  reason:
    'A star as the principal is everybody, of other accounts and without an account, unless a condition says who.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  level: 'error',
  looksAt: 'resource',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const who = everybodyIn(statement);
      if (statement.Effect !== 'Allow' || who === undefined || isFenced(statement) || isRefused(statement, document))
        continue;
      const asks = statement.Condition === undefined ? '' : ', and no condition names the callers';
      const actions = statement.Action ?? ['NotAction'];
      const isMeant = isPublicUrl(statement) || (await isReading(statement, reference));
      const what = `${who} may call ${someOf(actions.map(quote))}${asks}`;
      const instead = 'name the accounts or roles, or test `aws:PrincipalOrgID` or `aws:SourceArn`';
      findings.push(
        finding(`${path}.${statement.Principal === undefined ? 'NotPrincipal' : 'Principal'}`, what, instead, {
          // A public website, and an address of a function that asks nobody, are open on purpose.
          ...(isMeant && { level: 'warning' }),
        }),
      );
    }
    return findings;
  },
};

function everybodyIn({ Principal, NotPrincipal }: Statement): string | undefined {
  if (NotPrincipal !== undefined) return 'everybody but those of `NotPrincipal`';
  if (Principal === '*') return 'everybody, without an account too,';
  if (typeof Principal === 'object' && Principal['AWS']?.includes('*') === true) {
    return 'everybody, without an account too,';
  }
  return undefined;
}

/** Whether a Deny of the same policy takes it from everybody who is not named. */
function isRefused({ Action }: Statement, document: PolicyDocument): boolean {
  return document.Statement.some(
    (deny) =>
      refusesStrangers(deny) &&
      deny.Action !== undefined &&
      (deny.Action.some((pattern) => /^\*+$/.test(pattern)) ||
        Action?.every((action) =>
          deny.Action!.some((pattern) => pattern === action || matchesAction(pattern, action)),
        ) === true),
  );
}

function isPublicUrl({ Action = [], Condition = {} }: Statement): boolean {
  const asked = Object.values(Condition).flatMap((keys) => Object.entries(keys));
  const isNone = asked.some(([key, values]) => /^lambda:functionurlauthtype$/i.test(key) && values.join() === 'NONE');
  return isNone && Action.every((action) => /^lambda:InvokeFunction(Url)?$/i.test(action));
}

async function isReading({ Action }: Statement, reference: ServiceReference): Promise<boolean> {
  if (Action === undefined) return false;
  for (const pattern of Action) {
    if (!/^s3:|^ecr-public:/i.test(pattern)) return false;
    const known = await reference.matching(pattern);
    if (known.length === 0) return false;
    if (!known.every(({ accessLevels }) => accessLevels.every((level) => level === 'Read'))) return false;
  }
  return true;
}
