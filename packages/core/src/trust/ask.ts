import type { PolicyDocument, Statement } from '../document/document.js';
import { compilePrincipals } from '../access/caller/match-principal.js';
import { textOfCaller } from '../access/caller/caller.js';
import type { WebIdentityCaller } from '../access/caller/web-identity.js';
import { decide } from '../access/decide.js';
import { compileConditions, type Truth } from '../access/match-condition.js';
import { readContext } from '../access/request.js';

/** A condition that does not hold for a token. */
export interface FailedCondition {
  /** Which statement, counted from 0. */
  readonly statement: number;
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  /** What the request has; null where the key is absent. */
  readonly found: string | readonly string[] | null;
}

/** How one statement stands to a caller. */
export interface StatementAnswer {
  readonly index: number;
  readonly statement: Statement;
  readonly principal: Truth;
  /** The actions that are asked for and that it is not about. */
  readonly lacks: readonly string[];
  readonly failed: readonly FailedCondition[];
  /** Conditions of which AWS does not say whether they hold. */
  readonly unsaid: readonly FailedCondition[];
}

/** Asks every statement of a trust policy on its own. */
export function askStatements(document: PolicyDocument, caller: WebIdentityCaller): StatementAnswer[] {
  const variables = document.Version === '2012-10-17';
  const text = textOfCaller(caller.principal);
  const context = readContext(caller.context);
  return document.Statement.map((statement, index): StatementAnswer => {
    const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) => {
        const values = context(key.toLowerCase());
        const found = values === undefined ? null : values.length === 1 ? values[0]! : values;
        const truth = compileConditions({ [operator]: { [key]: wanted } }, variables)(context);
        return { truth, condition: { statement: index, operator, key, wanted, found } };
      }),
    );
    const pick = (wanted: Truth) =>
      conditions.filter(({ truth }) => truth === wanted).map(({ condition }) => condition);
    return {
      index,
      statement,
      principal: compilePrincipals(statement)(text),
      lacks: caller.actions.filter((action) => !isAbout(statement, action)),
      failed: pick(false),
      unsaid: pick(undefined),
    };
  });
}

/** Whether the statement's actions hold the action. */
export function isAbout({ Action, NotAction }: Statement, action: string): boolean {
  const actions = Action === undefined ? { NotAction: NotAction ?? [] } : { Action };
  const alone = { Statement: [{ Effect: 'Allow' as const, Principal: '*' as const, ...actions }] };
  return decide(alone, { action, resource: '*' }).decision === 'allowed';
}
