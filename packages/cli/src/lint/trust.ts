import { readJson, typeOf, type DocumentType, type PolicyDocument, type Statement } from '@postern/core';
import { isDeferred } from '../policies/deferred.js';
import type { FoundDocument } from '../policies/found.js';
import { isObject } from '../policies/json-values.js';
import { isJson } from '../reports/text-places.js';

/** Whether a document says whom it is about: a trust policy, or the policy of a resource. */
export function isTrustPolicy(source: FoundDocument): boolean {
  const statements = isObject(source) ? source['Statement'] : undefined;
  const list: readonly unknown[] = Array.isArray(statements) ? (statements as unknown[]) : [statements];
  return list.some((one) => isObject(one) && ('Principal' in one || 'NotPrincipal' in one));
}

/** What a document is looked at as: what its place in the file says, or its shape. */
export function lookedAtAs(source: FoundDocument, place?: 'trust' | 'resource'): DocumentType {
  if (place !== undefined) return place;
  return isObject(source) ? typeOf(source) : 'identity';
}

/**
 * The document with a provider in the place of one that is known only after deployment: the issuer stands before the
 * colon of its condition keys.
 */
export function withProvider(document: PolicyDocument): PolicyDocument {
  return { ...document, Statement: document.Statement.map(filledIn) };
}

function filledIn(statement: Statement): Statement {
  const { Principal, Condition = {} } = statement;
  const federated = typeof Principal === 'object' ? (Principal['Federated'] ?? []) : [];
  if (!federated.some(isDeferred)) return statement;
  const keys = Object.values(Condition).flatMap((block) => Object.keys(block));
  const issuers = new Set(
    keys.flatMap((key) => /^([^:]+\..+):[^:]+$/.exec(key)?.[1] ?? []).filter((one) => !isDeferred(one)),
  );
  if (issuers.size !== 1 || typeof Principal !== 'object') return statement;
  const arn = `arn:aws:iam::111122223333:oidc-provider/${[...issuers][0]}`;
  return {
    ...statement,
    Principal: { ...Principal, Federated: federated.map((text) => (isDeferred(text) ? arn : text)) },
  };
}

/** How many trust and resource policies stand anywhere in a text: those of a template's roles and buckets too. */
export async function countTrustPolicies(text: string): Promise<number> {
  if (!text.includes('Principal')) return 0;
  const value = await valueOf(text);
  // A plan says everything several times; what it will leave counts.
  const isPlan = isObject(value) && 'format_version' in value;
  return countIn(isPlan ? (value['planned_values'] ?? value['values']) : value, 0);
}

async function valueOf(text: string): Promise<unknown> {
  if (isJson(text)) return readJson(text).value;
  const { readTemplateYaml } = await import('../printing/yaml.js');
  try {
    return readTemplateYaml(text);
  } catch {
    return undefined;
  }
}

/** Deeper than what the readers take. */
const deepest = 100;

function countIn(value: unknown, depth: number): number {
  if (depth > deepest) return 0;
  if (typeof value === 'string')
    return /^\s*\{.*"(Not)?Principal"/s.test(value) ? countIn(readJson(value).value, depth + 1) : 0;
  if (Array.isArray(value)) return sum(value as unknown[], depth);
  if (!isObject(value)) return 0;
  return isTrustPolicy(value) ? 1 : sum(Object.values(value), depth);
}

function sum(values: readonly unknown[], depth: number): number {
  let count = 0;
  for (const value of values) count += countIn(value, depth + 1);
  return count;
}
