import {
  parse,
  type ConditionBlock,
  type DocumentSource,
  type PolicyDocument,
  type Principal,
  type Statement,
} from '@postern/core';

/** One action pattern of a statement on one resource pattern; what a statement excepts stays whole. */
export interface StatementPiece {
  /** The Sid of the statement, or which one it is. */
  readonly statement: string;
  readonly version: PolicyDocument['Version'];
  readonly effect: Statement['Effect'];
  readonly action?: string;
  readonly notAction?: readonly string[];
  readonly resource?: string;
  readonly notResource?: readonly string[];
  readonly condition?: ConditionBlock;
  /** Whom the statement names, or all but whom, where it names principals; then `actions` are all of its own. */
  readonly principal?: Principal;
  readonly notPrincipal?: Principal;
  readonly actions?: readonly string[];
}

/** A statement, with what is said of it. */
export interface NamedStatement {
  readonly name: string;
  readonly version: PolicyDocument['Version'];
  readonly statement: Statement;
}

/** The statements of all documents, each by its Sid or its number. */
export function allStatements(documents: readonly DocumentSource[]): NamedStatement[] {
  const parsed = documents.flatMap((source) => parse(source).document ?? []);
  return parsed.flatMap(({ Version, Statement: statements }, document) =>
    statements.map((statement, index) => {
      const which = parsed.length === 1 ? `Statement[${index}]` : `[${document}].Statement[${index}]`;
      return { name: statement.Sid ?? which, version: Version, statement };
    }),
  );
}

/** A statement of several documents, told by what its document is called instead of by its number. */
export function namedByPolicy(statement: string, names: readonly string[]): string {
  return statement.replace(/^\[(\d+)\](?=\.Statement\[\d+\]$)/, (number, index) => names[Number(index)] || number);
}

/** Those with one effect. */
export function statementsOf(documents: readonly DocumentSource[], effect: Statement['Effect']): NamedStatement[] {
  return allStatements(documents).filter(({ statement }) => statement.Effect === effect);
}

/** The same access, one action pattern and one resource pattern at a time. */
export function piecesOf({ name, version, statement }: NamedStatement): StatementPiece[] {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
  const actions = Action?.map((action) => ({ action })) ?? [{ notAction: NotAction ?? [] }];
  // A statement that names no resource is about the one that has it.
  const open = NotResource === undefined ? [{ resource: '*' }] : [{ notResource: NotResource }];
  const resources = Resource?.map((resource) => ({ resource })) ?? open;
  const rest = { statement: name, version, effect: Effect, ...(Condition && { condition: Condition }) };
  return actions.flatMap((action) => resources.map((resource) => ({ ...rest, ...action, ...resource })));
}

/** The piece as a statement. */
export function statementOf({
  effect,
  action,
  notAction,
  resource,
  notResource,
  condition,
}: StatementPiece): Statement {
  return {
    Effect: effect,
    ...(action === undefined ? { NotAction: notAction ?? [] } : { Action: [action] }),
    ...(resource === undefined ? { NotResource: notResource ?? [] } : { Resource: [resource] }),
    ...(condition && { Condition: condition }),
  };
}

/** A document of one statement or several. */
export function documentOf(version: PolicyDocument['Version'], ...statements: readonly Statement[]): PolicyDocument {
  return { ...(version === undefined ? {} : { Version: version }), Statement: statements };
}

/** The documents without their statements of the other effect. */
export function onlyEffect(documents: readonly DocumentSource[], effect: Statement['Effect']): PolicyDocument[] {
  return documents.flatMap((source) => {
    const { document } = parse(source);
    const kept = document?.Statement.filter((statement) => statement.Effect === effect) ?? [];
    return document === null || kept.length === 0 ? [] : [{ ...document, Statement: kept }];
  });
}

/** Denies every request that the piece is not about; its condition is left aside. */
export function outside({
  version,
  action,
  notAction = [],
  resource,
  notResource = [],
}: StatementPiece): PolicyDocument {
  const deny = { Effect: 'Deny' as const };
  const [everyAction, everyResource] = [{ Action: ['*'] }, { Resource: ['*'] }];
  const others = action === undefined ? { Action: notAction } : { NotAction: [action] };
  const elsewhere = resource === undefined ? { Resource: notResource } : { NotResource: [resource] };
  return documentOf(
    version,
    ...(action === '*' ? [] : [{ ...deny, ...others, ...everyResource }]),
    ...(resource === '*' ? [] : [{ ...deny, ...everyAction, ...elsewhere }]),
  );
}
