import {
  compare,
  compile,
  compilePattern,
  parse,
  prepare,
  readPattern,
  type DocumentSource,
  type PolicyDocument,
  type Request,
  type Witness,
} from '@postern/core';
import type { KnownAction, ServiceReference } from '../lint/service-reference.js';
import { decidingAbsences } from './absent.js';
import type { StatementPiece } from './pieces.js';
import {
  isOfForm,
  nameResource,
  patternOfForm,
  placeOfPattern,
  sortForms,
  type ResourcePlace,
} from './resource-form.js';

/** A request that one side allows and the other does not, confirmed by `decide` on both. */
export interface ShownWitness extends Witness {
  /** Condition keys that must not be in the request. */
  readonly absent: readonly string[];
  /** Whether AWS's service reference has the action, and the resource is one that it takes. */
  readonly inReference: boolean;
}

/** What requests are looked for in. */
export interface Surroundings {
  /** How many actions are tried at most for one pattern. */
  readonly mostTried?: number;
  readonly place: ResourcePlace;
  /** Loads AWS's service reference, where there is one. */
  readonly reference: () => Promise<ServiceReference | undefined>;
}

/** Services that everybody knows, for a pattern that leaves the service open, and of each what people know. */
const familiar: Readonly<Record<string, readonly string[]>> = {
  s3: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'],
  iam: ['iam:PassRole', 'iam:CreateUser', 'iam:GetRole'],
  ec2: ['ec2:RunInstances', 'ec2:DescribeInstances', 'ec2:TerminateInstances'],
  sts: ['sts:AssumeRole'],
  kms: ['kms:Decrypt', 'kms:Encrypt'],
  lambda: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
  dynamodb: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  secretsmanager: ['secretsmanager:GetSecretValue'],
  ecr: ['ecr:PutImage', 'ecr:BatchGetImage', 'ecr:DeleteRepository'],
  ecs: ['ecs:UpdateService', 'ecs:RunTask'],
};

/** More actions are not tried for one pattern. */
const mostActions = 1500;

/**
 * Finds a request that AWS can receive: an action of its service reference with a resource that it takes. Where there is
 * none, the request that `compare` found, marked as a pattern.
 * @param to the second side, as far as the piece goes
 */
export async function findRequest(
  from: readonly DocumentSource[],
  to: readonly DocumentSource[],
  piece: StatementPiece,
  first: Witness,
  { place, reference: load, mostTried = mostActions }: Surroundings,
): Promise<ShownWitness> {
  const sides: Sides = { from: compile(from), to: compile(to) };
  const holds = (request: Request): boolean => isWitness(sides, request);
  const shown = (found: Witness, inReference: boolean): ShownWitness => {
    const witness = { ...found, context: neededContext(found, holds) };
    return { ...witness, absent: decidingAbsences([...from, ...to], witness, holds), inReference };
  };
  const reference = await load();
  if (reference === undefined) return shown(first, false);
  const before = prepare(from);
  let tried = 0;
  for await (const known of candidates(reference, piece, first)) {
    if ((tried += 1) > mostTried) break;
    const about = [...to, denying({ NotAction: [known.action] })];
    if (tried > 1 && compare(before, about).gained === null) continue;
    for (const form of known.arns.length === 0 ? [undefined] : sortForms(known.arns, known.action)) {
      for (const fence of form === undefined
        ? [denying({ Resource: ['arn:*'] })]
        : fencesOf(form, placeOfPattern(piece.resource, place))) {
        const found = compare(before, [...about, fence]).gained;
        if (found === null || (form !== undefined && !isOfForm(found.resource, form))) continue;
        const spelled = { ...found, action: known.action };
        const named = form === undefined ? spelled : { ...spelled, resource: nameResource(found.resource, form) };
        return shown(holds(named) ? named : spelled, true);
      }
    }
  }
  return shown(first, false);
}

interface Sides {
  readonly from: ReturnType<typeof compile>;
  readonly to: ReturnType<typeof compile>;
}

function isWitness({ from, to }: Sides, request: Request): boolean {
  return to(request).decision === 'allowed' && from(request).decision.endsWith('Deny');
}

/**
 * Leaves the resources of a form: in the place that is meant, else anywhere. The name of a bucket has no slash, and no name
 * a colon, which a star of the policy may run over.
 */
function fencesOf(form: string, place: ResourcePlace): PolicyDocument[] {
  return [patternOfForm(form, place), patternOfForm(form)].map((pattern) => {
    const { Version, Statement: statements } = denying({ NotResource: [pattern] });
    const others = [
      ...(form.endsWith(':${BucketName}') ? [`${pattern}/*`] : []),
      ...(form.split(':').length === 6 ? ['arn:*:*:*:*:*:*'] : []),
    ];
    const fence = others.length === 0 ? [] : denying({ Resource: others }).Statement;
    return { ...(Version && { Version }), Statement: [...statements, ...fence] };
  });
}

type StatementElement = { NotAction: string[] } | { Resource: string[] } | { NotResource: string[] };

function denying(fence: StatementElement): PolicyDocument {
  const statement =
    'NotAction' in fence
      ? { Effect: 'Deny' as const, ...fence, Resource: ['*'] }
      : { Effect: 'Deny' as const, Action: ['*'], ...fence };
  return { Version: '2008-10-17', Statement: [statement] };
}

/** The context without the keys that the answer does not hang on. */
function neededContext(witness: Witness, holds: (request: Request) => boolean): Witness['context'] {
  let { context } = witness;
  for (const key of Object.keys(context)) {
    const others = Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));
    if (holds({ ...witness, context: others })) context = others;
  }
  return context;
}

/** Actions of the reference that the piece is about: the one that was found, what is familiar, then all the others. */
async function* candidates(
  reference: ServiceReference,
  piece: StatementPiece,
  first: Witness,
): AsyncGenerator<KnownAction> {
  const patterns = (piece.action === undefined ? (piece.notAction ?? []) : [piece.action]).map((pattern) =>
    compilePattern(readPattern(pattern.toLowerCase())),
  );
  const isMeant = ({ action }: KnownAction) =>
    patterns.some((matches) => matches(action.toLowerCase())) === (piece.action !== undefined);
  for (const service of await servicesOf(reference, piece, first)) {
    const known = (await reference.actionsOf(service)).filter(isMeant);
    const rank = ({ action, arns }: KnownAction): number => {
      if (action.toLowerCase() === first.action.toLowerCase()) return -1;
      const index = familiar[service]?.indexOf(action) ?? -1;
      return index >= 0 ? index : arns.length > 0 ? 100 : 101;
    };
    yield* known.toSorted((one, other) => rank(one) - rank(other));
  }
}

async function servicesOf(reference: ServiceReference, piece: StatementPiece, first: Witness): Promise<string[]> {
  const serviceOf = (action: string) => action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
  const [own, found] = [serviceOf(piece.action ?? ''), serviceOf(first.action)];
  if (own !== '' && !/[*?]/.test(own)) return [own];
  const ofResource = /^arn:[^:]*:([a-z0-9-]+):/.exec(piece.resource ?? '')?.[1];
  const names = await reference.serviceNames();
  if (own === '')
    return [...new Set([...(ofResource === undefined ? [] : [ofResource]), ...Object.keys(familiar), found])];
  const matches = compilePattern(readPattern(own));
  return [...new Set([found, ...Object.keys(familiar), ...names])].filter((name) => matches(name)).slice(0, 40);
}

/** Where requests of two sides would go: the account and the region that their ARNs name most often. */
export function placeOfDocuments(documents: readonly DocumentSource[]): Partial<ResourcePlace> {
  const counts = {
    region: new Map<string, number>(),
    account: new Map<string, number>(),
    partition: new Map<string, number>(),
  };
  const count = (kind: keyof typeof counts, value: string, form: RegExp) => {
    if (form.test(value)) counts[kind].set(value, (counts[kind].get(value) ?? 0) + 1);
  };
  for (const source of documents) {
    for (const { Resource, NotResource } of parse(source).document?.Statement ?? []) {
      for (const text of [...(Resource ?? []), ...(NotResource ?? [])]) {
        const [, partition = '', , region = '', account = ''] = text.split(':');
        count('partition', partition, /^aws[a-z-]*$/);
        count('region', region, /^[a-z]+(-[a-z]+)+-\d+$/);
        count('account', account, /^\d{12}$/);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(counts).flatMap(([kind, values]) => {
      const [best] = [...values].sort(([, one], [, other]) => other - one);
      return best === undefined ? [] : [[kind, best[0]]];
    }),
  );
}
