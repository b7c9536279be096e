import { compile, hasForm, type ContextValue, type Request, type UseCase } from '@postern/core';
import type { OpenCell } from './cell.js';
import { isAllowed, type CellUse } from './cell-use.js';
import type { ProofPlan } from './scenario.js';

/** A request that nobody sent, close to one that the job sent, and that the policy would allow. */
export interface Neighbour {
  readonly cell: string;
  readonly sid: string;
  /** Such as `ecr:PutImage on arn:...`. */
  readonly request: string;
  /** What it has of the job's own request, and what not. */
  readonly how: string;
}

interface Variant {
  readonly request: Request;
  /** The resource or the condition value that is another one than the job's. */
  readonly changed: string;
  readonly how: string;
}

/** What may be varied. */
interface NeighbourBounds {
  readonly mayVary: (segment: string) => boolean;
  /** Actions that are asked for on `*`. */
  readonly everywhere: ReadonlySet<string>;
}

const stranger = '999999999999';

/** Numbers and ids that AWS makes up, such as a revision's and a task's: nobody knows them when the policy is written. */
const madeUp = /^([0-9]+|[0-9a-f]{16,}|[0-9a-f-]{36})$/;

/**
 * Looks for what a policy allows around the job's own requests: names that begin or end alike, the same in another
 * account or region, and condition values that begin or end alike. None of these is the job's.
 */
export function findNeighbours(
  useCase: UseCase,
  uses: readonly CellUse[],
  ownBelow: ProofPlan['ownBelow'] = () => [],
): Neighbour[] {
  const found = new Map<string, Neighbour>();
  for (const { cell, asked } of uses) {
    const decide = compile(cell.policy);
    const given = new Set(Object.values(cell.given).flat());
    const mayVary = variableIn(useCase, cell);
    const own = ownBelow(cell.options);
    const isOwn = (text: string) => own.some((beginning) => text.startsWith(beginning));
    // What the job asks for on `*` only a statement on `*` allows, whatever else the same call is asked about.
    const everywhere = new Set(
      asked.flatMap(({ requests }) => requests.filter(({ resource }) => resource === '*').map(({ action }) => action)),
    );
    for (const request of asked.flatMap(({ requests }) => requests)) {
      for (const { sid } of decide(request).statements) {
        for (const { request: near, how, changed } of variantsOf(request, cell, sid ?? '', {
          mayVary,
          everywhere,
        })) {
          const id = JSON.stringify([sid, request.action, how]);
          if (found.has(id) || given.has(near.resource) || isOwn(changed)) continue;
          const decision = decide(near);
          if (!isAllowed(decision) || !decision.statements.some((one) => one.sid === sid)) continue;
          found.set(id, { cell: cell.name, sid: sid ?? '', request: `${near.action} on ${near.resource}`, how });
        }
      }
    }
  }
  return [...found.values()];
}

function variantsOf(
  request: Request,
  cell: OpenCell,
  sid: string,
  { mayVary, everywhere }: NeighbourBounds,
): Variant[] {
  const statement = cell.policy.Statement.find(({ Sid }) => Sid === sid);
  const keys = new Set(Object.values(statement?.Condition ?? {}).flatMap((block) => Object.keys(block)));
  return [
    ...(everywhere.has(request.action) ? [] : resourceVariants(request, cell, mayVary)),
    ...[...keys].flatMap((key) => contextVariants(request, key, mayVary)),
  ];
}

function resourceVariants(request: Request, cell: OpenCell, mayVary: (segment: string) => boolean): Variant[] {
  const parts = request.resource.split(':');
  const [arn, partition, service, region, account, ...rest] = parts;
  if (arn !== 'arn' || rest.length === 0) return [];
  const at = (place: readonly (string | undefined)[], resource = rest.join(':')) =>
    [arn, partition, service, ...place, resource].join(':');
  const elsewhere = region === 'us-east-1' ? 'eu-west-1' : 'us-east-1';
  const names = new Set(Object.keys(cell.given).flatMap((name) => cell.options.names(name)));
  const isFree = (segment: string) => madeUp.test(segment) && !names.has(segment);
  return [
    ...(region === ''
      ? []
      : [
          {
            request: { ...request, resource: at([elsewhere, account]) },
            changed: at([elsewhere, account]),
            how: 'the same in another region',
          },
        ]),
    ...(account === ''
      ? []
      : [
          {
            request: { ...request, resource: at([region, stranger]) },
            changed: at([region, stranger]),
            how: 'the same in another account',
          },
        ]),
    ...near(rest.join(':'), (segment, last) => mayVary(segment) && !(last && isFree(segment))).map(({ text, how }) => ({
      request: { ...request, resource: at([region, account], text) },
      changed: at([region, account], text),
      how: `a resource ${how}`,
    })),
  ];
}

function contextVariants(request: Request, key: string, mayVary: (segment: string) => boolean): Variant[] {
  const name = Object.keys(request.context ?? {}).find((one) => one.toLowerCase() === key.toLowerCase());
  const value = name === undefined ? undefined : request.context?.[name];
  if (name === undefined || value === undefined) return [];
  return [value]
    .flat()
    .flatMap((one) => near(one, mayVary))
    .map(({ text, how }) => {
      const given: ContextValue = typeof value === 'string' ? text : [text];
      const context = { ...request.context, [name]: given };
      return { request: { ...request, context }, changed: text, how: `a \`${key}\` ${how}` };
    });
}

/** The texts in which one segment is longer at its beginning or its end. */
function near(text: string, mayVary: (segment: string, last: boolean) => boolean): { text: string; how: string }[] {
  const pieces = text.split(/([:/])/);
  const longer =
    pieces.at(-1) === '' && mayVary(text, true) ? [{ text: `${text}old`, how: `that begins like \`${text}\`` }] : [];
  const ofPieces = pieces.flatMap((piece, index) => {
    if (piece === '' || piece === '*' || /^[:/]$/.test(piece) || !mayVary(piece, index === pieces.length - 1))
      return [];
    const replaced = (by: string) => pieces.map((other, position) => (position === index ? by : other)).join('');
    return [
      { text: replaced(`${piece}-old`), how: `that begins like \`${piece}\`` },
      { text: replaced(`old-${piece}`), how: `that ends like \`${piece}\`` },
    ];
  });
  return [...ofPieces, ...longer];
}

/** Where `scope` lets names be patterns or all, only what it does not govern must be exact. */
function variableIn(useCase: UseCase, cell: OpenCell): (segment: string) => boolean {
  if (useCase.options['scope'] === undefined || cell.options.is('scope', 'exact')) return () => true;
  const exact = new Set(
    Object.entries(useCase.options)
      .filter(([name, option]) => hasForm(option) && !option.scoped && name in cell.given)
      .flatMap(([name]) => cell.options.names(name)),
  );
  return (segment) => exact.has(segment);
}
