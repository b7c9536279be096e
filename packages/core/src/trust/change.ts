import type { ConditionBlock, PolicyDocument, Statement } from '../document/document.js';
import { parseOperator } from '../document/condition.js';
import { quote } from '../document/problem.js';
import { withoutScheme } from '../access/caller/issuers.js';
import type { WebIdentity, WebIdentityCaller } from '../access/caller/web-identity.js';
import { decide } from '../access/decide.js';
import type { FailedCondition, StatementAnswer } from './ask.js';
import type { Cause, TrustExplanation } from './explain.js';
import { whoHas } from './subject.js';

/** A change of a trust policy that lets a token in, tried by `decide`. */
export interface Change {
  /** What to write, line by line. */
  readonly steps: readonly string[];
  /** Who else gets in by it. */
  readonly alsoLetsIn: readonly string[];
  /** The policy with the change. */
  readonly document: PolicyDocument;
}

/** What else an action lets in. */
const letsIn: Readonly<Record<string, string>> = {
  'sts:AssumeRoleWithWebIdentity': 'every token that the conditions of the statement let in',
  'sts:TagSession': 'whoever is let in may set the session tags that its token carries',
  'sts:SetSourceIdentity': 'whoever is let in may set the source identity that its token carries',
};

/** What no change of conditions mends. */
const beyond: readonly Cause[] = ['denied', 'provider', 'no web identity', 'not known', 'request', 'roles claim'];

/** The change that lets exactly this token in: its own values, never a pattern. Null where conditions are not the matter. */
export function changeFor(
  document: PolicyDocument,
  answers: readonly StatementAnswer[],
  caller: WebIdentityCaller,
  token: WebIdentity,
  causes: readonly TrustExplanation[],
): Change | null {
  if (causes.some(({ cause }) => beyond.includes(cause))) return null;
  const allows = answers.filter(({ statement, principal }) => statement.Effect === 'Allow' && principal === true);
  const nearest = allows.toSorted((one, other) => distance(one) - distance(other))[0];
  if (nearest === undefined) return null;
  const name = nearest.statement.Sid ?? `Statement[${nearest.index}]`;
  const steps: string[] = [];
  const also: string[] = [];
  let statement = nearest.statement;
  if (nearest.lacks.length > 0 && statement.Action !== undefined) {
    statement = { ...statement, Action: [...statement.Action, ...nearest.lacks] };
    steps.push(`in ${quote(name)} add ${nearest.lacks.map(quote).join(', ')} to \`Action\``);
    also.push(...nearest.lacks.flatMap((action) => letsIn[action] ?? []));
  }
  for (const condition of nearest.failed) {
    const made = mend(statement, condition, token);
    if (made === undefined) return null;
    statement = { ...statement, Condition: made.block };
    steps.push(`in ${quote(name)} ${made.step}`);
    also.push(made.also);
  }
  const changed = { ...document, Statement: document.Statement.with(nearest.index, statement) };
  const isLetIn = caller.actions.every(
    (action) =>
      decide(changed, { principal: caller.principal, context: caller.context, action, resource: '*' }).decision ===
      'allowed',
  );
  return isLetIn ? { steps, alsoLetsIn: [...new Set(also)], document: changed } : null;
}

function distance({ lacks, failed }: StatementAnswer): number {
  return failed.length + 10 * lacks.length;
}

interface Mended {
  readonly block: ConditionBlock;
  readonly step: string;
  readonly also: string;
}

/** The block with the token's own value where a condition failed; without the condition, where no token can fulfil it. */
function mend(
  { Condition = {} }: Statement,
  { operator, key, found }: FailedCondition,
  token: WebIdentity,
): Mended | undefined {
  const read = parseOperator(operator);
  const isPositive = read !== undefined && !read.negated && read.comparison !== 'null';
  const { [operator]: keys = {}, ...rest } = Condition;
  const { [key]: values = [], ...otherKeys } = keys;
  if (found === null) {
    if (!isPositive) return undefined;
    const block = Object.keys(otherKeys).length === 0 ? rest : { ...rest, [operator]: otherKeys };
    return {
      block,
      step: `take ${quote(key)} out of ${quote(operator)}: the token has no such key`,
      also: `every token that the other conditions let in, whatever ${quote(key)} was to keep out`,
    };
  }
  if (
    !isPositive ||
    typeof found !== 'string' ||
    !['string', 'stringLike', 'stringIgnoreCase'].includes(read.comparison)
  ) {
    return undefined;
  }
  const value = read.comparison === 'stringLike' ? found.replace(/[*?]/g, (letter) => `\${${letter}}`) : found;
  const name = withoutScheme(token.issuer);
  const isSubject = key.toLowerCase() === `${name}:sub`.toLowerCase();
  const isAudience = key.toLowerCase() === `${name}:aud`.toLowerCase();
  return {
    block: { ...rest, [operator]: { ...otherKeys, [key]: [...values, value] } },
    step: `add ${quote(value)} to the values of ${quote(key)} under ${quote(operator)}`,
    also: isSubject
      ? whoHas(token.issuer, found)
      : isAudience
        ? `tokens for the audience ${quote(found)}, whoever asked for them, that the other conditions let in`
        : `every token with ${quote(found)} in ${quote(key)} that the other conditions let in`,
  };
}
