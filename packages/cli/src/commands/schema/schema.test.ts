import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '@postern/core';
import { afterAll, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-schema-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the schema is that of core, on standard output and in a file', async () => {
  const { code, stdout } = await postern(['schema']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(configSchema())));
  const path = join(folder, 'postern.schema.json');
  expect(await postern(['schema', '--output', path])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(path, 'utf8')).toBe(stdout);
});

test('a folder that is not there is told', async () => {
  const { code, stderr } = await postern(['schema', '--output', join(folder, 'none', 'a.json')]);
  expect(code).toBe(2);
  expect(stderr).toContain('its folder does not exist, create it first');
});
