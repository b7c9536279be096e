import {
  compilePattern,
  matchTemplate,
  readPattern,
  tryBuild,
  type AskedRequest,
  type PolicyDocument,
  type Statement,
  type StatementTemplate,
  type UseCase,
} from '@postern/core';
import { isDeferred } from '../../policies/deferred.js';
import { exampleOptions } from '../../use-cases.js';

/** One action pattern on one resource pattern that a policy allows, as requests that an entry knows. */
export interface PolicyPiece {
  readonly action: string;
  readonly resource: string;
  readonly requests: readonly AskedRequest[];
}

/** The account, the region and the partition, as far as they are known. */
export interface KnownPlace {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
}

/** More combinations of values of conditions are not looked at. */
const mostContexts = 64;

/**
 * Turns what the Allow statements of a policy let through into requests to read the options of an entry from. An action
 * that is written out says that the job takes the step; a pattern such as `ecr:*` says nothing of which, so it counts for
 * what the entry needs by default. What a Deny takes away again is left aside.
 */
export function piecesFor(useCase: UseCase, documents: readonly PolicyDocument[], place: KnownPlace): PolicyPiece[] {
  const usual = usualActions(useCase);
  return documents.flatMap(({ Statement: statements }) =>
    statements
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap((statement) => {
        const contexts = contextsOf(useCase, statement);
        return (statement.Action ?? ['*']).flatMap((action) =>
          (statement.Resource ?? ['*']).map((resource): PolicyPiece => {
            const requests = namesMeant(useCase, action, usual).flatMap((name) =>
              isExcepted(statement, name) ? [] : resourcesMeant(useCase, name, resource, place),
            );
            return {
              action,
              resource,
              requests: requests.flatMap((one) => contexts.map((context) => ({ ...one, context, open: true }))),
            };
          }),
        );
      }),
  );
}

const matches = (pattern: string, text: string): boolean =>
  compilePattern(readPattern(pattern.toLowerCase()))(text.toLowerCase());

const isPattern = (text: string): boolean => /[*?]/.test(text);

/** What the entry needs where nothing but the necessary is said. */
function usualActions(useCase: UseCase): ReadonlySet<string> {
  const { document } = tryBuild(useCase, { account: '123456789012', region: 'eu-west-1', ...exampleOptions(useCase) });
  return new Set(document.Statement.flatMap(({ Action = [] }) => Action));
}

function namesMeant(useCase: UseCase, action: string, usual: ReadonlySet<string>): string[] {
  const own = new Set(useCase.statements.flatMap(({ actions }) => Object.keys(actions)));
  return [...own].filter((name) => matches(action, name) && (!isPattern(action) || usual.has(name)));
}

function isExcepted({ NotAction }: Statement, name: string): boolean {
  return NotAction?.some((pattern) => matches(pattern, name)) ?? false;
}

/** The resource as the entry would name it. What is open in it stands for everything that the entry can mean by it. */
function resourcesMeant(useCase: UseCase, action: string, resource: string, place: KnownPlace): AskedRequest[] {
  if (isDeferred(resource)) return [];
  const statements = useCase.statements.filter(({ actions }) => Object.hasOwn(actions, action));
  if (resource !== '*')
    return narrowed(useCase, statements, withPlace(resource, place)).map((one) => ({ action, resource: one }));
  return statements.flatMap((statement) =>
    'unscoped' in statement.resources
      ? [{ action, resource }]
      : everyResource(useCase, statement, place).map((one) => ({ action, resource: one })),
  );
}

/**
 * A pattern of which the entry only ever needs a part: of `state/*` those that end in `.tflock`. Where a template makes the
 * pattern as it stands, nothing says that more is meant.
 */
function narrowed(useCase: UseCase, statements: readonly StatementTemplate[], resource: string): string[] {
  const templates = statements.flatMap(({ resources }) =>
    'unscoped' in resources ? [] : resources.map((one) => ('then' in one ? one.then : one)),
  );
  const isMade = (text: string) => templates.some((one) => matchTemplate(useCase.options, one, text).length > 0);
  if (!resource.endsWith('*') || isMade(resource)) return [resource];
  const endings = templates.flatMap((one) => {
    const last = 'slot' in one ? undefined : one.at(-1);
    return typeof last === 'string' ? [last] : [];
  });
  const parts = [...new Set(endings)].map((ending) => resource + ending).filter(isMade);
  return parts.length > 0 ? parts : [resource];
}

/** Everything that a statement could be for; nothing where the entry must be told a name, or the place is not known. */
function everyResource(useCase: UseCase, { sid }: StatementTemplate, place: KnownPlace): string[] {
  if (!Object.hasOwn(useCase.options, 'scope') || place.region === undefined || place.account === undefined) return [];
  const known = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  const { document, problems } = tryBuild(useCase, { ...known, scope: 'account' });
  if (problems.length > 0) return [];
  return [...(document.Statement.find(({ Sid }) => Sid === sid)?.Resource ?? [])];
}

/** A star for the account, the region or the partition is read as the place that is known. */
function withPlace(resource: string, { account, region, partition }: KnownPlace): string {
  const parts = resource.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return resource;
  for (const [index, value] of [
    [1, partition ?? 'aws'],
    [3, region],
    [4, account],
  ] as const) {
    const part = parts[index]!;
    if (value !== undefined && isPattern(part) && matches(part, value)) parts[index] = value;
  }
  return parts.join(':');
}

/** The values of the condition keys that the entry knows, in every combination. */
function contextsOf(useCase: UseCase, { Condition = {} }: Statement): Record<string, string>[] {
  const keys = new Set(
    useCase.statements.flatMap(({ conditions = [] }) => conditions.map(({ key }) => key.toLowerCase())),
  );
  let contexts: Record<string, string>[] = [{}];
  for (const [operator, conditions] of Object.entries(Condition)) {
    if (!/^(?:For(?:All|Any)Values?:)?(?:String|Arn)(?:Equals|Like)/.test(operator)) continue;
    for (const [key, values] of Object.entries(conditions)) {
      if (!keys.has(key.toLowerCase())) continue;
      const texts = values.map(String).filter((value) => !isDeferred(value));
      if (texts.length === 0) continue;
      contexts = contexts.flatMap((one) => texts.map((value) => ({ ...one, [key]: value }))).slice(0, mostContexts);
    }
  }
  return contexts;
}
