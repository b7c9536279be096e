import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listAtoms, type RecordedProof, useCases } from '@postern/core';
import { compareRecords } from '../src/evidence.js';
import { plainText } from '../src/run-scenario.js';
import { proofPlans } from '../src/plans.js';

const fileOf = (id: string) => new URL(`../../core/src/catalog/permissions/${id}/evidence.json`, import.meta.url);
const committed = (id: string) => JSON.parse(readFileSync(fileOf(id), 'utf8')) as RecordedProof;

/** A new entry is proved last: until then every permission of it is a claim, and its README says so. */
const proved = useCases.filter(({ id }) => existsSync(fileOf(id)));
if (proved.length < useCases.length)
  console.log(`SKIPPED: ${useCases.length - proved.length} use cases without a proof`);

const record = committed('ecr-docker-push');
const changed = (index: number, change: object): RecordedProof => ({
  ...record,
  atoms: record.atoms.map((atom, position) => (position === index ? { ...atom, ...change } : atom)),
});

describe('comparing evidence', () => {
  test('finds no difference where there is none', () => {
    expect(compareRecords(record, structuredClone(record))).toEqual({ differences: [], versions: [] });
  });

  test('finds another outcome, a new part, and one that is gone', () => {
    expect(compareRecords(record, changed(0, { outcome: 'claimed' })).differences).toHaveLength(1);
    expect(compareRecords(record, { ...record, atoms: record.atoms.slice(1) }).differences).toEqual([
      expect.stringMatching(/^atom LogIn: gone/),
    ]);
    expect(compareRecords({ ...record, hostile: [] }, record).differences).toHaveLength(record.hostile.length);
  });

  test('finds an error that is worded otherwise by the same tool', () => {
    expect(compareRecords(record, changed(0, { error: 'another' })).differences).toHaveLength(1);
  });

  test('warns where a tool has another version, and then compares outcomes only', () => {
    const tools = { ...record.tools, skopeo: '99.0.0' };
    const other = { ...changed(0, { error: 'another' }), tools };
    expect(compareRecords(record, other)).toEqual({
      differences: [],
      versions: [`skopeo is 99.0.0 here and ${record.tools['skopeo']} in the evidence`],
    });
    expect(compareRecords(record, { ...changed(0, { outcome: 'claimed' }), tools }).differences).toHaveLength(1);
  });
});

describe.each(proved)('the evidence of $id', ({ id }) => {
  const proof = committed(id);
  const plan = proofPlans.find(({ useCase }) => useCase.id === id)!;

  test('has every statement, action, resource and condition of the entry', () => {
    expect(proof.atoms.map(({ atom }) => atom)).toEqual(listAtoms(plan.useCase).map(({ name }) => name));
  });

  test('has every cell of its plan, and a hostile request for every statement that has resources', () => {
    const cells = new Set(proof.scenarios.flatMap((scenario) => scenario.cells));
    expect(plan.cells.map(({ name }) => name).filter((name) => !cells.has(name))).toEqual([]);
    const fenced = plan.useCase.statements.filter(({ resources }) => !('unscoped' in resources)).map(({ sid }) => sid);
    const sent = new Set(proof.hostile.map(({ statement }) => statement));
    expect(fenced.filter((sid) => !sent.has(sid))).toEqual([]);
  });

  test('holds nothing of the machine or the moment it was recorded on', () => {
    const text = JSON.stringify(proof);
    expect(text).not.toMatch(/127\.0\.0\.1:|\/tmp\/|postern-prove|202[0-9]-[01][0-9]-[0-3][0-9]T/);
    expect(text).not.toMatch(/sha256:[0-9a-f]{64}/);
  });

  test('counts each outcome by itself', () => {
    const counts: Record<string, number> = { proved: 0, replayed: 0, tolerated: 0, claimed: 0 };
    for (const { outcome } of proof.atoms) counts[outcome]! += 1;
    expect(proof.counts).toEqual(counts);
    expect(proof.counts.proved + proof.counts.replayed).toBeGreaterThan(0);
  });

  test('says on whose word each replay and claim rests', () => {
    for (const { atom, outcome, source, hostile, why } of proof.atoms) {
      if (outcome === 'replayed') expect(source ?? hostile, atom).toBeTruthy();
      if (outcome === 'claimed' || outcome === 'tolerated') expect(source && why, atom).toBeTruthy();
    }
  });
});

/** The revision in `owner/name at REVISION: file`; undefined where the word is another's, such as a page or a pull request. */
const revisionIn = (source: string) => /^[\w.-]+\/[\w.-]+ at ([^:]+):/.exec(source)?.[1];
const isPinned = (revision: string) =>
  /^[0-9a-f]{7,40}$/.test(revision) || /^([a-z-]+-)?v?\d+(\.\d+)+(-[0-9a-z.]+)?$/.test(revision);

test('a source in a proof names the commit or the release that was read', () => {
  const recorded = proved.flatMap(({ id }) => committed(id).atoms.flatMap(({ source }) => source ?? []));
  const sources = [...recorded, ...proofPlans.flatMap(({ unshown }) => unshown.map(({ source }) => source))];
  const revisions = sources.flatMap((source) => revisionIn(source) ?? []);
  expect(revisions.length).toBeGreaterThan(0);
  expect(revisions.filter((revision) => !isPinned(revision))).toEqual([]);
  for (const vague of ['mid-2026', 'HEAD', 'HEAD of mid-2026', 'main', '2025-08-29']) {
    expect(isPinned(revisionIn(`owner/name at ${vague}: file.go`)!), vague).toBe(false);
  }
});

test('a message loses what differs from run to run, and keeps the rest', () => {
  expect(
    plainText(
      'HEAD http://127.0.0.1:4711/v2/a/blobs/sha256:' +
        'a'.repeat(64) +
        ' at 2026-11-25T10:00:00Z, id 6f1f3c9e-0d6a-4a52-9a6e-2f7d6f0c1b2a',
    ),
  ).toBe('HEAD http://127.0.0.1/v2/a/blobs/sha256:... at ..., id ...');
  expect(plainText('2026/11/25 10:00:00 read; 26/Nov/2026:14:58:56: synced 26/11')).toBe('... read; ...: synced 26/11');
});
