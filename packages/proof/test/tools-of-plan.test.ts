import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProof } from '@postern/core/catalog';
import { afterAll, expect, test } from 'vitest';
import { findTools } from '../src/find-tools.js';
import { proofPlans } from '../src/plans.js';
import { toolsOfPlan } from '../src/tools-of-plan.js';

test.each(proofPlans.map((plan) => [plan.useCase.id, plan] as const))(
  'the programs of %s are those that its recorded proof has run',
  async (id, plan) => {
    const { tools } = (await loadProof(id))!;
    expect(toolsOfPlan(plan)).toEqual(Object.keys(tools).sort());
  },
);

test('options of a user need what their own scenarios run, and nothing else', () => {
  const plan = proofPlans.find(({ useCase }) => useCase.id === 'ecr-docker-push')!;
  const options = { repositories: ['app'], account: '123456789012', region: 'eu-west-1', pushClient: 'classic' };
  const some = toolsOfPlan(plan, options);
  expect(some).toContain('crane');
  expect(some).not.toContain('containerd');
  expect(toolsOfPlan(plan)).toEqual(expect.arrayContaining([...some, 'containerd']));
});

const folder = mkdtempSync(join(tmpdir(), 'postern-tools-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('where only terraform is looked for and is missing, OpenTofu stands in', async () => {
  const tofu = join(folder, 'tofu');
  writeFileSync(tofu, '#!/bin/sh\necho OpenTofu v1.9.0\n');
  chmodSync(tofu, 0o755);
  const env = { PATH: '', HOME: folder };
  expect(await findTools({ tofu }, env, ['terraform'])).toEqual({
    terraform: { path: tofu, version: 'OpenTofu v1.9.0' },
  });
  expect(await findTools({}, env, ['terraform'])).toEqual({});
});

test('a process that looks for a program that is not there is not held up by it', () => {
  const module = new URL('../src/find-tools.ts', import.meta.url).href;
  const crane = join(folder, 'missing');
  const script = `const { findTools } = await import(${JSON.stringify(module)});
console.log(await findTools(${JSON.stringify({ crane })}, {}, ['crane']));`;
  const flags = ['--conditions=@postern/source', '--import', 'tsx', '--input-type=module', '--eval', script];
  const { status, signal, stdout } = spawnSync(process.execPath, flags, {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
    timeout: 45_000,
  });
  expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: '{}\n' });
});
