import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configSchema } from '@postern/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
const validate = ajv.compile(configSchema());
const [, shown = ''] = /```yaml\n(# yaml-language-server.*?)```/s.exec(readFileSync(`${root}README.md`, 'utf8')) ?? [];

interface File {
  roles: Record<string, Record<string, unknown>>;
  [name: string]: unknown;
}

const file = (change: (value: File, role: Record<string, unknown>) => void) => {
  const value = parse(shown) as File;
  change(value, value.roles['shop-deploy']!);
  return value;
};

test('the schema of postern.yaml takes the file of the README', () => {
  expect([validate(file(() => {})), validate.errors]).toEqual([true, null]);
  const permissions = ['ecr-docker-push', { 'ecr-docker-push': { repositories: ['${environment}', 'shop'] } }];
  expect(validate(file((_, role) => Object.assign(role, { permissions, environments: ['staging'] })))).toBe(true);
});

test.each<[string, (value: File, role: Record<string, unknown>) => void]>([
  ['a newer version', (value) => (value['version'] = 2)],
  ['no roles', (value) => (value.roles = {})],
  ['an unknown member', (value) => (value['rolse'] = {})],
  ['an unknown member of a role', (_, role) => (role['boundry'] = true)],
  ['an unknown use case', (_, role) => (role['permissions'] = { 'ecr-docker-psuh': {} })],
  ['an unknown option', (_, role) => (role['permissions'] = { 'ecr-docker-push': { repositorys: ['shop'] } })],
  ['an option of another kind', (_, role) => (role['permissions'] = { 'ecr-docker-push': { repositories: [5] } })],
  ['an account that is a number', (value) => (value['account'] = 111122223333)],
  ['a session that is too short', (_, role) => (role['maxSessionDuration'] = 60)],
])('the schema of postern.yaml refuses %s', (_, change) => {
  expect(validate(file(change))).toBe(false);
});
