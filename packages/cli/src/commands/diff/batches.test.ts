import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Core from '@postern/core';
import { afterAll, expect, test, vi } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-batches-'));
afterAll(() => rmSync(folder, { recursive: true }));

const isPoison = (value: unknown): boolean => JSON.stringify(value)?.includes('poison') ?? false;

vi.mock('@postern/core', async (original) => {
  const core = await original<typeof Core>();
  return {
    ...core,
    parse: (source: unknown) => {
      if (isPoison(source)) throw new RangeError('too deep\nfor one');
      return core.parse(source);
    },
    compare: (a: object, b: object) => {
      if (isPoison(a)) throw new RangeError('too deep\nfor one');
      return core.compare(a as Parameters<typeof core.compare>[0], b as Parameters<typeof core.compare>[1]);
    },
    readJson: (text: string) => {
      if (text.includes('venom')) throw new RangeError('too long');
      return core.readJson(text);
    },
  };
});

const policy = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::b/k' }],
});
const good = policy('s3:GetObject');
const wrong = policy('s3:GetObjekt');
const unexpected = /an unexpected error, please report it with the input: RangeError: too (deep|long)/;

test('lint DIR: an unexpected error in one file is its finding, and the others are read', async () => {
  writeFileSync(join(folder, 'a.json'), JSON.stringify(policy('s3:poison')));
  writeFileSync(join(folder, 'b.json'), '"venom"');
  writeFileSync(join(folder, 'c.json'), JSON.stringify(wrong));
  const { code, stdout, stderr } = await postern(['lint', folder]);
  expect(stderr.match(new RegExp(unexpected, 'g'))).toHaveLength(2);
  expect(stderr).toContain('a.json');
  expect(stderr).toContain('b.json');
  expect(stdout).toContain('GetObject');
  expect(code).toBe(2);
});

test('lint --lines: the same for a line', async () => {
  const lines = [policy('s3:poison'), 'venom', wrong].map((line) => JSON.stringify(line)).join('\n');
  const { code, stdout, stderr } = await postern(['lint', '--lines'], { stdin: lines });
  expect(stderr.match(new RegExp(unexpected, 'g'))).toHaveLength(2);
  expect(stderr).toContain('line 2');
  expect(stdout).toContain('line 3');
  expect(code).toBe(2);
});

test('diff --pairs: the same for a pair', async () => {
  const lines = [
    JSON.stringify({ id: 1, a: policy('s3:poison'), b: good }),
    JSON.stringify({ id: 2, a: policy('s3:venom'), b: good }),
    JSON.stringify({ id: 3, a: good, b: good }),
  ].join('\n');
  const { code, stdout } = await postern(['diff', '--pairs'], { stdin: lines });
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answers).toHaveLength(3);
  expect(answers[0]).toMatchObject({ id: 1, error: expect.stringMatching(unexpected) as string });
  expect(answers[1]!['error']).toMatch(unexpected);
  expect(answers[2]!['relation']).toBe('equal');
  expect(code).toBe(2);
});
