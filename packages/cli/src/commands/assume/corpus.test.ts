import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assume, type DocumentSource } from '@postern/core';
import { describe, expect, test } from 'vitest';

interface CaseToken {
  readonly name: string;
  readonly issuer: string;
  readonly claims: Record<string, unknown>;
  readonly allowed: boolean;
  readonly stage?: 'idp' | 'policy';
  readonly trust_policy_allows?: boolean;
  readonly context?: Record<string, string>;
  readonly distinguishable?: boolean;
}

interface AssumeCase {
  readonly id?: string;
  readonly set?: string;
  readonly policy: DocumentSource;
  readonly account?: string;
  readonly role?: string;
  readonly partition: string;
  readonly identity_providers: readonly { readonly url: string; readonly client_ids: readonly string[] }[];
  readonly tokens: readonly CaseToken[];
}

function read(name: string): AssumeCase[] {
  const text = readFileSync(join(import.meta.dirname, 'cases', name), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AssumeCase);
}

/** What AWS answers: the policy alone, and with the account's providers. */
function answersOf(one: AssumeCase, token: CaseToken) {
  const { account, partition, identity_providers: providers, role } = one;
  const where =
    account === undefined ? {} : { account, partition, role: `arn:${partition}:iam::${account}:role/${role}` };
  const identity = { issuer: token.issuer, claims: token.claims };
  const context = token.context ?? {};
  const provider = providers.find(({ url }) => url === token.issuer);
  const isBuiltIn = token.issuer === 'https://accounts.google.com';
  return {
    policy: assume(one.policy, identity, { ...where, context }),
    whole:
      assume(one.policy, identity, { ...where, context, clientIds: provider?.client_ids }).allowed &&
      (isBuiltIn || provider !== undefined),
  };
}

describe('every token of the corpus is answered as AWS answers it', () => {
  test.each(read('policies.jsonl').map((one) => [one.id!, one] as const))('%s', (_, one) => {
    for (const token of one.tokens) {
      const { policy, whole } = answersOf(one, token);
      expect(policy.allowed, `${token.name}: the policy alone: ${policy.reason}`).toBe(
        token.trust_policy_allows ?? token.allowed,
      );
      const alone = assume(
        one.policy,
        { issuer: token.issuer, claims: token.claims },
        { context: token.context ?? {} },
      );
      expect(alone.allowed, `${token.name}: without the account`).toBe(policy.allowed);
      expect(whole, `${token.name}: with the providers`).toBe(token.allowed);
      expect(policy.reason).not.toBe('');
      if (!policy.allowed) expect(policy.failed.length, token.name).toBeGreaterThan(0);
    }
  });

  test.each(read('tokens.jsonl').map((one) => [one.set!, one] as const))('%s', (_, one) => {
    for (const token of one.tokens) {
      const { whole } = answersOf(one, token);
      expect(whole, token.name).toBe(token.allowed);
    }
  });
});

test('a change lets exactly the token in that was refused, and adds no wildcard', () => {
  let changes = 0;
  for (const one of read('policies.jsonl')) {
    for (const token of one.tokens) {
      const { change } = answersOf(one, token).policy;
      if (change === null) continue;
      changes += 1;
      const identity = { issuer: token.issuer, claims: token.claims };
      const settings = { account: one.account, partition: one.partition, context: token.context ?? {} };
      expect(assume(change.document as unknown as DocumentSource, identity, settings).allowed, token.name).toBe(true);
      const stars = (value: unknown) => JSON.stringify(value).replaceAll('${*}', '').split('*').length;
      const canonical = JSON.stringify(change.document).length;
      expect(canonical).toBeGreaterThan(0);
      expect(stars(change.document), token.name).toBeLessThanOrEqual(stars(one.policy));
      expect(change.steps.length * change.alsoLetsIn.length, token.name).toBeGreaterThan(0);
    }
  }
  expect(changes).toBeGreaterThan(200);
});
