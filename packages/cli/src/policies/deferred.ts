import { parse, type DocumentSource, type PolicyDocument, type Statement } from '@postern/core';

/** Writes what is known only after deployment, such as `«Bucket.Arn»`: a text of its own, the same for the same expression. */
export function deferredText(expression: string): string {
  return `«${expression.replace(/[«»*?$¦]/g, '')}»`;
}

const deferred = /«[^«»]*»/;
const everyDeferred = /«([^«»]*)»/g;

/** Whether a text of a template holds something that is known only after deployment. */
export function isDeferred(text: string): boolean {
  return deferred.test(text);
}

const whole = 'arn:deferred:::::';

/** The documents with what is open as ARNs of its own, so that the same expression is the same resource, and no other. */
export function opaque(documents: readonly DocumentSource[]): DocumentSource[] {
  return documents.map((source) =>
    mapTexts(source, (text) => {
      const marked = text.replace(everyDeferred, (expression) => expression.replaceAll(':', '¦'));
      return marked.startsWith('«') ? whole + marked : marked;
    }),
  );
}

/** What {@link opaque} made, as it was. */
export function shown<Value>(value: Value): Value {
  return mapTexts(value, (text) =>
    text.replaceAll(`${whole}«`, '«').replace(everyDeferred, (expression) => expression.replaceAll('¦', ':')),
  );
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'string' ? change(inner) : inner,
  ) as Value;
}

/** What can be said of documents that are not wholly known: the least and the most that they may allow. */
export interface Bounds {
  readonly least: readonly PolicyDocument[];
  readonly most: readonly PolicyDocument[];
}

/** A statement that is not wholly known, and what in it is not. */
export interface OpenStatement {
  readonly statement: Statement;
  readonly expressions: readonly string[];
}

/** The statements that hold what is known only after deployment. */
export function openStatements(documents: readonly object[]): OpenStatement[] {
  return documents.flatMap((source) => {
    const statements = parse(source).document?.Statement ?? [];
    return statements.flatMap((statement) => {
      const expressions = expressionsIn(statement);
      return expressions.length === 0 ? [] : [{ statement, expressions }];
    });
  });
}

/** What in a value is known only after deployment. */
export function expressionsIn(value: unknown): string[] {
  return [...new Set(Array.from(JSON.stringify(value).matchAll(everyDeferred), (match) => match[1]!))];
}

/**
 * The least and the most that documents may allow, whatever the deployment fills in: a list of an Allow loses what is open in
 * the least, and has a `*` for it in the most; in a Deny, and in `NotAction` and `NotResource`, the other way round.
 */
export function boundsOf(documents: readonly object[]): Bounds {
  const parsed = documents.flatMap((source) => parse(source).document ?? []);
  const bound = (more: boolean): PolicyDocument[] =>
    parsed.map((document, number) => ({
      ...document,
      Statement: document.Statement.flatMap((one, index) => {
        // Statements may fall out, so each keeps the name that it has in the whole.
        const Sid = one.Sid ?? `${parsed.length === 1 ? '' : `[${number}].`}Statement[${index}]`;
        return boundStatement({ ...one, Sid }, (one.Effect === 'Allow') === more) ?? [];
      }),
    }));
  return { least: bound(false), most: bound(true) };
}

/** The statement with more, or with fewer requests than it may be about; undefined where that may be none. */
function boundStatement(statement: Statement, more: boolean): Statement | undefined {
  if (expressionsIn(statement).length === 0) return statement;
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const lists = {
    ...(Action && { Action: boundList(Action, more) }),
    ...(NotAction && { NotAction: boundList(NotAction, !more) }),
    ...(Resource && { Resource: boundList(Resource, more) }),
    ...(NotResource && { NotResource: boundList(NotResource, !more) }),
  };
  if (lists.Action?.length === 0 || lists.Resource?.length === 0) return undefined;
  const conditions = Object.entries(Condition ?? {}).map(
    ([operator, keys]) => [operator, Object.entries(keys).filter((pair) => expressionsIn(pair).length === 0)] as const,
  );
  const whole = Object.values(Condition ?? {}).reduce((sum, keys) => sum + Object.keys(keys).length, 0);
  if (!more && conditions.reduce((sum, [, keys]) => sum + keys.length, 0) < whole) return undefined;
  const kept = conditions.flatMap(([operator, keys]) =>
    keys.length === 0 ? [] : [[operator, Object.fromEntries(keys)] as const],
  );
  const { Sid, Effect } = statement;
  const plain = {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...lists,
    ...(kept.length === 0 ? {} : { Condition: Object.fromEntries(kept) }),
  };
  return filled(plain);
}

/** A list that may not be empty in IAM means nothing, or everything where it is negated. */
function filled(statement: Statement): Statement {
  const { NotAction, NotResource, ...rest } = statement;
  return {
    ...rest,
    ...(NotAction && (NotAction.length === 0 ? { Action: ['*'] } : { NotAction })),
    ...(NotResource && (NotResource.length === 0 ? { Resource: ['*'] } : { NotResource })),
  };
}

/** An open text before the first colon may be anything, an ARN or `*` too. */
function boundList(texts: readonly string[], more: boolean): string[] {
  if (!more) return texts.filter((text) => !isDeferred(text));
  return texts.map((text) =>
    !isDeferred(text) ? text : /^[^:]*«/.test(text) ? '*' : text.replace(everyDeferred, '*'),
  );
}
