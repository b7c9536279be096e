import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listAtoms, type RecordedProof, type TrustEntry } from '@postern/core';
import { forgedTokens } from '../src/trust/forged.js';
import type { AnyTrustSample } from '../src/trust/sample.js';

/** What every provider's tokens are forged into. */
const forged = forgedTokens({ iss: 'https://ci.example.com' }, () => 'a.b.c').map(({ why }) => why);

const folder = new URL('../../core/src/catalog/trust/', import.meta.url);
const fileOf = (id: string) => new URL(`${id}/evidence.json`, folder);
const ids = readdirSync(folder);

/** A new entry is proved last: until then its README says that its cases are decided by the policy alone. */
const proved = ids.filter((id) => existsSync(fileOf(id)));
if (proved.length < ids.length) console.log(`SKIPPED: ${ids.length - proved.length} trust entries without a proof`);

test('there are proofs', () => {
  expect(proved.length).toBeGreaterThan(2);
});

describe.each(proved)('the evidence of %s', async (id) => {
  const proof = JSON.parse(readFileSync(fileOf(id), 'utf8')) as RecordedProof;
  const exports = (await import(new URL(`${id}/entry.ts`, folder).href)) as Readonly<Record<string, unknown>>;
  const entry = Object.values(exports)[0] as TrustEntry;
  const { samples } = (await import(new URL(`${id}/cases.ts`, folder).href)) as { samples: readonly AnyTrustSample[] };
  /** Whether every statement is for a service of AWS, in whose place no client calls. */
  const isOfServices = entry.statements.every(({ principal }) => principal.type === 'Service');

  test('has every part of the entry', () => {
    expect(proof.useCase).toBe(id);
    expect(proof.atoms.map(({ atom }) => atom)).toEqual(listAtoms(entry).map(({ name }) => name));
  });

  test('counts each outcome by itself', () => {
    const counts: Record<string, number> = { proved: 0, replayed: 0, tolerated: 0, claimed: 0 };
    for (const { outcome } of proof.atoms) counts[outcome]! += 1;
    expect(proof.counts).toEqual(counts);
  });

  test('every part is proved by a client, but where only AWS itself calls', () => {
    const claimed = proof.atoms.filter(({ outcome }) => outcome !== 'proved');
    if (isOfServices) expect(proof.counts.proved + proof.hostile.length).toBe(0);
    else expect(claimed.map(({ atom }) => atom)).toEqual([]);
    for (const { atom, why, source } of claimed) expect(why && source, atom).toMatch(/^https:/);
  });

  test('a condition names the hostile case of the entry that gets in without it, anything else the honest one that does not', () => {
    for (const { atom, outcome, cell, hostile, step } of proof.atoms) {
      if (outcome !== 'proved') continue;
      const sample = samples.find(({ name }) => name === cell);
      const cases = hostile === undefined ? sample?.honest : sample?.hostile;
      expect(
        cases?.map(({ why }) => why),
        atom,
      ).toContain(hostile ?? step);
    }
  });

  test('every sample with a client was run, and every hostile case that a client can send was refused', () => {
    if (isOfServices) return expect(proof.scenarios).toEqual([]);
    const [sdk] = proof.scenarios;
    expect(sdk?.cells).toEqual(samples.map(({ name }) => name));
    const refused = new Set(proof.hostile.map(({ request, cell }) => `${cell}: ${request}`));
    if (entry.issuer === undefined) return expect(refused.size).toBeGreaterThan(5);
    const tokens = samples.flatMap(({ name, hostile }) => hostile.map(({ why }) => `${name}: ${why}`));
    expect(tokens.filter((one) => !refused.has(one))).toEqual([]);
    expect(forged.filter((why) => !refused.has(`${samples[0]!.name}: a token with ${why}`))).toEqual([]);
    expect(proof.requests).toEqual(['secretsmanager:GetSecretValue', 'sts:AssumeRoleWithWebIdentity']);
  });

  test('holds nothing of the machine or the moment it was recorded on', () => {
    expect(JSON.stringify(proof)).not.toMatch(/127\.0\.0\.1|\/tmp\/|postern-prove|eyJ[A-Za-z0-9_-]{10}/);
  });
});
