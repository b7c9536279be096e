import type { DocumentType } from './document.js';

/**
 * What a document is, by its shape: with a principal in some statement, a trust policy where no statement names a resource
 * and some action may be one of STS, else the policy of a resource. Policies of ECR repositories name no resource either;
 * their actions tell them apart.
 */
export function typeOf(document: Readonly<Record<string, unknown>>): DocumentType {
  const given = Object.hasOwn(document, 'Statement') ? document['Statement'] : undefined;
  const statements = (Array.isArray(given) ? (given as unknown[]) : [given]).filter(isObject);
  const has = (element: string): boolean => statements.some((statement) => Object.hasOwn(statement, element));
  if (!has('Principal') && !has('NotPrincipal')) return 'identity';
  if (has('Resource') || has('NotResource')) return 'resource';
  const actions = statements.flatMap((statement) => (Object.hasOwn(statement, 'Action') ? statement['Action'] : []));
  const ofSts = actions.flat().some((action) => typeof action === 'string' && /^(\*|sts:)/i.test(action));
  return ofSts || actions.length === 0 ? 'trust' : 'resource';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
