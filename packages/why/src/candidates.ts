import {
  findAction,
  listPermissions,
  useCases,
  type ContextValue,
  type Permission,
  type StatementTemplate,
  type UseCase,
} from '@postern/core';
import type { ReadDenial } from './denial.js';
import { exclusions } from './exclusions.js';
import { readNames } from './read-names.js';
import { passedTo } from './passed-to.js';

/** A permission of the catalog that could bring what was refused, and the options that name the resource. */
export interface Candidate extends Permission {
  readonly values: Readonly<Record<string, string>>;
  readonly statement: StatementTemplate;
}

/** What the catalog knows of an action on a resource. */
export interface Known {
  readonly candidates: readonly Candidate[];
  /** Permissions for the action that do not fit the resource or the condition keys of the request. */
  readonly elsewhere: readonly Permission[];
  /** Where the cases of an entry say that its job does not need it. */
  readonly excluded: readonly { readonly useCase: string; readonly why: string }[];
}

/** What is asked for; condition keys whose values are not known are absent. */
export interface Asking {
  readonly action: string;
  readonly resource: string | undefined;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** A refusal as a question to the catalog. */
export function askingOf({ action, resource, operation, via }: ReadDenial): Asking | undefined {
  if (action === undefined) return undefined;
  const services = action === 'iam:PassRole' ? passedTo(resource, operation) : undefined;
  const creates = action.endsWith(':TagResource') && operation !== undefined && operation !== 'TagResource';
  return {
    action,
    resource,
    context: {
      ...(services === undefined ? {} : { 'iam:PassedToService': services.map((one) => `${one}.amazonaws.com`) }),
      ...(via === undefined ? {} : { 'kms:ViaService': [`${via}.us-east-1.amazonaws.com`] }),
      ...(creates ? { 'ecs:CreateAction': [operation] } : {}),
    },
  };
}

/**
 * Whether a resource is in a bucket of ECR's own, which no job names.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export const isOfLayers = (resource: string | undefined): boolean =>
  /^arn:[^:]+:s3:::prod-[a-z0-9-]+-starport-layer-bucket(?:\/|$)/.test(resource ?? '');

/** Looks an action on a resource up in the catalog, by the templates of its own entries. */
export function look({ action, resource, context }: Asking): Known {
  const found = isOfLayers(resource) ? [] : findAction(useCases, action);
  const fitting = found.flatMap((permission) => {
    const useCase = (useCases as readonly UseCase[]).find(({ id }) => id === permission.useCase)!;
    const statement = useCase.statements.find(({ sid }) => sid === permission.sid)!;
    const match = bestMatch(useCase, statement, resource);
    if (match === undefined || !mayHold(useCase, statement, context)) return [];
    return [{ ...permission, statement, ...match }];
  });
  const candidates = fitting.map(({ fixed: _fixed, ...candidate }) => candidate);
  return {
    candidates,
    elsewhere: found.filter(
      ({ useCase, sid }) => !candidates.some((one) => one.useCase === useCase && one.sid === sid),
    ),
    excluded: exclusions.filter((one) => one.action.toLowerCase() === action.toLowerCase()),
  };
}

function bestMatch(useCase: UseCase, { resources }: StatementTemplate, resource: string | undefined) {
  if (resource === undefined || 'unscoped' in resources) return { values: {}, fixed: 0 };
  const matches = resources.flatMap((one) => {
    const template = typeof one === 'object' && 'then' in one ? one.then : one;
    return readNames(useCase, template, resource) ?? [];
  });
  return matches.sort((a, b) => b.fixed - a.fixed)[0];
}

/** Whether the conditions of a statement can hold, as far as the values of their keys are known. */
function mayHold(useCase: UseCase, { conditions = [] }: StatementTemplate, context: Asking['context']): boolean {
  return conditions.every(({ operator, key, values, when }) => {
    const known = context[key];
    const exact = typeof operator === 'string' ? operator : operator.exact;
    if (known === undefined || when !== undefined || exact === 'Null') return true;
    const templates = values.map((value) => (typeof value === 'object' && 'then' in value ? value.then : value));
    return [known]
      .flat()
      .some((one) => templates.some((template) => readNames(useCase, template, String(one)) !== undefined));
  });
}

/** Use cases that have anything to do with a service. */
export function concernedWith(service: string): UseCase[] {
  return (useCases as readonly UseCase[]).filter((useCase) =>
    listPermissions(useCase).some(({ action }) => action.startsWith(`${service}:`)),
  );
}
