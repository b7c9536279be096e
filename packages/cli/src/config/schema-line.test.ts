import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { schemaLine } from './schema-line.js';

const root = mkdtempSync(join(tmpdir(), 'postern-schema-line-'));
afterAll(() => rmSync(root, { recursive: true }));

function put(path: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '{}');
  return dirname(join(root, path));
}

const package_ = 'node_modules/@postern/core/dist/postern.schema.json';

test('the line names a schema that is there, the nearest first', () => {
  expect(schemaLine(put('a/postern.yaml'))).toMatch(/^# Editors complete .*`postern schema --output /);
  put(`b/${package_}`);
  expect(schemaLine(join(root, 'b'))).toBe(`# yaml-language-server: $schema=./${package_}`);
  put('b/services/shop/postern.yaml');
  expect(schemaLine(join(root, 'b/services/shop'))).toBe(`# yaml-language-server: $schema=../../${package_}`);
  put('b/services/shop/postern.schema.json');
  expect(schemaLine(join(root, 'b/services/shop'))).toBe('# yaml-language-server: $schema=./postern.schema.json');
});
